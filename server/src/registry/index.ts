import { setMaxListeners } from 'node:events';
import type { LookupFunction } from 'node:net';
import type { HostStatus } from '../core/contact';
import type { Depth, Fact, Wanted } from '../core/fact';
import { formatImage, type ImageReference, parseImage } from '../core/image';
import type { Settings } from '../core/settings';
import { type Facts, isUnsettled } from '../settle';
import { createAnswers } from './answers';
import { createAuth } from './auth';
import { createBudget } from './budget';
import { noting, sparing } from './budgeted';
import { createCache } from './cache';
import { createChildren } from './children';
import { createClient } from './client';
import type { Credentials } from './credential';
import { type Endpoint, type Resolved, resolveEndpoints, userAuthorities } from './endpoint';
import type { Environment } from './environment';
import { createFlights } from './flights';
import { hostStatuses } from './hostStatus';
import type { Http } from './http';
import { createLedger, type Ledger } from './ledger';
import { defaultLimits, type Limits } from './limits';
import { createLookUp } from './lookUp';
import { createMemory, type Memory } from './memory';
import type { MirrorRules } from './mirror';
import { loadMirrorRules } from './mirrorFiles';
import { namingNearTags } from './namingNearTags';
import { longestPause } from './pauses';
import { createReader } from './reader';
import { createSecrets } from './secrets';
import { createTags } from './tags';
import { type Together, wantedTogether } from './together';
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
  /** Where proxies and certificates are named besides the settings; this process's own variables by default. */
  readonly environment?: Environment;
  /** What files name further mirrors; those that the settings choose by default. */
  readonly mirrorRules?: readonly MirrorRules[];
  readonly memory?: Memory;
  readonly ledger?: Ledger;
}

/** What registries say, remembered for a while. */
export interface Registry extends Facts {
  /**
   * The same for one explicit wish of the user, as a click or a command is: what could not be reached is tried once more, and
   * an image is asked for although few pulls are left. Only a pause that the server itself has asked for is kept.
   */
  readonly explicitly: () => Facts;
  /** How it stands with every host that was asked. */
  readonly status: () => readonly HostStatus[];
  /** Drops everything that is remembered, also tokens and the pauses of hosts. */
  readonly forget: () => void;
  /** Ends what is under way, and asks nobody from now on: the settings are no longer the user's. */
  readonly close: () => void;
}

