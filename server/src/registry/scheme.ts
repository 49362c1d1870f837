import type { Challenge } from './challenge';
import type { Endpoint } from './endpoint';
import { checkRealm } from './realm';
import { type KnownRegistry, registryAt, registryBehind } from './registries';
import { type Trouble, trouble } from './trouble';

/** A registry's token server. */
export interface TokenServer {
  readonly realm: URL;
  /** Whether it may see the credentials stored for the registry. */
  readonly trusted: boolean;
  readonly service: string;
}

/** How a registry wants people to sign in, and what kind of registry that makes it. */
export type Scheme = (
  | { readonly kind: 'basic' }
  | { readonly kind: 'bearer'; readonly server: TokenServer }
) & { readonly registry: KnownRegistry | undefined };

type IsUserHost = (authority: string) => boolean;

/** The way to sign in that a registry is known for, so that it need not be asked first. */
export function rememberedScheme(endpoint: Endpoint, isUserHost: IsUserHost): Scheme | undefined {
  const registry = registryAt(endpoint.root.host);
  if (registry?.tokens === undefined) return undefined;
  const realm = checkRealm(registry.tokens.realm, endpoint, isUserHost);
  if (realm.kind === 'refused') return undefined;
  const server = { realm: realm.url, trusted: realm.trusted, service: registry.tokens.service };
  return { kind: 'bearer', server, registry };
}

/** The way to sign in that a 401 offers: Bearer before Basic, as containerd sorts them; others are skipped. */
export function chooseScheme(
  challenges: readonly Challenge[],
  endpoint: Endpoint,
  isUserHost: IsUserHost,
): Scheme | Trouble {
  const registry = registryAt(endpoint.root.host) ?? registryBehind(challenges);
  const bearer = challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.has('realm'));
  if (bearer !== undefined) {
    const realm = checkRealm(bearer.parameters.get('realm') ?? '', endpoint, isUserHost);
    if (realm.kind === 'refused') return trouble(realm.why);
    const service = bearer.parameters.get('service') ?? '';
    return { kind: 'bearer', server: { realm: realm.url, trusted: realm.trusted, service }, registry };
  }
  if (challenges.some(({ scheme }) => scheme === 'basic')) return { kind: 'basic', registry };
  return trouble(`${endpoint.name} asks to sign in in a way that is not understood`);
}

/** Whether two token servers give the same tokens. */
export const isSameServer = (one: TokenServer, other: TokenServer): boolean =>
  one.realm.href === other.realm.href && one.service === other.service;
