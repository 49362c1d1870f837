import type { LookupFunction } from 'node:net';
import type { Fact } from '../core/fact';
import { formatImage, type ImageReference, parseImage } from '../core/image';
import type { Network } from '../core/settings';
import type { Facts } from '../settle';
import { createAuth } from './auth';
import { createCache } from './cache';
import { createClient, type Found } from './client';
import type { Credentials } from './credentials';
import { type Endpoint, type Resolved, resolveEndpoint, userAuthorities } from './endpoint';
import { createFlights } from './flights';
import type { Http } from './http';
import { defaultLimits, type Limits } from './limits';
import { createQueue } from './queue';
import { createReader } from './reader';
import { type Trouble, trouble } from './trouble';

export interface RegistryOptions {
  /** Registry host → base URL that serves its images; `http` only for this machine. */
  readonly mirrors: Readonly<Record<string, string>>;
  /** Further registries that may be asked, as `HOST` or `HOST:PORT`. */
  readonly allowedHosts: readonly string[];
  readonly network: Network;
  /** What the user has stored for a registry; such a registry may be asked. */
  readonly credentials: Credentials;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly log?: (message: string) => void;
  readonly limits?: Partial<Limits>;
  /** How host names become addresses. */
  readonly lookup?: LookupFunction;
}

/** What registries say, remembered for a while. */
export interface Registry extends Facts {
  /** Drops everything that is remembered, also tokens and the pauses of hosts. */
  readonly forget: () => void;
}

/** The world outside: answers from memory, and asks registries that the user has allowed. Never throws or rejects. */
export function createRegistry(options: RegistryOptions): Registry {
  const { credentials, network, now = Date.now, log = () => {} } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const hosts = { ...options, hasCredentials: (registry: string) => credentials(registry) !== undefined };
  const named = userAuthorities(hosts);
  const isUserHost = (authority: string) =>
    named.has(authority) || hosts.hasCredentials(authority.replace(/:443$/, ''));
  const { lookup } = options;
  let sending: Promise<Http> | undefined;
  // Node's network modules and node-fetch are loaded with the first request: a server that asks nobody starts sooner and
  // stays smaller.
  const http: Http = async (request, signal) => {
    sending ??= import('./http').then(({ createHttp }) =>
      createHttp({ limits, isUserHost, ...(lookup && { lookup }) }),
    );
    return (await sending)(request, signal);
  };
  const auth = createAuth({ http, credentials, isUserHost, limits, now });
  const read = createReader({ http, auth, credentials, limits, now });
  const client = createClient({ read, limits, now });
  const facts = createCache<Fact>(1000, now);
  const pauses = createCache<Trouble>(100, now);
  const endpoints = createCache<Resolved>(200, now);
  const flights = createFlights<void>();
  const queue = createQueue(limits);

  const resolve = (registry: string): Resolved => {
    const known = endpoints.get(registry) ?? resolveEndpoint(registry, hosts);
    endpoints.set(registry, known, Number.POSITIVE_INFINITY);
    return known;
  };

  /** Keeps what was found, under the digest as well where that is now known. */
  const remember = (image: ImageReference, found: Found): void => {
    const fact = factOf(found, now());
    facts.set(formatImage(image), fact, lifetime(fact, image, now()));
    if (fact.kind !== 'known') return;
    const byDigest = { registry: image.registry, repository: image.repository, digest: fact.digest };
    facts.set(formatImage(byDigest), fact, Number.POSITIVE_INFINITY);
  };

  const lookUp = async (image: ImageReference, endpoint: Endpoint, signal: AbortSignal): Promise<void> => {
    const key = endpoint.root.href;
    await queue.run(key, signal, async () => {
      const pause = pauses.get(key);
      const found = pause ?? (await inTime(image, endpoint, signal));
      if (pause === undefined && found.kind === 'trouble' && found.hostWide === true)
        pauses.set(key, found, waitOf(found));
      remember(image, found);
    });
  };

  const inTime = async (image: ImageReference, endpoint: Endpoint, signal: AbortSignal): Promise<Found> => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), limits.lookup);
    try {
      return await client(image, endpoint, AbortSignal.any([signal, controller.signal]));
    } catch (error) {
      signal.throwIfAborted();
      if (controller.signal.aborted)
        return trouble(`${endpoint.name} did not answer within ${limits.lookup / 1000} s`);
      log(`asking ${endpoint.name} failed: ${error instanceof Error ? error.stack : String(error)}`);
      return trouble(`asking ${endpoint.name} failed inside Meshfit; its log says more`);
    } finally {
      clearTimeout(timer);
    }
  };

  const peek = (image: ImageReference): Fact => {
    if (network !== 'on') return offlineFacts[network];
    const parsed = parseImage(formatImage(image));
    if (parsed.kind === 'invalid') return { kind: 'invalid', why: parsed.why };
    const resolved = resolve(image.registry);
    switch (resolved.kind) {
      case 'notAllowed':
        return resolved;
      case 'unusable':
        return { kind: 'unreachable', why: resolved.why, retryAt: now() + longestPause };
      case 'endpoint':
        return facts.get(formatImage(image)) ?? pendingFact;
    }
  };

  return {
    peek,
    async load(images, signal) {
      const pending = images.filter(image => peek(image).kind === 'pending');
      await Promise.all(
        pending.map(async image => {
          const resolved = resolve(image.registry);
          if (resolved.kind !== 'endpoint') return;
          try {
            await flights.join(formatImage(image), signal, inner => lookUp(image, resolved.endpoint, inner));
          } catch (error) {
            if (signal?.aborted !== true) throw error;
          }
        }),
      );
    },
    forget() {
      facts.clear();
      pauses.clear();
      flights.forget();
      auth.forget();
    },
  };
}

// The same value each time, so that whoever asked before can see that nothing has changed.
const offlineFacts = {
  off: { kind: 'offline', network: 'off' },
  untrusted: { kind: 'offline', network: 'untrusted' },
} as const satisfies Record<Exclude<Network, 'on'>, Fact>;
const pendingFact: Fact = { kind: 'pending' };

const seconds = 1000;
const minutes = 60 * seconds;
const shortestPause = 5 * seconds;
const usualPause = 30 * seconds;
const longestPause = 60 * minutes;

const waitOf = ({ wait = usualPause }: Trouble): number =>
  Math.min(Math.max(wait, shortestPause), longestPause);

const factOf = (found: Found, now: number): Fact =>
  found.kind === 'trouble' ? { kind: 'unreachable', why: found.why, retryAt: now + waitOf(found) } : found;

/** How long a fact is good for, in milliseconds: a digest never changes its meaning, a tag may. */
function lifetime(fact: Fact, image: ImageReference, now: number): number {
  switch (fact.kind) {
    case 'known':
      return image.digest === undefined ? 15 * minutes : Number.POSITIVE_INFINITY;
    case 'absent':
    case 'denied':
    case 'invalid':
      return 5 * minutes;
    case 'unreachable':
      return fact.retryAt - now;
    case 'notAllowed':
    case 'offline':
    case 'pending':
      return 0;
  }
}