/** The world outside: answers from memory, and asks registries that the user has allowed. Never throws or rejects. */
export function createRegistry(options: RegistryOptions): Registry {
  const { settings, credentials, lookup, now = Date.now } = options;
  const secrets = createSecrets();
  const log = (message: string): void => options.log?.(secrets.hide(message));
  const { network } = settings;
  const { memory = createMemory(2000, now), ledger = createLedger() } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const isOffline = network === 'off' || network === 'untrusted';
  const mirrorRules = options.mirrorRules ?? (isOffline ? [] : loadMirrorRules(settings.mirrorFiles, log));
  const hosts = { ...settings, mirrorRules, hasCredentials: credentials.has };
  const named = userAuthorities(hosts);
  const isUserHost = (authority: string) =>
    named.has(authority) || hosts.hasCredentials(authority.replace(/:443$/, ''));
  let sending: Promise<Http> | undefined;
  // Node's network modules and node-fetch are loaded with the first request: a server that asks nobody starts sooner and
  // stays smaller.
  const startSending = async (): Promise<Http> => {
    const { createHttp } = await import('./http');
    const { createNodeTransport } = await import('./nodeTransport');
    const { environment } = options;
    const { proxy } = settings;
    const transport =
      options.transport ??
      createNodeTransport({ limits, isUserHost, proxy, environment, log, ...(lookup && { lookup }) });
    return createHttp({ transport, limits, isUserHost, ledger, secrets, now });
  };
  const send: Http = async (request, signal) => {
    sending ??= startSending();
    return (await sending)(request, signal);
  };
  const budget = createBudget(now);
  const http = noting(send, budget);
  const auth = createAuth({ http, isUserHost, limits, now });
  const traffic = createTraffic(limits, now);
  const answers = createAnswers({ memory, credentials, now });
  const lookUpBy = (http: Http, explicit: boolean) => {
    const read = createReader({ http, auth, limits, now });
    const children = createChildren({ read, limits, now });
    const asked = createClient({ read, children, recall: answers.recall, limits, now });
    const client = explicit ? namingNearTags(asked, createTags(read), now) : asked;
    return {
      lookUp: createLookUp({ client, credentials, traffic, explicit, secrets, limits, log }),
      children,
    };
  };
  const automatic = lookUpBy(sparing(http, budget), false);
  const explicit = lookUpBy(http, true);
  const endpoints = createCache<Resolved>(2000, now);
  const flights = createFlights<void>();
  let closed = false;

  const resolve = (image: ImageReference): Resolved => {
    // What is decided for one tag of a repository holds for all of them, and so for digests, until somebody signs in or out.
    const login = credentials.has(image.registry) ? 'login ' : '';
    const key = `${login}${image.registry}/${image.repository}${image.digest === undefined ? '' : '@'}`;
    const known = endpoints.get(key) ?? resolveEndpoints(image, hosts);
    endpoints.set(key, known, Number.POSITIVE_INFINITY);
    return known;
  };

  const peek = (image: ImageReference, depth: Depth = 'index'): Fact => {
    const fact = peekOpen(image, depth);
    return closed && isUnsettled(fact) ? closedFact : fact;
  };
  const peekOpen = (image: ImageReference, depth: Depth): Fact => {
    if (network === 'off' || network === 'untrusted') return offlineFacts[network];
    const parsed = parseImage(formatImage(image));
    if (parsed.kind === 'invalid') return { kind: 'invalid', why: parsed.why };
    const resolved = resolve(image);
    switch (resolved.kind) {
      case 'notAllowed':
        return resolved;
      case 'unusable':
        return { kind: 'unreachable', why: resolved.why, retryAt: now() + longestPause };
      case 'endpoints':
        return answers.peek(image, depth, resolved.endpoints);
    }
  };

  const loadOne = async (
    { image, depth }: Wanted,
    together: Together,
    wish: Wish,
    signal?: AbortSignal,
  ): Promise<void> => {
    const resolved = resolve(image);
    if (resolved.kind !== 'endpoints') return;
    const { endpoints: route } = resolved;
    const { lookUp } = wish === 'explicit' ? explicit : automatic;
    try {
      await flights.join(`${wish} ${depth} ${formatImage(image)}`, signal, async inner => {
        const before = answers.before(image, route);
        const accounts = new Map<Endpoint, string>();
        const found = await lookUp({ image, depth }, route, { together, before, accounts }, inner);
        answers.keep({ image, depth }, found, route, accounts);
      });
    } catch (error) {
      if (signal?.aborted !== true && !closed) throw error;
    }
  };

  const load = async (wanted: readonly Wanted[], wish: Wish, signal?: AbortSignal): Promise<void> => {
    // Every image listens for its end; Node warns of a leak from the eleventh listener on.
    if (signal !== undefined) setMaxListeners(0, signal);
    const together = wantedTogether(
      wanted.map(({ image }) => image),
      resolve,
    );
    await Promise.all(wanted.map(one => loadOne(one, together, wish, signal)));
  };

  const explicitly = (): Facts => {
    const tried = new Set<string>();
    const keyOf = (image: ImageReference, depth: Depth) => `${depth} ${formatImage(image)}`;
    const peekAgain = (image: ImageReference, depth: Depth = 'index'): Fact => {
      const fact = peek(image, depth);
      return fact.kind === 'unreachable' && !closed && !tried.has(keyOf(image, depth)) ? pendingFact : fact;
    };
    return {
      peek: peekAgain,
      async load(wanted, signal) {
        const open = wanted.filter(({ image, depth }) => isUnsettled(peekAgain(image, depth)));
        await load(open, 'explicit', signal);
        if (signal?.aborted === true) return;
        for (const { image, depth } of open) tried.add(keyOf(image, depth));
      },
    };
  };

  return {
    peek,
    load: (wanted, signal) =>
      load(
        wanted.filter(({ image, depth }) => isUnsettled(peek(image, depth))),
        'automatic',
        signal,
      ),
    explicitly,
    close() {
      closed = true;
      flights.stop();
    },
    status: () => hostStatuses(traffic, budget),
    forget() {
      memory.clear();
      traffic.forget();
      flights.forget();
      budget.forget();
      automatic.children.forget();
      explicit.children.forget();
      auth.forget();
      credentials.forget();
    },
  };
}

// The same value each time, so that whoever asked before can see that nothing has changed.
const offlineFacts = {
  off: { kind: 'offline', network: 'off' },
  untrusted: { kind: 'offline', network: 'untrusted' },
} as const satisfies Readonly<Record<string, Fact>>;
const pendingFact: Fact = { kind: 'pending' };
const closedFact: Fact = { kind: 'unreachable', why: 'the settings have changed meanwhile', retryAt: 0 };

type Wish = 'automatic' | 'explicit';
