import type { ImageReference } from '../core/image';
import type { Network } from '../core/settings';
import { authorityOf, urlOfHost } from './hostUrl';
import { type Match, type Mirror, type MirrorRules, mirrorAt, ruleFor } from './mirror';
import { dockerHub, isPublicRegistry } from './registries';

/** Where the images of a registry are asked for. */
export interface Endpoint {
  /** What people call it: `docker.io`, or the mirror's URL with the registry it stands for. */
  readonly name: string;
  /** The API root, as `https://registry-1.docker.io/v2/`; its query goes along with every request. */
  readonly root: URL;
  /** What repositories begin with that is left out there, as `team`; mostly nothing. */
  readonly stripped: string;
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
  /** Registry → base URLs, in the order in which they are asked. */
  readonly mirrors: Readonly<Record<string, readonly string[]>>;
  /** What files of other programs say of mirrors; asked after those of the settings. */
  readonly mirrorRules: readonly MirrorRules[];
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
 * The endpoints that an image may be asked of: its mirrors, and its registry itself if that is a known public one or is
 * named by the user. Decided on the host as the URL parser understands it, because `127.1` is `127.0.0.1`.
 */
export function resolveEndpoints(image: ImageReference, settings: HostSettings): Resolved {
  const { registry, repository } = image;
  const url = urlOfHost(registry);
  if (url === undefined)
    return { kind: 'unusable', why: `${registry} is not an address that can be reached` };
  const host = nameOf(url);
  const listed = ownMirrors(host, settings.mirrors);
  if ('why' in listed) return listed;
  const matches = settings.mirrorRules.flatMap(rules => ruleFor(rules, host, repository) ?? []);
  const blocked = matches.find(({ rule }) => rule.blockedBy !== undefined);
  if (blocked !== undefined)
    return { kind: 'unusable', why: `${blocked.rule.scope} is blocked by ${blocked.rule.blockedBy}` };
  const reference = image.digest === undefined ? 'tags' : 'digests';
  const mirrors = [
    ...listed,
    ...matches.flatMap(match => match.rule.mirrors.map(mirror => ({ match, mirror }))),
  ]
    .filter(({ mirror }) => mirror.serves === 'all' || mirror.serves === reference)
    .map(({ match, mirror }) => mirrorEndpoint(host, mirror, match));
  const own =
    mirrors.length === 0 || settings.mirrorFallback ? ownEndpoints(url, host, matches, settings) : [];
  const [first, ...rest] = [...mirrors, ...own];
  return first === undefined
    ? { kind: 'notAllowed', host }
    : { kind: 'endpoints', endpoints: [first, ...rest] };
}

/** The path of a repository at an endpoint. */
export function repositoryAt({ prefix, stripped }: Endpoint, repository: string): string {
  const inside = stripped === '' || repository === stripped || repository.startsWith(`${stripped}/`);
  const rest = inside ? repository.slice(stripped.length).replace(/^\//, '') : repository;
  return rest === '' ? prefix.replace(/\/$/, '') : prefix + rest;
}

/** The URL of something of a repository: `path` is `manifests/…`, `blobs/…` or `tags/list`. */
export function urlAt({ root }: Endpoint, repository: string, path: string): URL {
  const url = new URL(`${repository}/${path}`, root);
  for (const [name, value] of root.searchParams) url.searchParams.append(name, value);
  return url;
}

/** What a registry is called in references. */
const nameOf = ({ host }: URL): string => (host === 'index.docker.io' ? dockerHub.registry : host);

/** The mirrors that the user's settings name for a registry. */
function ownMirrors(
  host: string,
  mirrors: HostSettings['mirrors'],
): readonly { readonly match: Match | undefined; readonly mirror: Mirror }[] | Unusable {
  const addresses =
    Object.entries(mirrors).find(([name]) => {
      const url = urlOfHost(name);
      return url !== undefined && nameOf(url) === host;
    })?.[1] ?? [];
  const read = addresses.map(address => mirrorAt(address));
  const bad = read.find(one => one.kind === 'unusable');
  if (bad !== undefined) return { kind: 'unusable', why: `the mirror of ${host} can't be used: ${bad.why}` };
  return read.flatMap(one => (one.kind === 'mirror' ? [{ match: undefined, mirror: one.mirror }] : []));
}

/** The registry itself, or what the user's files put in its place. */
function ownEndpoints(
  url: URL,
  host: string,
  matches: readonly Match[],
  settings: HostSettings,
): readonly Endpoint[] {
  const match = matches.find(({ rule }) => rule.instead !== undefined);
  if (match?.rule.instead !== undefined) return [mirrorEndpoint(host, match.rule.instead, match)];
  const allowed =
    (settings.network === 'on' && isPublicRegistry(host)) ||
    userAuthorities(settings).has(authorityOf(url)) ||
    settings.hasCredentials(host);
  return allowed ? [ownEndpoint(url, host)] : [];
}

function ownEndpoint(url: URL, host: string): Endpoint {
  const root = new URL('/v2/', host === dockerHub.registry ? `https://${dockerHub.api}` : url);
  return { name: host, root, prefix: '', stripped: '', credentials: host };
}

/** Hosts that the user has named: these may be at a private address, and this machine may be asked without TLS. */
export function userAuthorities({
  mirrors,
  mirrorRules,
  allowedHosts,
}: Pick<HostSettings, 'mirrors' | 'mirrorRules' | 'allowedHosts'>): ReadonlySet<string> {
  const ruled = mirrorRules
    .flat()
    .flatMap(({ mirrors, instead }) => [...mirrors, ...(instead ? [instead] : [])]);
  const listed = Object.values(mirrors)
    .flat()
    .map(address => (URL.canParse(address) ? new URL(address) : undefined));
  const urls = [...allowedHosts.map(urlOfHost), ...listed, ...ruled.map(({ root }) => root)];
  return new Set(urls.flatMap(url => (url === undefined ? [] : [authorityOf(url)])));
}

function mirrorEndpoint(registry: string, mirror: Mirror, match: Match | undefined): Endpoint {
  const { host } = mirror.root;
  const root = new URL(mirror.root);
  if (mirror.namespace === true && host !== registry) root.searchParams.set('ns', registry);
  const prefix = mirror.path === '' ? '' : `${mirror.path}/`;
  const name = `the mirror ${host} of ${registry}`;
  return { name, root, prefix, stripped: match?.stripped ?? '', credentials: host };
}
