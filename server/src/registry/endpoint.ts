import type { Network } from '../core/settings';
import { dockerHub, isPublicRegistry } from './knownHosts';

/** Where the images of a registry are asked for. */
export interface Endpoint {
  /** What people call it: `docker.io`, or the mirror's URL with the registry it stands for. */
  readonly name: string;
  /** The API root, as `https://registry-1.docker.io/v2/`. */
  readonly root: URL;
  /** Comes before the repository in requests and in scopes; ends with a slash unless it is empty. */
  readonly prefix: string;
  /** The registry whose stored credentials count. */
  readonly credentials: string;
}

export type Resolved =
  /** In the order in which they are asked; the later ones where an earlier one fails or lacks the image. */
  | { readonly kind: 'endpoints'; readonly endpoints: readonly [Endpoint, ...Endpoint[]] }
  | { readonly kind: 'notAllowed'; readonly host: string }
  | Unusable;

interface Unusable {
  readonly kind: 'unusable';
  readonly why: string;
}

/** What the user has said about hosts. */
export interface HostSettings {
  /** Registry → base URL. */
  readonly mirrors: Readonly<Record<string, string>>;
  /** `HOST` or `HOST:PORT`. */
  readonly allowedHosts: readonly string[];
  /** Whether the registry itself is asked where its mirror fails, or lacks the image. */
  readonly mirrorFallback: boolean;
  /** With `allowlist` the public registries must be named by the user too. */
  readonly network: Network;
  /** Whether the user keeps credentials for this registry. */
  readonly hasCredentials: (registry: string) => boolean;
}

/**
 * The endpoint for the registry of a reference, if it may be asked: it has a mirror, is a known public registry, or is
 * named by the user. Decided on the host as the URL parser understands it, because `127.1` is `127.0.0.1`.
 */
export function resolveEndpoint(registry: string, settings: HostSettings): Resolved {
  const url = urlOfHost(registry);
  if (url === undefined)
    return { kind: 'unusable', why: `${registry} is not an address that can be reached` };
  const host = url.host === 'index.docker.io' ? dockerHub.registry : url.host;
  const allowed =
    (settings.network === 'on' && isPublicRegistry(host)) ||
    userAuthorities(settings).has(authorityOf(url)) ||
    settings.hasCredentials(host);
  const own = allowed ? [ownEndpoint(url, host)] : [];
  const mirror = Object.entries(settings.mirrors).find(([name]) => urlOfHost(name)?.host === host)?.[1];
  const mirrored = mirror === undefined ? undefined : mirrorEndpoint(host, mirror);
  if (mirrored !== undefined && 'kind' in mirrored) return mirrored;
  const [first, ...rest] = mirrored === undefined ? own : [mirrored, ...(settings.mirrorFallback ? own : [])];
  return first === undefined
    ? { kind: 'notAllowed', host }
    : { kind: 'endpoints', endpoints: [first, ...rest] };
}

function ownEndpoint(url: URL, host: string): Endpoint {
  const root = new URL('/v2/', host === dockerHub.registry ? `https://${dockerHub.api}` : url);
  return { name: host, root, prefix: '', credentials: host };
}

/** Hosts that the user has named: these may be at a private address, and this machine may be asked without TLS. */
export function userAuthorities({ mirrors, allowedHosts }: HostSettings): ReadonlySet<string> {
  const urls = [...allowedHosts.map(urlOfHost), ...Object.values(mirrors).map(parseUrl)];
  return new Set(urls.flatMap(url => (url === undefined ? [] : [authorityOf(url)])));
}

/** Host and port, with the port also where the URL leaves it out. */
export const authorityOf = (url: URL): string =>
  `${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`;

/** Whether a URL's host name always means this machine. */
export const isLoopback = (hostname: string): boolean =>
  /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) || hostname.endsWith('.localhost');

/** `http` only for this machine: registries for development rarely have a certificate. */
function urlOfHost(host: string): URL | undefined {
  const url = parseUrl(`https://${host}`);
  if (url === undefined || url.pathname !== '/' || url.search + url.hash + url.username + url.password !== '')
    return undefined;
  return isLoopback(url.hostname) ? parseUrl(`http://${host}`) : url;
}

const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/** A path that names the API's `v2` is the root itself, and what follows comes before the repository. */
function mirrorEndpoint(registry: string, mirror: string): Endpoint | Unusable {
  const url = parseUrl(mirror);
  const usable = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url === undefined || !usable || url.username + url.password !== '')
    return { kind: 'unusable', why: `the mirror of ${registry} is not an https URL without a password` };
  const [, base = '', inner = ''] = /^(.*?)(?:\/v2(?:\/(.*?))?)?\/*$/.exec(url.pathname) ?? [];
  const root = new URL(`${base.replace(/\/+$/, '')}/v2/`, url);
  const prefix = inner === '' ? '' : `${inner}/`;
  const name = `the mirror ${url.host} of ${registry}`;
  return { name, root, prefix, credentials: url.host };
}
