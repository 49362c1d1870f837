import type { LookupFunction } from 'node:net';
import type { Depth, Fact, Wanted } from '../core/fact';
import { formatImage, type ImageReference, parseImage } from '../core/image';
import type { Settings } from '../core/settings';
import { type Facts, isUnsettled } from '../settle';
import { createAuth } from './auth';
import { createCache } from './cache';
import { createClient, type Found } from './client';
import { accountOf, type Credentials } from './credential';
import { type Endpoint, type Resolved, resolveEndpoint, userAuthorities } from './endpoint';
import { createFlights } from './flights';
import type { Http } from './http';
import { createLedger, type Ledger } from './ledger';
import { defaultLimits, type Limits } from './limits';
import { createLookUp } from './lookUp';
import { type Answered, asOld, createMemory, freshnessOf, type Memory } from './memory';
import { longestPause, pauseAfter } from './pauses';
import { createReader } from './reader';
import { createTraffic } from './traffic';
import type { Transport } from './transport';

/** The part of the settings that says whom to ask, and how. */
export type NetworkSettings = Pick<
  Settings,
  'mirrors' | 'mirrorFallback' | 'mirrorFiles' | 'allowedHosts' | 'network' | 'proxy'
>;

export interface RegistryOptions {
  readonly settings: NetworkSettings;
  /** What the user has stored for a registry; such a registry may be asked. */
  readonly credentials: Credentials;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly log?: (message: string) => void;
  readonly limits?: Partial<Limits>;
  /** How host names become addresses. */
  readonly lookup?: LookupFunction;
  /** What sends the requests; this process by default. */
  readonly transport?: Transport;
  readonly memory?: Memory;
  readonly ledger?: Ledger;
}

/** What registries say, remembered for a while. */
export interface Registry extends Facts {
  /** Drops everything that is remembered, also tokens and the pauses of hosts. */
  readonly forget: () => void;
}

