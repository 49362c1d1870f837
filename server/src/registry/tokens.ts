import { createCache } from './cache';
import { credentialOf } from './credential';
import { createFlights } from './flights';
import type { Http, HttpAnswer } from './http';
import type { Limits } from './limits';
import { retryAfter } from './retryAfter';
import type { TokenServer } from './scheme';
import type { Target } from './target';
import { parseToken } from './token';
import { scopeOf, tokenRequest } from './tokenRequest';
import { type Trouble, trouble } from './trouble';

/** An access token, and for what it was asked. */
export interface Token {
  readonly value: string;
  /** How many repositories it was asked for. */
  readonly scopes: number;
}

/** `fresh` if it was fetched for this very request. */
export interface Granted {
  readonly kind: 'granted';
  readonly token: Token;
  readonly fresh: boolean;
}

/** Nobody is let in with what we have. */
export interface Denied {
  readonly kind: 'denied';
}

/**
 * Access tokens, each good for one user at one registry and for the repositories that it was asked for together: so many
 * images of one registry cost one token. Lookups that want the same token at the same time share the request for it.
 */
export interface Tokens {
  /** A token for the target's repository; for nothing but it if `alone`. Rejects only when `signal` is aborted. */
  readonly get: (
    target: Target,
    server: TokenServer,
    alone: boolean,
    signal: AbortSignal,
  ) => Promise<Granted | Denied | Trouble>;
  /** Forgets a token that was refused for the target's repository. */
  readonly drop: (target: Target, server: TokenServer, token: Token) => void;
  /** Remembers that this registry wants a token for each repository. */
  readonly askAlone: (target: Target) => void;
  readonly forget: () => void;
}

export interface TokensOptions {
  readonly http: Http;
  readonly limits: Limits;
  readonly now: () => number;
}

