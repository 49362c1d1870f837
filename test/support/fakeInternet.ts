import { request as httpRequest } from 'node:http';
import type { TestContext } from 'node:test';
import type { HopAnswer, Transport } from '../../server/src/registry/transport';
import { type Answer, fakeRegistry, type Seen } from './fakeRegistry';

/** A request that was meant for a host somewhere in the world. */
export interface Meant extends Seen {
  readonly host: string;
}

export interface FakeInternet {
  /** Takes every hop to this machine, whatever host it is for. */
  readonly transport: Transport;
  readonly seen: readonly Seen[];
  /** Method, host and path of every request, one per line. */
  readonly log: () => string;
}

/** All hosts of the world as one server on this machine that answers as it is told, until the test ends. */
export async function fakeInternet(
  t: TestContext,
  answer: (request: Meant) => Answer,
): Promise<FakeInternet> {
  const hostOf = ({ headers }: Seen) => headers.host ?? '';
  const fake = await fakeRegistry(t, request => answer({ ...request, host: hostOf(request) }));
  const transport: Transport = ({ method, url, headers, body, maxBytes, otherBytes }, signal) =>
    new Promise<HopAnswer>((resolve, reject) => {
      const { pathname, search, host } = url;
      const place = { host: '127.0.0.1', port: fake.port, path: pathname + search };
      const hop = httpRequest({ ...place, method, headers: { ...headers, host }, signal }, async response => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const status = response.statusCode ?? 0;
        const all = Buffer.concat(chunks);
        const most = status === 200 ? maxBytes : otherBytes;
        const distinct = Object.entries(response.headersDistinct);
        resolve({
          status,
          headers: Object.fromEntries(distinct.map(([name, values]) => [name, values ?? []])),
          body: all.subarray(0, most),
          complete: all.length <= most,
        });
      });
      hop.on('error', reject);
      hop.end(body);
    });
  const log = () =>
    fake.seen.map(request => `${request.method} ${hostOf(request)}${request.path}`).join('\n');
  return { transport, seen: fake.seen, log };
}
