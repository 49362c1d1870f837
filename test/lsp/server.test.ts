import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { CodeAction, Hover, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type RunningRegistry, startRegistry } from '../../demo/registry';
import { firstMessage, type Session, startSession } from '../support/languageServer';

const uri = 'file:///workspace/istio.yaml';
const example = readFileSync('examples/istio-1.14.yaml', 'utf8');
const tag = { line: 9, character: 10 };

let registry: RunningRegistry;
let session: Session;

const mirrors = () => ({ 'docker.io': registry.url, 'ghcr.io': registry.url });

before(async () => {
  registry = await startRegistry();
  session = await startSession({ mirrors: mirrors() });
});

after(async () => {
  await session.stop();
  await registry.close();
});

const withSeverity =
  (severity: number, version = 1) =>
  (params: PublishDiagnosticsParams) =>
    params.version === version && params.diagnostics.some(diagnostic => diagnostic.severity === severity);

test('an opened install gets an error under the tag that decides, with a link and an image a line', async () => {
  await session.open(uri, example);
  const published = await session.diagnostics(withSeverity(1));
  const [found] = published.diagnostics;
  assert.equal(found?.code, 'platform-unsupported');
  assert.deepEqual(found?.range, { start: { line: 9, character: 7 }, end: { line: 9, character: 13 } });
  assert.match(firstMessage(published), /linux\/amd64 only, not for linux\/arm64.*exec format error/s);
  assert.match(found?.codeDescription?.href ?? '', /platform-unsupported\.md$/);
  assert.equal(found?.relatedInformation?.length, 2);
});

test('the hover lists each image with its platforms', async () => {
  const hover = await session.connection.sendRequest<Hover>('textDocument/hover', {
    textDocument: { uri },
    position: tag,
  });
  const { value } = hover.contents as { value: string };
  assert.match(value, /docker\.io\/istio\/pilot:1\.14\.1.*no linux\/arm64/s);
  assert.match(value, /By the mirror .*, just now/);
});

test('the quick fix switches the hub, keeps the comments, and the finding goes', async () => {
  const actions = await session.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: tag, end: tag },
    context: { diagnostics: [] },
  });
  const fix = actions.find(({ title }) => title.includes('ghcr.io/resf/istio'));
  assert.ok(fix, actions.map(({ title }) => title).join('; '));
  const [change] = fix.edit?.documentChanges ?? [];
  assert.ok(change && 'edits' in change && change.textDocument.version === 1);
  const document = TextDocument.create(uri, 'yaml', 1, example);
  const fixed = TextDocument.applyEdits(document, change.edits as { range: never; newText: string }[]);
  assert.equal(fixed, example.replace('hub: docker.io/istio', 'hub: ghcr.io/resf/istio'));
  await session.change(uri, 2, fixed);
  await session.diagnostics(({ version, diagnostics }) => version === 2 && diagnostics.length === 0);
});

test('other target platforms are checked as soon as the setting changes', async () => {
  await session.configure({ mirrors: mirrors(), platforms: ['linux/arm/v7'] });
  const published = await session.diagnostics(withSeverity(1, 2));
  assert.match(firstMessage(published), /not for linux\/arm\/v7/);
  await session.configure({ mirrors: mirrors() });
  await session.diagnostics(({ version, diagnostics: none }) => version === 2 && none.length === 0);
});

test('a setting that can not be used is told, and the rest goes on', async () => {
  await session.configure({ mirrors: mirrors(), platforms: ['linux/\u0000'] });
  await session.diagnostics(({ version }) => version === 2);
  assert.match(session.messages.join('\n'), /meshfit\.platforms is not used/);
  await session.configure({ mirrors: mirrors() });
});

test('half-typed tags are not looked up', async () => {
  const typed = 'file:///workspace/typed.yaml';
  const text = (value: string) =>
    `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec:\n  profile: minimal\n  tag: ${value}\n`;
  await session.open(typed, text('1.15.0'));
  await session.diagnostics(params => params.uri === typed);
  let version = 1;
  for (const value of ['1.', '1.1', '1.13', '1.13.', '1.13.2'])
    await session.change(typed, ++version, text(value));
  await session.diagnostics(params => params.uri === typed && withSeverity(1, version)(params));
  const paths = registry.requests().map(({ path }) => path);
  assert.ok(paths.some(path => path.endsWith('/pilot/manifests/1.13.2')));
  for (const half of ['1.', '1.1', '1.13', '1.13.'])
    assert.ok(!paths.some(path => path.endsWith(`/pilot/manifests/${half}`)), half);
});

test('a document is checked again when another file that it rests on changes', async () => {
  const profile = 'file:///workspace/mine.yaml';
  const install = 'file:///workspace/rests.yaml';
  const hub = (value: string) => `kind: IstioOperator\nspec:\n  values:\n    global:\n      hub: ${value}\n`;
  await session.open(profile, hub('docker.io/istio'));
  await session.open(install, 'kind: IstioOperator\nspec:\n  profile: ./mine.yaml\n  tag: 1.14.1\n');
  await session.diagnostics(params => params.uri === install && withSeverity(1)(params));
  await session.change(profile, 2, hub('ghcr.io/resf/istio'));
  await session.diagnostics(params => params.uri === install && params.diagnostics.length === 0);
});

test('a closed document keeps no findings', async () => {
  await session.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  await session.diagnostics(params => params.uri === uri && params.diagnostics.length === 0);
});