export function createTokens({ http, limits, now }: TokensOptions): Tokens {
  const tokens = createCache<Token>(10_000, now);
  const flights = createFlights<Granted | Denied | Trouble | 'too many'>();
  /** The requests under way, by the key of each repository that they ask for. */
  const ongoing = new Map<string, string>();
  const lonely = new Set<string>();
  const posting = new Set<string>();
  const refusals = createCache<number>(100, now);
  const proven = createCache<boolean>(100, now);
  const proofs = createFlights<boolean>();

  const keyOf = ({ endpoint, stored }: Target, server: TokenServer, repository: string): string => {
    const known = server.trusted && stored.kind === 'credential';
    const user = known ? [stored.credential.kind, stored.account] : ['anonymous'];
    const { realm, service } = server;
    return JSON.stringify([endpoint.root.href, realm.href, service, ...user, repository]);
  };

  const send = async (
    target: Target,
    server: TokenServer,
    repositories: readonly string[],
    signal: AbortSignal,
  ) => {
    const credential = server.trusted ? credentialOf(target.stored) : undefined;
    const wish = { server, credential, repositories, maxBytes: limits.smallBytes };
    const place = server.realm.href;
    if (credential?.kind === 'identity' || (credential?.kind === 'password' && posting.has(place)))
      return http(tokenRequest({ ...wish, method: 'POST' }), signal);
    const answer = await http(tokenRequest({ ...wish, method: 'GET' }), signal);
    const refused = answer.kind === 'answer' && (answer.status === 404 || answer.status === 405);
    if (!refused || credential?.kind !== 'password') return answer;
    const posted = await http(tokenRequest({ ...wish, method: 'POST' }), signal);
    if (posted.kind === 'answer' && posted.status === 200) posting.add(place);
    return posted;
  };

  /**
   * Whether a password is taken although tokens are refused: GHCR and others answer 401 also for what is not there or not
   * for this user. That is asked once, as `docker login` does it, and the answer holds as long as a refusal counts.
   */
  const isGood = (target: Target, server: TokenServer, account: string, signal: AbortSignal) =>
    proofs.join(account, signal, async shared => {
      const known = proven.get(account);
      if (known !== undefined) return known;
      const answer = await send(target, server, [], shared);
      const good = answer.kind === 'answer' && answer.status === 200;
      if (answer.kind === 'answer') proven.set(account, good, fiveMinutes);
      return good;
    });

  const fetchToken = async (
    target: Target,
    server: TokenServer,
    repositories: Repositories,
    signal: AbortSignal,
  ): Promise<Granted | Denied | Trouble | 'too many'> => {
    const { host } = server.realm;
    const account = accountAt(target, server);
    if ((refusals.get(account) ?? 0) >= mostRefusals && !(await isGood(target, server, account, signal)))
      return { kind: 'denied' };
    const answer = await send(target, server, repositories, signal);
    if (answer.kind === 'trouble') return answer;
    if (answer.status === 200) refusals.delete(account);
    if (answer.status === 401 && isPassword(target))
      refusals.set(account, (refusals.get(account) ?? 0) + 1, fiveMinutes);
    if (answer.status !== 200) {
      const tooMany = repositories.length > 1 && answer.status < 500 && answer.status !== 429;
      return tooMany ? 'too many' : tokenRefusal(answer, host, now());
    }
    const parsed = parseToken(answer.body.toString('utf8'), now());
    if (parsed.kind === 'invalid') return trouble(`${host} gives no access token: ${parsed.why}`);
    const keys = repositories.map(repository => keyOf(target, server, repository));
    const token = { value: parsed.token, scopes: keys.length };
    for (const key of keys) tokens.set(key, token, parsed.expires - now() - renewEarly);
    return { kind: 'granted', token, fresh: true };
  };

  const get: Tokens['get'] = async (target, server, wantsAlone, signal) => {
    const alone = wantsAlone || lonely.has(target.endpoint.root.href);
    const key = keyOf(target, server, target.repository);
    const cached = tokens.get(key);
    if (cached !== undefined && (!alone || cached.scopes === 1))
      return { kind: 'granted', token: cached, fresh: false };
    const isFree = (repository: string): boolean => {
      const other = keyOf(target, server, repository);
      return !ongoing.has(other) && tokens.get(other) === undefined;
    };
    const flight = alone ? `alone ${key}` : (ongoing.get(key) ?? key);
    const answer = await flights.join(flight, signal, async shared => {
      const repositories: Repositories = alone
        ? [target.repository]
        : together(target.repository, target.together().filter(isFree));
      const keys = alone ? [] : repositories.map(repository => keyOf(target, server, repository));
      for (const each of keys) ongoing.set(each, flight);
      try {
        return await fetchToken(target, server, repositories, shared);
      } finally {
        for (const each of keys) if (ongoing.get(each) === flight) ongoing.delete(each);
      }
    });
    if (answer !== 'too many') return answer;
    lonely.add(target.endpoint.root.href);
    return get(target, server, true, signal);
  };

  return {
    get,
    drop(target, server, token) {
      const key = keyOf(target, server, target.repository);
      // Another lookup may have renewed it since.
      if (tokens.get(key) === token) tokens.delete(key);
    },
    askAlone: ({ endpoint }) => void lonely.add(endpoint.root.href),
    forget() {
      tokens.clear();
      flights.forget();
      ongoing.clear();
      lonely.clear();
      posting.clear();
      refusals.clear();
      proven.clear();
      proofs.forget();
    },
  };
}

type Repositories = readonly [string, ...string[]];

/** A password that was refused so often in a row is not sent again for a while: servers lock accounts. */
const mostRefusals = 5;
const fiveMinutes = 300_000;

const accountAt = ({ endpoint, stored }: Target, { realm }: TokenServer): string =>
  JSON.stringify([endpoint.root.href, realm.href, stored.kind === 'credential' ? stored.account : '']);

const isPassword = ({ stored }: Target): boolean => credentialOf(stored)?.kind === 'password';

const renewEarly = 5000;

/** As many repositories as one request may name: servers refuse long URLs, nginx those of more than 8 KiB. */
function together(needed: string, others: readonly string[]): Repositories {
  const chosen: string[] = [];
  let length = lengthOf(needed);
  for (const other of others) {
    length += lengthOf(other);
    if (chosen.length + 1 === mostScopes || length > longestScopes) break;
    chosen.push(other);
  }
  return [needed, ...chosen];
}

const mostScopes = 60;
const longestScopes = 6000;
const lengthOf = (repository: string): number =>
  encodeURIComponent(scopeOf(repository)).length + '&scope='.length;

function tokenRefusal(answer: HttpAnswer, host: string, now: number): Denied | Trouble {
  const { status } = answer;
  if (status === 401 || status === 403) return { kind: 'denied' };
  const wait = retryAfter(answer.header('retry-after')[0], now);
  const why = trouble(`${host} gives no access token (HTTP ${status})`, status >= 500);
  return { ...why, hostWide: status === 429, ...(wait !== undefined && { wait }) };
}
