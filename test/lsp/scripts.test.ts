import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type {
  CodeAction,
  DocumentLink,
  LocationLink,
  PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import { type RunningRegistry, startRegistry } from '../../demo/registry';
import { type Session, startSession } from '../support/languageServer';

const operator = (tag: string) => `kind: IstioOperator\nspec:\n  profile: minimal\n  tag: ${tag}\n`;
const script = 'FILE=deploy/iop.yaml\nistioctl install -f "$FILE"\n';

let folder: string;
let registry: RunningRegistry;
let session: Session;
let scriptUri: string;
let fileUri: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meshfit-'));
  for (const name of ['deploy', 'scripts']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'deploy/iop.yaml'), operator('1.14.1'));
  scriptUri = pathToFileURL(join(folder, 'scripts/install.sh')).href;
  fileUri = pathToFileURL(join(folder, 'deploy/iop.yaml')).href;
  registry = await startRegistry();
  const mirrors = { 'docker.io': registry.url, 'ghcr.io': registry.url };
  session = await startSession({ mirrors }, pathToFileURL(folder).href);
});
after(async () => {
  await session.stop();
  await registry.close();
  rmSync(folder, { recursive: true });
});

const about =
  (uri: string, count: number, version?: number) =>
  (params: PublishDiagnosticsParams): boolean =>
    params.uri === uri &&
    params.version === version &&
    params.diagnostics.filter(({ severity }) => severity === 1).length === count;

const tag = { line: 3, character: 8 };

test('what a script leads to in another file is shown there, also where that file is not open', async () => {
  await session.open(scriptUri, script, 'shellscript');
  const { diagnostics } = await session.diagnostics(about(fileUri, 1));
  assert.deepEqual(diagnostics[0]?.range, {
    start: { line: 3, character: 7 },
    end: { line: 3, character: 13 },
  });
});

test('once the file is open, too, what both say of it is shown once', async () => {
  await session.open(fileUri, operator('1.14.1'));
  await session.diagnostics(about(fileUri, 1, 1));
  await session.change(fileUri, 2, `# a comment\n${operator('1.14.1')}`);
  const { diagnostics } = await session.diagnostics(about(fileUri, 1, 2));
  assert.equal(diagnostics[0]?.range.start.line, 4);
});

test('from the variable to its value, and from there to the file', async () => {
  const definition = (line: number, character: number) =>
    session.connection.sendRequest<LocationLink[]>('textDocument/definition', {
      textDocument: { uri: scriptUri },
      position: { line, character },
    });
  const [value] = await definition(1, 22);
  assert.equal(value?.targetUri, scriptUri);
  assert.deepEqual(value?.targetRange.start, { line: 0, character: 5 });
  assert.deepEqual(
    (await definition(0, 8)).map(({ targetUri }) => targetUri),
    [fileUri],
  );
});

test('the file that a script names is a link, and one that is not there is none', async () => {
  await session.change(scriptUri, 2, `${script}istioctl install -f none.yaml\n`);
  const links = await session.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', {
    textDocument: { uri: scriptUri },
  });
  assert.deepEqual(
    links.map(({ range: { start }, target }) => [start.line, target]),
    [[0, fileUri]],
  );
});

test('in the file the fixes of the script’s install are offered, for both files', async () => {
  const setTag = 'istioctl install -f deploy/iop.yaml --set hub=docker.io/istio\n';
  await session.change(scriptUri, 3, setTag);
  const actions = await session.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: fileUri },
    range: { start: { ...tag, line: 4 }, end: { ...tag, line: 4 } },
    context: { diagnostics: [] },
  });
  const files = actions.map(({ edit }) =>
    edit?.documentChanges?.map(change => ('textDocument' in change ? change.textDocument.uri : '')),
  );
  assert.ok(
    files.some(uris => uris?.includes(scriptUri)),
    JSON.stringify(actions),
  );
  assert.ok(
    files.some(uris => uris?.includes(fileUri)),
    JSON.stringify(actions),
  );
});

test('what a closed script said of another file is taken back', async () => {
  await session.close(fileUri);
  await session.diagnostics(about(fileUri, 1));
  await session.close(scriptUri);
  await session.diagnostics(about(fileUri, 0));
});

test('a script is checked again when the file on disk changes', async () => {
  await session.open(scriptUri, script, 'shellscript');
  await session.diagnostics(about(fileUri, 1));
  writeFileSync(join(folder, 'deploy/iop.yaml'), operator('1.24.2'));
  await session.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: fileUri, type: 2 }],
  });
  await session.diagnostics(about(fileUri, 0));
});

test('without the folder the file is not found, and comes back with it', async () => {
  const workspaceFolder = { uri: pathToFileURL(folder).href, name: 'workspace' };
  const change = (event: object) =>
    session.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
  writeFileSync(join(folder, 'deploy/iop.yaml'), operator('1.14.1'));
  await change({ added: [], removed: [workspaceFolder] });
  await session.diagnostics(
    ({ uri, diagnostics }) => uri === scriptUri && diagnostics.some(({ severity }) => severity === 4),
  );
  await change({ added: [workspaceFolder], removed: [] });
  await session.diagnostics(about(fileUri, 1));
});
