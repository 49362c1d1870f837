import type { ProxySettings } from '../core/settings';
import type { Environment } from './environment';
import { readNoProxy } from './noProxy';

/** An HTTP proxy that the user has chosen; it may be at any address. */
export interface ProxyServer {
  /** Without name and password. */
  readonly url: URL;
  /** What people call it: `proxy.example:3128`. */
  readonly name: string;
  /** Where it was named: `HTTPS_PROXY`. */
  readonly source: string;
  /** The value of `Proxy-Authorization`; only the proxy may see it. */
  readonly authorization?: string;
}

/** The way to a URL: a proxy, none (`undefined`), or a proxy that can't be used, told without its password. */
export type ProxyChoice = ProxyServer | { readonly unusable: string } | undefined;

/**
 * The proxy for each URL that is asked from this process: the one of the settings, else the one of `HTTPS_PROXY` or
 * `ALL_PROXY`, names in capitals before small ones as in Go. `HTTP_PROXY` is for plain http, which only this machine is
 * asked with. The settings' list of hosts without a proxy takes the place of `NO_PROXY` where it is not empty.
 */
export function proxyChooser(
  settings: ProxySettings | undefined,
  environment: Environment,
): (url: URL) => ProxyChoice {
  const names = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];
  const sources: readonly (readonly [source: string, address: string])[] = [
    ['http.proxy', settings?.url ?? ''],
    ...names.map(name => [name, environment[name] ?? ''] as const),
  ];
  const found = sources.find(([, address]) => address.trim() !== '');
  const choice = found && parseProxy(found[1].trim(), found[0], settings?.authorization);
  const listed = settings?.noProxy.join(',') || environment.NO_PROXY || environment.no_proxy || '';
  const bypass = readNoProxy(listed);
  return url => (bypass(url) ? undefined : choice);
}

/** A proxy's address may leave out `http://`. */
function parseProxy(text: string, source: string, authorization: string | undefined): ProxyChoice {
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(whole)) return { unusable: `the proxy in ${source} is not an address` };
  const url = new URL(whole);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return {
      unusable: `the proxy in ${source} is of the kind ${url.protocol.slice(0, -1)}; only http and https proxies can be used`,
    };
  const account = accountOf(url);
  if (account === 'malformed')
    return { unusable: `the name and password of the proxy in ${source} can't be read` };
  if (/[^\t\x20-\x7e]/.test(authorization ?? ''))
    return { unusable: 'the value of http.proxyAuthorization can not be sent in a header' };
  const bare = new URL(`${url.protocol}//${url.host}`);
  const value = authorization || account;
  return { url: bare, name: bare.host, source, ...(value && { authorization: value }) };
}

/** RFC 7617, with UTF-8. */
function accountOf({ username, password }: URL): string | undefined {
  if (username + password === '') return undefined;
  try {
    const account = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(account, 'utf8').toString('base64')}`;
  } catch (error) {
    if (error instanceof URIError) return 'malformed';
    throw error;
  }
}
