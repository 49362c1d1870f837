import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import { startRegistry } from '../../demo/registry';
import type { SendParams } from '../../server/src/core/send';
import { createEditorTransport } from '../../server/src/lsp/editorTransport';
import { createHostTransport } from '../../server/src/registry/hostTransport';
import { firstMessage, startSession } from '../support/languageServer';

const uri = 'file:///workspace/istio.yaml';
const example = readFileSync('examples/istio-1.14.yaml', 'utf8');

/** The editor's side: sends as the extension does, and notes what was asked. */
function editor() {
  const transport = createHostTransport({ headers: 10_000 });
  const sent: SendParams[] = [];
  const send = async ({ url, ...hop }: SendParams, token: CancellationToken) => {
    sent.push({ url, ...hop });
    const cancelling = new AbortController();
    token.onCancellationRequested(() => cancelling.abort());
    const { body, ...answer } = await transport({ ...hop, url: new URL(url) }, cancelling.signal);
    return { kind: 'answer', ...answer, body: body.toString('base64') };
  };
  return { sent, answers: { 'meshfit/send': send } };
}

test('requests go through an editor that sends them, and the registry’s word counts', async t => {
  const registry = await startRegistry();
  t.after(registry.close);
  const { sent, answers } = editor();
  const mirrors = { 'docker.io': registry.url, 'ghcr.io': registry.url };
  const session = await startSession({ mirrors }, undefined, { sends: true }, { answers });
  t.after(session.stop);
  await session.open(uri, example);
  const { diagnostics } = await session.diagnostics(params => params.diagnostics[0]?.severity === 1);
  assert.equal(diagnostics[0]?.code, 'platform-unsupported');
  assert.ok(sent.every(({ named, url }) => named && url.startsWith(registry.url)));
  const contacts = await session.connection.sendRequest<string>('meshfit/contacts');
  assert.match(contacts, /127\.0\.0\.1:\d+: the platforms of docker\.io\/istio\/pilot:1\.14\.1 – HTTP 200, /);
});

test('by the user’s wish the server sends its requests itself', async t => {
  const registry = await startRegistry();
  t.after(registry.close);
  const { sent, answers } = editor();
  const settings = { mirrors: { 'docker.io': registry.url, 'ghcr.io': registry.url }, networkVia: 'server' };
  const session = await startSession(settings, undefined, { sends: true }, { answers });
  t.after(session.stop);
  await session.open(uri, example);
  await session.diagnostics(params => params.diagnostics[0]?.severity === 1);
  assert.deepEqual(sent, []);
});

test('what goes wrong on the editor’s side is told in words', async t => {
  const answers = { 'meshfit/send': () => ({ kind: 'failed', code: 'ECONNREFUSED', message: 'refused' }) };
  const settings = { allowedHosts: [], 'registries.allowed': ['registry.example'] };
  const session = await startSession(settings, undefined, { sends: true }, { answers });
  t.after(session.stop);
  await session.open(uri, example.replace('docker.io/istio', 'registry.example/istio'));
  const published = await session.diagnostics(params => params.diagnostics[0]?.code === 'could-not-check');
  assert.match(firstMessage(published), /registry\.example can't be reached: it refuses connections/);
});

test('a closed document takes its requests back, down to the editor’s socket', async t => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  t.after(() => silent.closeAllConnections());
  t.after(() => silent.close());
  const { answers } = editor();
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const session = await startSession(
    { mirrors: { 'docker.io': url } },
    undefined,
    { sends: true },
    { answers },
  );
  t.after(session.stop);
  const asked = once(silent, 'connection');
  await session.open(uri, example);
  const [socket] = await asked;
  const closed = once(socket, 'close');
  await session.close(uri);
  await closed;
});

/** Sends one request through an editor that answers whatever it is told to. */
function hop(answer: unknown, signal = new AbortController().signal) {
  const connection = { sendRequest: async () => answer } as unknown as Connection;
  const url = new URL('https://registry.example/v2/');
  const sent = { method: 'GET', url, named: false, headers: {}, maxBytes: 5, otherBytes: 2 } as const;
  return createEditorTransport(connection)(sent, signal);
}

test('an editor that never answers is not waited for once nobody wants the answer', async () => {
  const leaving = new AbortController();
  const answer = hop(new Promise(() => {}), leaving.signal);
  leaving.abort();
  await assert.rejects(answer, { name: 'AbortError' });
});

const sound = { kind: 'answer', status: 200, headers: {}, body: '', complete: true };

for (const nonsense of [
  null,
  'text',
  {},
  { ...sound, status: '200' },
  { ...sound, status: -1 },
  { ...sound, headers: null },
  { ...sound, body: undefined },
  { ...sound, complete: 'yes' },
])
  test(`an editor that answers ${JSON.stringify(nonsense)} is told in words`, async () => {
    await assert.rejects(hop(nonsense), { message: 'the editor gave an answer that makes no sense' });
  });

test('of an editor’s answer no more counts than what was asked for, and lists of header lines only', async () => {
  const headers = { Location: 'https://evil.example/', ETAG: ['"a"', 1] };
  const long = { ...sound, headers, body: Buffer.from('123456').toString('base64') };
  const { body, complete, headers: read } = await hop(long);
  assert.deepEqual([body.toString(), complete, read], ['12345', false, { location: [], etag: ['"a"'] }]);
  assert.equal((await hop({ ...long, status: 404 })).body.toString(), '12');
});
