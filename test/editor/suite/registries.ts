import { ConfigurationTarget, workspace } from 'vscode';
import type { ImageDescription } from '../../../demo/content';
import { startRegistry } from '../../../demo/registry';

/**
 * Runs `use` while registries have the images of `facts`, as the pages of the rules write them, a line each: one server
 * stands for all their hosts, each below a path of its own.
 */
export async function withRegistries(facts: string, use: () => Promise<void>): Promise<void> {
  const images = facts
    .trim()
    .split('\n')
    .filter(line => !line.includes(' absent'))
    .map(imageOf);
  const hosts = new Set(images.map(({ repository }) => repository.split('/', 1)[0] ?? ''));
  const server = await startRegistry({ images });
  const settings = workspace.getConfiguration('meshfit');
  const before = settings.get('mirrors');
  const mirrors = Object.fromEntries([...hosts].map(host => [host, `${server.url}/v2/${host}`]));
  try {
    await settings.update('mirrors', mirrors, ConfigurationTarget.Global);
    await use();
  } finally {
    await settings.update('mirrors', before, ConfigurationTarget.Global);
    await server.close();
  }
}

/** `docker.io/istio/pilot:1.20.0 linux/amd64 linux/arm64=missing`: several platforms are in an index, one stands alone. */
function imageOf(line: string): ImageDescription {
  const [name = '', ...listed] = line.split(/\s+/);
  const [repository = '', tag = ''] = name.split(':');
  const platforms = listed.map(platform => platform.split('=', 1)[0] ?? '');
  const behind = listed.flatMap(platform => {
    const [promised = '', actual] = platform.split('=');
    return actual === undefined ? [] : [[promised, actual === 'missing' ? 'nothing' : actual]];
  });
  const form = platforms.length === 1 ? 'docker image' : 'oci index';
  return { repository, tag, form, platforms, behind: Object.fromEntries(behind) };
}
