import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { Hover } from 'vscode-languageserver/node';
import { firstMessage, startSession } from '../support/languageServer';

const uri = 'file:///workspace/istio.yaml';
const example = readFileSync('examples/istio-1.14.yaml', 'utf8');
const server = ['--import', 'tsx', 'server/src/lsp/main.ts'];

test('while a registry hangs, the release facts answer at once and the editor stays quick', async t => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise(resolve => silent.once('listening', resolve));
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const session = await startSession({ mirrors: { 'docker.io': url } });
  t.after(async () => {
    await session.stop();
    silent.closeAllConnections();
    silent.close();
  });
  await session.open(uri, example);
  const published = await session.diagnostics(params => params.diagnostics.length > 0);
  assert.equal(published.diagnostics[0]?.severity, 2);
  assert.match(firstMessage(published), /^By Istio's release facts/);
  await session.change(uri, 2, example.replace('1.14.1', '1.20.0'));
  await session.diagnostics(({ version, diagnostics: none }) => version === 2 && none.length === 0);
});

test('without the network the release facts answer, and the hover says so', async t => {
  const session = await startSession({ network: 'off' });
  t.after(session.stop);
  await session.open(uri, example);
  await session.diagnostics(({ diagnostics }) => diagnostics[0]?.severity === 2);
  const hover = await session.connection.sendRequest<Hover>('textDocument/hover', {
    textDocument: { uri },
    position: { line: 9, character: 10 },
  });
  assert.match((hover.contents as { value: string }).value, /release facts/);
});

test('an editor that fails to tell its settings again has not changed them', async t => {
  let asked = 0;
  const settings = () => {
    asked += 1;
    return asked === 1 ? [{ network: 'off' }, null] : Promise.reject(new Error('not now'));
  };
  const answers = { 'workspace/configuration': settings };
  const session = await startSession({}, undefined, {}, { answers });
  t.after(session.stop);
  await session.open(uri, example);
  await session.diagnostics(({ diagnostics }) => diagnostics[0]?.severity === 2);
  await session.configure({});
  while (asked < 2) await new Promise(setImmediate);
  await session.change(uri, 2, example.replace('docker.io/istio', 'localhost:1/istio'));
  const { diagnostics } = await session.diagnostics(({ version }) => version === 2);
  assert.equal(asked, 2);
  assert.match(JSON.stringify(diagnostics), /switched off|offline/);
});

test('the plan of a document is told to who asks for it', async t => {
  const session = await startSession({ network: 'off' });
  t.after(session.stop);
  await session.open(uri, example);
  await session.diagnostics(() => true);
  const plan = await session.connection.sendRequest<string>('meshfit/plan', { textDocument: { uri } });
  assert.match(plan, /^Line 4: Istio, 1\.14\.1$/m);
  assert.match(plan, /docker\.io\/istio\/pilot:1\.14\.1/);
});

test('--version prints the version; no transport is bad usage', () => {
  const version = spawnSync(process.execPath, [...server, '--version'], { encoding: 'utf8' });
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
  const none = spawnSync(process.execPath, server, { encoding: 'utf8' });
  assert.equal(none.status, 2);
  assert.match(none.stderr, /--stdio/);
});
