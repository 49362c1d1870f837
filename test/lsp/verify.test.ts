import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CodeAction, Hover } from 'vscode-languageserver/node';
import { type RunningRegistry, startRegistry } from '../../demo/registry';
import { firstMessage, type Session, startSession } from '../support/languageServer';

const uri = 'file:///workspace/istio.yaml';
const textFor = (hub: string) =>
  `kind: IstioOperator\nspec:\n  profile: minimal\n  hub: ghcr.io/example/${hub}\n  tag: 1.24.2\n`;
const tag = { line: 4, character: 9 };

let registry: RunningRegistry;
let session: Session;
before(async () => {
  registry = await startRegistry();
  session = await startSession({ mirrors: { 'ghcr.io': registry.url } }, undefined, { verifies: true });
});
after(async () => {
  await session.stop();
  await registry.close();
});

const actions = async (only?: readonly string[]): Promise<readonly CodeAction[]> =>
  session.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: tag, end: tag },
    context: { diagnostics: [], ...(only && { only }) },
  });

const hoverText = async (): Promise<string> => {
  const at = { textDocument: { uri }, position: tag };
  const hover = await session.connection.sendRequest<Hover>('textDocument/hover', at);
  return (hover.contents as { value: string }).value;
};

test('an index is taken at its word, and the hover says who spoke', async () => {
  await session.open(uri, textFor('mixed-up'));
  assert.equal((await session.diagnostics(params => params.uri === uri)).diagnostics.length, 0);
  const hover = await hoverText();
  assert.match(hover, /✓ linux\/amd64 and linux\/arm64/);
  assert.match(hover, /_By the mirror .*, just now_/);
  assert.doesNotMatch(hover, /were read/);
});

test('reading the images is offered where the image stands, but not as a quick fix', async () => {
  const offered = (await actions()).filter(({ command }) => command?.command === 'meshfit.verify');
  assert.deepEqual(
    offered.map(({ title, kind }) => [title, kind]),
    [['Read the images behind the indexes of 2 images', '']],
  );
  assert.deepEqual(await actions(['quickfix']), []);
});

test('what is read becomes a finding, which stays while the text changes', async () => {
  const [action] = await actions();
  const [document, images] = action?.command?.arguments ?? [];
  const said = await session.connection.sendRequest<string>('meshfit/verify', {
    textDocument: { uri: document },
    images,
  });
  assert.match(said, /mixed-up\/pilot:1\.24\.2: the image behind linux\/arm64 is linux\/amd64\./);
  const found = await session.diagnostics(({ diagnostics }) => diagnostics.length > 0);
  assert.equal(found.diagnostics[0]?.code, 'index-contradicts-image');
  await session.change(uri, 2, `# one more line\n${textFor('mixed-up')}`);
  const later = await session.diagnostics(
    ({ version, diagnostics }) => version === 2 && diagnostics.length > 0,
  );
  assert.match(firstMessage(later), /exec format error/);
  await session.change(uri, 3, textFor('mixed-up'));
});

test('then there is nothing more to read, and the hover says what was', async () => {
  assert.deepEqual(
    (await actions()).filter(({ command }) => command !== undefined),
    [],
  );
  const hover = await hoverText();
  assert.match(hover, /✗ \*\*the image behind linux\/arm64 is linux\/amd64\*\*, only linux\/amd64/);
  assert.match(hover, /The images behind its index were read\\\./);
});

test('from the palette all images of a file are read; one that is gone may come back', async () => {
  await session.change(uri, 4, textFor('cleaned-up'));
  const said = await session.connection.sendRequest<string>('meshfit/verify', { textDocument: { uri } });
  assert.match(said, /cleaned-up\/proxyv2:1\.24\.2: the image behind linux\/arm64 does not exist\./);
  const found = await session.diagnostics(
    ({ version, diagnostics }) => version === 4 && diagnostics.length > 0,
  );
  assert.equal(found.diagnostics[0]?.code, 'child-missing');
  assert.ok((await actions()).some(({ command }) => command?.command === 'meshfit.verify'));
});

test('a client without the command is not offered it', async t => {
  const other = await startSession({ mirrors: { 'ghcr.io': registry.url } });
  t.after(other.stop);
  await other.open(uri, textFor('mixed-up'));
  await other.diagnostics(params => params.uri === uri);
  const found = await other.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: tag, end: tag },
    context: { diagnostics: [] },
  });
  assert.deepEqual(found, []);
});
