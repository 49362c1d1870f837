import { readableManifests } from '../server/src/core/mediaType';
import type { Ask } from './ask';

/**
 * The least that a client can do: the requests that an image needs, by the `fetch` of Node, and a token remembered for
 * each repository. It checks nothing and reads platforms only so far as to know which requests are needed.
 */
export function createFetcher(root: string): Ask {
  const tokens = new Map<string, string>();

  const get = async (repository: string, path: string): Promise<{ config?: { digest: string } }> => {
    const url = `${root}/v2/${repository}/${path}`;
    const accept = readableManifests().join(', ');
    const send = () => {
      const token = tokens.get(repository);
      return fetch(url, { headers: { accept, ...(token && { authorization: `Bearer ${token}` }) } });
    };
    let response = await send();
    if (response.status === 401) {
      await response.arrayBuffer();
      tokens.set(repository, await tokenFor(response.headers.get('www-authenticate') ?? ''));
      response = await send();
    }
    if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
    return JSON.parse(await response.text());
  };

  return async image => {
    const [, repository = '', tag = ''] = /^(?:ghcr\.io\/)?(.+):(.+)$/.exec(image) ?? [];
    const { config } = await get(repository, `manifests/${tag}`);
    if (config !== undefined) await get(repository, `blobs/${config.digest}`);
  };
}

async function tokenFor(challenge: string): Promise<string> {
  const part = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  const query = new URLSearchParams({ service: part('service'), scope: part('scope') });
  const response = await fetch(`${part('realm')}?${query}`);
  const { token }: { token: string } = JSON.parse(await response.text());
  return token;
}
