import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { Identity } from './authority';

/** A request that the fake saw, in the order of arrival. */
export interface Seen {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the fake answers: plain data, or a function that does with the connection what it likes. */
export type Answer =
  | {
      readonly status?: number;
      readonly headers?: Record<string, string | string[]>;
      readonly body?: string | Buffer;
    }
  | ((response: ServerResponse) => void);

export interface FakeRegistry {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly port: number;
  readonly seen: readonly Seen[];
  /** Method and path of every request, one per line. */
  readonly log: () => string;
  /** How many connections are open now. */
  readonly connections: () => number;
}

/** An HTTP server on this machine that answers as it is told, until the test ends; an HTTPS server with an `identity`. */
export async function fakeRegistry(
  t: TestContext,
  answer: (request: Seen, host: string) => Answer,
  identity?: Identity,
): Promise<FakeRegistry> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  const listen = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    const { method = '', url: path = '', headers } = message;
    const request = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
    seen.push(request);
    const reply = answer(request, host());
    if (typeof reply === 'function') return reply(response);
    response.writeHead(reply.status ?? 200, reply.headers).end(reply.body);
  };
  const server = identity === undefined ? createServer(listen) : createTlsServer(identity, listen);
  server.on(
    'connection',
    socket => sockets.add(socket).size && socket.on('close', () => sockets.delete(socket)),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = () => `127.0.0.1:${port}`;
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const log = () => seen.map(({ method, path }) => `${method} ${path}`).join('\n');
  return { host: host(), port, seen, log, connections: () => sockets.size };
}

/** Content with the headers and the digest that a registry gives it. */
export interface Content {
  readonly body: string;
  readonly digest: string;
  readonly headers: { readonly 'content-type': string };
}

export function content(value: unknown, mediaType: string): Content {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  return { body, digest, headers: { 'content-type': mediaType } };
}

const oci = 'application/vnd.oci.image';

const platformOf = (text: string) => {
  const [os, architecture, variant] = text.split('/');
  return { os, architecture, variant };
};

/** The descriptor of a piece of content. */
export const descriptor = ({ body, digest, headers }: Content) => ({
  mediaType: headers['content-type'],
  digest,
  size: Buffer.byteLength(body),
});

/** The config blob of an image for a platform such as `linux/arm64`. */
export const config = (platform: string): Content =>
  content({ ...platformOf(platform), rootfs: { type: 'layers', diff_ids: [] } }, `${oci}.config.v1+json`);

/** The manifest of a single image; `more` is laid over its config descriptor. */
export const image = (of: Content, more: object = {}): Content =>
  content(
    {
      schemaVersion: 2,
      mediaType: `${oci}.manifest.v1+json`,
      config: { ...descriptor(of), ...more },
      layers: [],
    },
    `${oci}.manifest.v1+json`,
  );

/** An index with one entry per platform, or with the entries that are given. */
export const index = (...entries: readonly (string | object)[]): Content =>
  content(
    {
      schemaVersion: 2,
      mediaType: `${oci}.index.v1+json`,
      manifests: entries.map(entry =>
        typeof entry === 'string'
          ? { ...descriptor(image(config(entry))), platform: platformOf(entry) }
          : entry,
      ),
    },
    `${oci}.index.v1+json`,
  );

/** Answers every manifest and blob request for the contents, by tag or by digest, and 404 for all others. */
export function serve(tags: Readonly<Record<string, Content>>, others: readonly Content[] = []) {
  const all = [...Object.values(tags), ...others];
  return ({ path }: Pick<Seen, 'path'>): Answer => {
    const reference = path.split('/').at(-1) ?? '';
    const found = tags[reference] ?? all.find(({ digest }) => digest === reference);
    return (
      found ?? { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}' }
    );
  };
}
