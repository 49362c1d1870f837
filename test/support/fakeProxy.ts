import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { Identity } from './authority';

/** What a client asked a proxy for. */
export interface AskedProxy {
  /** `CONNECT quay.io:443`. */
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
}

export interface FakeProxy {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly seen: readonly AskedProxy[];
  /** How many connections are open now. */
  readonly connections: () => number;
}

/**
 * What a proxy does with a request to connect: leads to a port of this machine whatever the name, answers in words, or keeps
 * the connection and says nothing.
 */
export type ProxyAnswer = { readonly port: number } | { readonly says: string } | 'nothing';

/** An HTTP proxy on this machine, until the test ends. With an `identity` it is reached over TLS. */
export async function fakeProxy(
  t: Pick<TestContext, 'after'>,
  answer: (asked: AskedProxy) => ProxyAnswer,
  identity?: Identity,
): Promise<FakeProxy> {
  const seen: AskedProxy[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  };
  const server = identity === undefined ? createServer() : createTlsServer(identity);
  server.on('connection', keep);
  server.on('request', (request, response) => {
    seen.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    response.writeHead(400).end();
  });
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    const asked = { line: `CONNECT ${request.url}`, headers: request.headers };
    seen.push(asked);
    const reply = answer(asked);
    socket.on('error', () => {});
    if (reply === 'nothing') return void socket.on('end', () => socket.destroy()).resume();
    if ('says' in reply) return void socket.end(reply.says);
    const onward = connect(reply.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    keep(onward);
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, seen, connections: () => sockets.size };
}
