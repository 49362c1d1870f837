import { on, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationTarget, workspace } from 'vscode';

/**
 * Runs `use` while the user's settings name another mirror for every registry: one in this process that has no image.
 * `askedAgain` resolves when the mirror is asked something that it was asked before the call, and rejects when that does
 * not happen within a minute.
 */
export async function withMirror(use: (askedAgain: () => Promise<void>) => Promise<void>): Promise<void> {
  const asked = new Set<string | undefined>();
  const mirror = createServer(({ url }, response) => {
    asked.add(url);
    response.writeHead(404, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }));
  });
  await once(mirror.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
  const settings = workspace.getConfiguration('meshfit');
  const before = settings.get('mirrors');
  const askedAgain = async (): Promise<void> => {
    const known = new Set(asked);
    for await (const [request] of on(mirror, 'request', { signal: AbortSignal.timeout(60_000) }))
      if (known.has(request.url)) return;
  };
  try {
    await settings.update('mirrors', { 'docker.io': url, 'ghcr.io': url }, ConfigurationTarget.Global);
    await use(askedAgain);
  } finally {
    await settings.update('mirrors', before, ConfigurationTarget.Global);
    mirror.closeAllConnections();
    mirror.close();
  }
}
