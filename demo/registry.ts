import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAnswerer } from './answer';
import type { ImageDescription } from './content';
import { demoImages } from './images';

export interface RegistryOptions {
  /** Milliseconds that each request waits before it is answered, to stand for a network. */
  readonly delay?: number;
  /** Whether a bearer token is needed, as on Docker Hub. */
  readonly auth?: boolean;
  /** What to serve instead of the images of the examples. */
  readonly images?: readonly ImageDescription[];
}

export interface RunningRegistry {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** Every request so far, in order of arrival, the token server's included; `path` holds the query too. */
  readonly requests: () => readonly { readonly method: string; readonly path: string }[];
  /** Ends open connections and frees the port. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a read-only container registry (OCI distribution-spec, pull) in this process on a free port of 127.0.0.1.
 * It serves as a mirror of docker.io and ghcr.io at once. Rejects when no port can be had.
 */
export async function startRegistry(options: RegistryOptions = {}): Promise<RunningRegistry> {
  const { delay = 0, auth = false, images = demoImages() } = options;
  const requests: { method: string; path: string }[] = [];
  const answer = createAnswerer(images, auth);
  const server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    requests.push({ method, path });
    const send = () => {
      const origin = `http://127.0.0.1:${request.socket.localPort}`;
      const { status, headers: answered, body } = answer({ method, origin, path, headers });
      response.writeHead(status, status === 304 ? answered : { ...answered, 'Content-Length': body.length });
      response.end(method === 'HEAD' ? undefined : body);
    };
    if (delay === 0) send();
    else void sleep(delay).then(send);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The demo registry has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests: () => requests,
    close: () =>
      new Promise((resolve, reject) => {
        server.close(error => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
