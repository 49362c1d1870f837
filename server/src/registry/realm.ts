import { authorityOf, type Endpoint } from './endpoint';
import { tokenServers } from './knownHosts';

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
 * Decides on the `realm` of a `Bearer` challenge, which comes from the network: an absolute https URL without a password.
 * Plain http is only for a registry that is itself asked so, on a host that the user named. Credentials go to the
 * registry's own host, to its known token server, or to another port of the same host that the user named as well.
 */
export function checkRealm(
  text: string,
  { root, name }: Endpoint,
  isUserHost: (authority: string) => boolean,
): Realm {
  const refuse = (what: string): Realm => ({ kind: 'refused', why: `${name} names a token server ${what}` });
  if (text.length > 2048 || !/^[!-~]+$/.test(text) || !URL.canParse(text))
    return refuse('by something that is no URL');
  const url = new URL(text);
  const sameServer = authorityOf(url) === authorityOf(root);
  const named = isUserHost(authorityOf(url));
  const plainAllowed = url.protocol === 'http:' && root.protocol === 'http:' && (sameServer || named);
  if (url.protocol !== 'https:' && !plainAllowed) return refuse('that is not reached by https');
  if (url.username !== '' || url.password !== '') return refuse('by a URL with a password in it');
  url.hash = '';
  const pair = tokenServers.get(root.host) === url.host;
  const trusted = sameServer || pair || (named && url.hostname === root.hostname);
  return { kind: 'realm', url, trusted };
}