/** The world outside: answers from memory, and asks registries that the user has allowed. Never throws or rejects. */
export function createRegistry(options: RegistryOptions): Registry {
  const { settings, credentials, lookup, now = Date.now, log = () => {} } = options;
  const { network } = settings;
  const { memory = createMemory(1000, now), ledger = createLedger() } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const hosts = { ...settings, hasCredentials: credentials.has };
  const named = userAuthorities(hosts);
  const isUserHost = (authority: string) =>
    named.has(authority) || hosts.hasCredentials(authority.replace(/:443$/, ''));
  let sending: Promise<Http> | undefined;
  // Node's network modules and node-fetch are loaded with the first request: a server that asks nobody starts sooner and
  // stays smaller.
  const startSending = async (): Promise<Http> => {
    const { createHttp } = await import('./http');
    const { createNodeTransport } = await import('./nodeTransport');
    const transport =
      options.transport ?? createNodeTransport({ limits, isUserHost, ...(lookup && { lookup }) });
    return createHttp({ transport, limits, isUserHost, ledger, now });
  };
  const http: Http = async (request, signal) => {
    sending ??= startSending();
    return (await sending)(request, signal);
  };
  const auth = createAuth({ http, isUserHost, limits, now });
  const read = createReader({ http, auth, limits, now });
  const client = createClient({ read, limits, now });
  const traffic = createTraffic(limits, now);
  const lookUp = createLookUp({ client, credentials, traffic, limits, log });
  const endpoints = createCache<Resolved>(200, now);
  const flights = createFlights<void>();

  const resolve = (registry: string): Resolved => {
    const known = endpoints.get(registry) ?? resolveEndpoint(registry, hosts);
    endpoints.set(registry, known, Number.POSITIVE_INFINITY);
    return known;
  };

  /** The key of an answer, which names whom it was asked of and for whom; `undefined` until the latter is known. */
  const keyOf = (image: ImageReference, route: Route): string | undefined => {
    const accounts: string[] = [];
    for (const { credentials: registry, prefix } of route) {
      const stored = credentials.peek(registry, prefix + image.repository);
      if (stored === undefined) return undefined;
      accounts.push(accountOf(stored));
    }
    return JSON.stringify([route.map(({ root }) => root.href), accounts, formatImage(image)]);
  };

  const recall = (image: ImageReference, depth: Depth, route: Route): Fact => {
    const key = keyOf(image, route);
    const remembered = key === undefined ? undefined : memory.get(key);
    if (remembered === undefined) return pendingFact;
    const { fact, notBefore = 0 } = remembered;
    if (fact.kind === 'known' && depth === 'images' && fact.checked === undefined) return pendingFact;
    switch (freshnessOf(remembered, image.digest !== undefined, now())) {
      case 'fresh':
        return fact;
      case 'old':
        return fact.kind === 'known' && now() >= notBefore ? asOld(fact) : fact;
      case 'gone':
        return pendingFact;
    }
  };

  /** Keeps what was found, under the digest as well where that is now known; an old answer outlives trouble. */
  const remember = (image: ImageReference, found: Found, route: Route): void => {
    const key = keyOf(image, route);
    if (key === undefined) return;
    const fact = answered(found, now());
    const before = memory.get(key);
    const outlives = before !== undefined && fact.kind === 'unreachable' && before.fact.kind === 'known';
    if (outlives && freshnessOf(before, image.digest !== undefined, now()) !== 'gone') {
      memory.set(key, { ...before, notBefore: fact.retryAt });
      return;
    }
    memory.set(key, { fact, stored: now() });
    if (fact.kind !== 'known' || image.digest !== undefined) return;
    const { registry, repository } = image;
    const byDigest = keyOf({ registry, repository, digest: fact.digest }, route);
    if (byDigest !== undefined) memory.set(byDigest, { fact, stored: now() });
  };

  const peek = (image: ImageReference, depth: Depth = 'index'): Fact => {
    if (network === 'off' || network === 'untrusted') return offlineFacts[network];
    const parsed = parseImage(formatImage(image));
    if (parsed.kind === 'invalid') return { kind: 'invalid', why: parsed.why };
    const resolved = resolve(image.registry);
    switch (resolved.kind) {
      case 'notAllowed':
        return resolved;
      case 'unusable':
        return { kind: 'unreachable', why: resolved.why, retryAt: now() + longestPause };
      case 'endpoints':
        return recall(image, depth, resolved.endpoints);
    }
  };

  const loadOne = async (
    { image, depth }: Wanted,
    together: readonly ImageReference[],
    signal?: AbortSignal,
  ): Promise<void> => {
    const resolved = resolve(image.registry);
    if (resolved.kind !== 'endpoints') return;
    const { endpoints: route } = resolved;
    try {
      await flights.join(`${depth} ${formatImage(image)}`, signal, async inner =>
        remember(image, await lookUp(image, route, together, inner), route),
      );
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  };

  return {
    peek,
    async load(wanted, signal) {
      const open = wanted.filter(({ image, depth }) => isUnsettled(peek(image, depth)));
      await Promise.all(
        open.map(one => {
          const { registry } = one.image;
          const together = open.filter(({ image }) => image.registry === registry);
          return loadOne(
            one,
            together.map(({ image }) => image),
            signal,
          );
        }),
      );
    },
    forget() {
      memory.clear();
      traffic.forget();
      flights.forget();
      auth.forget();
      credentials.forget();
    },
  };
}

/** The endpoints that are asked for an image, in their order. */
type Route = readonly [Endpoint, ...Endpoint[]];

// The same value each time, so that whoever asked before can see that nothing has changed.
const offlineFacts = {
  off: { kind: 'offline', network: 'off' },
  untrusted: { kind: 'offline', network: 'untrusted' },
} as const satisfies Readonly<Record<string, Fact>>;
const pendingFact: Fact = { kind: 'pending' };

const answered = (found: Found, now: number): Answered =>
  found.kind === 'trouble'
    ? { kind: 'unreachable', why: found.why, retryAt: now + pauseAfter(found) }
    : found;
