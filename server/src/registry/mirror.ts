import { isLoopback } from './hostUrl';

/** Another place that serves images of a registry. */
export interface Mirror {
  /** The API root, as `https://mirror.example/v2/`. */
  readonly root: URL;
  /** What comes before the repository there, without slashes around it. */
  readonly path: string;
  /** The references that it may be asked for. */
  readonly serves: 'all' | 'digests' | 'tags';
  /** Whether it wants to be told whose images it is asked for, as containerd does with `?ns=docker.io`. */
  readonly namespace?: true;
}

/** What a configuration says of the images below a name. */
export interface MirrorRule {
  /** `docker.io`, `registry.example:5000/team`, `*.example.com` for hosts below a domain, or `*` for every registry. */
  readonly scope: string;
  /** In the order in which they are asked. */
  readonly mirrors: readonly Mirror[];
  /** What is asked in place of the registry itself. */
  readonly instead?: Mirror;
  /** Who says that these images must not be pulled: `registries.conf`. */
  readonly blockedBy?: string;
}

/** The rules of one configuration, of which the one with the longest scope holds for an image. */
export type MirrorRules = readonly MirrorRule[];

/** A rule that holds for an image, and the part of the repository that its scope stands for, as `team`. */
export interface Match {
  readonly rule: MirrorRule;
  readonly stripped: string;
}

/** The rule for a repository of a registry, if there is one. Scopes end at a slash (containers-registries.conf.5). */
export function ruleFor(rules: MirrorRules, host: string, repository: string): Match | undefined {
  const matches = rules.flatMap(rule => {
    const slash = rule.scope.indexOf('/');
    const scopeHost = slash < 0 ? rule.scope : rule.scope.slice(0, slash);
    const path = slash < 0 ? '' : rule.scope.slice(slash + 1);
    const onHost = scopeHost.startsWith('*') ? host.endsWith(scopeHost.slice(1)) : host === scopeHost;
    const below = path === '' || repository === path || repository.startsWith(`${path}/`);
    return onHost && below ? [{ rule, stripped: path }] : [];
  });
  const length = ({ rule }: Match): number => rule.scope.length;
  return matches.reduce<Match | undefined>(
    (best, match) => (best === undefined || length(match) > length(best) ? match : best),
    undefined,
  );
}

/** A mirror's URL, or why it is not used, as a clause. */
export type ReadMirror =
  | { readonly kind: 'mirror'; readonly mirror: Mirror }
  | { readonly kind: 'unusable'; readonly why: string };

/**
 * The mirror at a base URL. A path that names the API's `v2` is the root itself, and what follows comes before the
 * repository. Plain http is only for mirrors on this machine.
 */
export function mirrorAt(text: string, serves: Mirror['serves'] = 'all'): ReadMirror {
  const url = safeUrl(text);
  if (url === undefined) return { kind: 'unusable', why: 'it is not an https URL without a password' };
  const [, base = '', inner = ''] = /^(.*?)(?:\/v2(?:\/(.*?))?)?\/*$/.exec(url.pathname) ?? [];
  const root = new URL(`${base.replace(/\/+$/, '')}/v2/`, url.origin);
  return { kind: 'mirror', mirror: { root, path: inner, serves } };
}

/** A URL that may be asked for what users pull; `undefined` for any other, and for what is none. */
export function safeUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  return url !== undefined && safe && url.username + url.password === '' ? url : undefined;
}
