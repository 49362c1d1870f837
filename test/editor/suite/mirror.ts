import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationTarget, workspace } from 'vscode';

/**
 * Runs `use` while the user's settings name another mirror for every registry: one in this process that has no image.
 * `asked` resolves with the next request that the mirror gets, and rejects when none comes within a minute.
 */
export async function withMirror(use: (asked: () => Promise<unknown>) => Promise<void>): Promise<void> {
  const mirror = createServer((_request, response) => {
    response.writeHead(404, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }));
  });
  await once(mirror.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
  const settings = workspace.getConfiguration('meshfit');
  const before = settings.get('mirrors');
  try {
    await settings.update('mirrors', { 'docker.io': url, 'ghcr.io': url }, ConfigurationTarget.Global);
    await use(() => once(mirror, 'request', { signal: AbortSignal.timeout(60_000) }));
  } finally {
    await settings.update('mirrors', before, ConfigurationTarget.Global);
    mirror.closeAllConnections();
    mirror.close();
  }
}
