import { isIP } from 'node:net';
import type { Endpoint } from './endpoint';
import { authorityOf } from './hostUrl';
import { registryAt } from './registries';

/** The token server that a challenge names. */
export type Realm =
  | {
      readonly kind: 'realm';
      readonly url: URL;
      /** Whether it may see the credentials stored for the registry. */
      readonly trusted: boolean;
    }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * Decides on the `realm` of a `Bearer` challenge, which comes from the network: an absolute https URL without a password, or
 * a path on the registry's own server. Plain http is only for a registry that is itself asked so, on a host that the user
 * named. Credentials go to the registry's own host, to its known token server, or to a host that the user named as well if it
 * is the same machine or below the same domain (`registry.corp.example` and `gitlab.corp.example`).
 */
export function checkRealm(
  text: string,
  { root, name }: Endpoint,
  isUserHost: (authority: string) => boolean,
): Realm {
  const refuse = (what: string): Realm => ({ kind: 'refused', why: `${name} names a token server ${what}` });
  const url = text.length > 2048 || !/^[!-~]+$/.test(text) ? undefined : parse(text, root);
  if (url === undefined) return refuse('by something that is no URL');
  const sameServer = authorityOf(url) === authorityOf(root);
  const named = isUserHost(authorityOf(url));
  const plainAllowed = url.protocol === 'http:' && root.protocol === 'http:' && (sameServer || named);
  if (url.protocol !== 'https:' && !plainAllowed) return refuse('that is not reached by https');
  if (url.username !== '' || url.password !== '') return refuse('by a URL with a password in it');
  url.hash = '';
  const pair = registryAt(root.host)?.tokenHosts?.includes(url.host) === true;
  const trusted = sameServer || pair || (named && isNeighbour(url.hostname, root.hostname));
  return { kind: 'realm', url, trusted };
}

/** A path stays on the server that named it; `//host` and `/\host` would not. */
function parse(text: string, root: URL): URL | undefined {
  if (/^\/(?![/\\])/.test(text)) return new URL(text, root);
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** The same host, or one below the same domain of at least two labels. */
function isNeighbour(hostname: string, registry: string): boolean {
  if (hostname === registry) return true;
  const domain = registry.slice(registry.indexOf('.') + 1);
  if (isIP(registry) !== 0 || registry.startsWith('[') || !domain.includes('.')) return false;
  return hostname === domain || hostname.endsWith(`.${domain}`);
}
