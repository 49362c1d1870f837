import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, createServer as createTlsServer, globalAgent, request } from 'node:https';
import { type AddressInfo, createServer, type LookupFunction, type Socket } from 'node:net';
import test from 'node:test';
import { createHostTransport } from '../../server/src/registry/hostTransport';
import type { HopAnswer } from '../../server/src/registry/transport';
import { createAuthority, noAuthority } from '../support/authority';

const limit = { timeout: 10_000 };

/** Sends one request as the extension does, to a server that answers with this text, and leaves the connection open. */
async function hop(t: test.TestContext, says: string, method: 'GET' | 'HEAD' = 'GET') {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.once('data', () => socket.write(says.replaceAll('\n', '\r\n')));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/`);
  const sent = { method, url, named: true, headers: {}, maxBytes: 1000, otherBytes: 1000 };
  const answer: Promise<HopAnswer> = createHostTransport({ headers: 5000 })(
    sent,
    new AbortController().signal,
  );
  const closed = async (): Promise<void> => {
    while (sockets.size > 0) await new Promise(setImmediate);
  };
  return { answer, closed };
}

test('case 20: the connection of an answer that can’t be unpacked is closed', limit, async t => {
  const packed = 'HTTP/1.1 200 OK\ncontent-encoding: gzip\ntransfer-encoding: chunked\n\n5\nhello\n';
  const { answer, closed } = await hop(t, packed);
  await assert.rejects(answer, { code: 'Z_DATA_ERROR' });
  await closed();
});

for (const [title, method, says] of [
  ['to a HEAD', 'HEAD', 'HTTP/1.1 200 OK\ncontent-encoding: gzip\ncontent-length: 100\n\n'],
  ['that nothing has changed', 'GET', 'HTTP/1.1 304 Not Modified\ncontent-encoding: gzip\n\n'],
  ['with an empty body', 'GET', 'HTTP/1.1 200 OK\ncontent-encoding: gzip\ncontent-length: 0\n\n'],
] as const)
  test(`an answer ${title} is read although it speaks of a packed body`, limit, async t => {
    const { body, complete } = await (await hop(t, says, method)).answer;
    assert.deepEqual([body.length, complete], [0, true]);
  });

test('case 33: a server that switches to another protocol breaks off the connection', limit, async t => {
  const { answer, closed } = await hop(
    t,
    'HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: x\n\n',
  );
  await assert.rejects(answer, { code: 'ECONNRESET' });
  await closed();
});

const toThisMachine: LookupFunction = (_host, _options, callback) =>
  callback(null, [{ address: '127.0.0.1', family: 4 }]);

test('case 6: a connection that another extension holds open to a private address is not used', {
  ...limit,
  skip: noAuthority(),
}, async t => {
  const authority = createAuthority();
  const paths: unknown[] = [];
  const server = createTlsServer(authority.issue(['intranet.invalid']), ({ url }, response) => {
    paths.push(url);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close().closeAllConnections());
  const url = `https://intranet.invalid:${(server.address() as AddressInfo).port}/`;
  const ca = readFileSync(authority.file, 'utf8');
  Object.assign(globalAgent, { keepAlive: true, options: new Agent({ ca, keepAlive: true }).options });
  const other = request(`${url}other`, { lookup: toThisMachine }).end();
  const [response] = await once(other, 'response');
  await once(response.resume(), 'end');
  await new Promise(setImmediate);
  const hop = { method: 'GET', url: new URL(`${url}own`), named: false, headers: {} } as const;
  const sent = createHostTransport({ headers: 5000 })(
    { ...hop, maxBytes: 9, otherBytes: 9 },
    new AbortController().signal,
  );
  await assert.rejects(sent);
  assert.deepEqual(paths, ['/other']);
});
