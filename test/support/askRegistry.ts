import assert from 'node:assert/strict';
import type { Depth, Fact } from '../../server/src/core/fact';
import { type ImageReference, parseImage } from '../../server/src/core/image';
import { formatPlatform } from '../../server/src/core/platform';
import type { Credential, Credentials, Stored } from '../../server/src/registry/credential';
import {
  createRegistry,
  type NetworkSettings,
  type Registry,
  type RegistryOptions,
} from '../../server/src/registry/index';

export interface AskOptions
  extends Omit<Partial<RegistryOptions>, 'settings' | 'credentials'>,
    Omit<Partial<NetworkSettings>, 'mirrors'> {
  /** Registry → base URL, or several. */
  readonly mirrors?: Mirrors;
  /** What the user keeps, by registry. */
  readonly credentials?: (registry: string) => Credential | undefined;
}

/** A registry client that takes images as they are: their indexes are what is wanted. */
export interface AskedRegistry extends Omit<Registry, 'load'> {
  readonly load: (images: readonly ImageReference[], signal?: AbortSignal) => Promise<void>;
  /** The same for the images behind the indexes, too. */
  readonly verify: (images: readonly ImageReference[], signal?: AbortSignal) => Promise<void>;
}

/** A registry client that is impatient, so that tests are quick, and that never falls back from a mirror to the internet. */
export function registryFor(
  allowedHosts: readonly string[],
  {
    limits,
    credentials = () => undefined,
    mirrors,
    mirrorFallback,
    mirrorFiles,
    network,
    proxy,
    ...options
  }: AskOptions = {},
): AskedRegistry {
  const registry = createRegistry({
    settings: {
      allowedHosts,
      mirrors: mirrorLists(mirrors ?? {}),
      mirrorFallback: mirrorFallback ?? false,
      mirrorFiles: mirrorFiles ?? [],
      network: network ?? 'on',
      ...(proxy && { proxy }),
    },
    credentials: credentialsFrom(credentials),
    log: message => assert.fail(message),
    limits: { retryDelay: 1, ...limits },
    environment: {},
    ...options,
  });
  const loadAt =
    (depth: Depth): AskedRegistry['load'] =>
    (images, signal) =>
      registry.load(
        images.map(image => ({ image, depth })),
        signal,
      );
  return { ...registry, load: loadAt('index'), verify: loadAt('images') };
}

export type Mirrors = Readonly<Record<string, string | readonly string[]>>;

export const mirrorLists = (mirrors: Mirrors): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.entries(mirrors).map(([registry, urls]) => [registry, [urls].flat()]));

/** Credentials that are known at once, by registry. */
export function credentialsFrom(find: (registry: string) => Credential | undefined): Credentials {
  const peek = (registry: string): Stored => {
    const credential = find(registry);
    if (credential === undefined) return { kind: 'none' };
    const account = credential.kind === 'password' ? credential.username : '<token>';
    return { kind: 'credential', credential, account };
  };
  return {
    has: registry => find(registry) !== undefined,
    peek,
    get: async registry => peek(registry),
    forget: () => {},
  };
}

export function imageOf(text: string): ImageReference {
  const parsed = parseImage(text);
  return parsed.kind === 'image' ? parsed.image : assert.fail(`${text}: ${parsed.why}`);
}

/** Loads one image and gives the fact. */
export async function ask(registry: AskedRegistry, text: string): Promise<Fact> {
  await registry.load([imageOf(text)]);
  return registry.peek(imageOf(text));
}

/** A fact in one line: the platforms, or the kind and the reason. */
export function inWords(fact: Fact): string {
  switch (fact.kind) {
    case 'known':
      return fact.platforms.map(formatPlatform).join(' ') || 'does not say';
    case 'absent':
    case 'denied':
    case 'invalid':
    case 'unreachable':
      return `${fact.kind}: ${fact.why}`;
    case 'notAllowed':
      return `notAllowed: ${fact.host}`;
    case 'offline':
    case 'pending':
      return fact.kind;
  }
}

export const asked = async (registry: AskedRegistry, text: string): Promise<string> =>
  inWords(await ask(registry, text));
