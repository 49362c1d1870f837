import { createCache } from './cache';
import { type Challenge, parseChallenges } from './challenge';
import { type Credential, credentialOf } from './credential';
import { createFlights } from './flights';
import type { Http, HttpAnswer } from './http';
import type { Limits } from './limits';
import { checkRealm } from './realm';
import { retryAfter } from './retryAfter';
import type { Target } from './target';
import { parseToken } from './token';
import { basicAuthorization, type TokenServer, tokenKey, tokenRequest } from './tokenRequest';
import { type Trouble, trouble } from './trouble';

/** What to send along: the value of `Authorization`, if any. `fresh` if it was fetched for this very request. */
export interface Authorization {
  readonly kind: 'authorization';
  readonly value?: string;
  readonly fresh: boolean;
}

/** Nobody is let in with what we have. */
export interface Denied {
  readonly kind: 'denied';
}

export type Authorized = Authorization | Denied | Trouble;

/** Signs in where a registry asks for it, and remembers how. Rejects only when `signal` is aborted. */
export interface Auth {
  /** What the registry is known to want for this repository; nothing as long as it has not asked. */
  readonly prepare: (target: Target, signal: AbortSignal) => Promise<Authorized>;
  /** What to try after a 401 with these `WWW-Authenticate` lines, when `tried` was sent. */
  readonly answer: (
    target: Target,
    lines: readonly string[],
    tried: Authorization,
    signal: AbortSignal,
  ) => Promise<Authorized>;
  /** The token server that did not get the stored credentials because it is not the registry's own. */
  readonly withheldFrom: (target: Target) => string | undefined;
  readonly forget: () => void;
}

export interface AuthOptions {
  readonly http: Http;
  readonly isUserHost: (authority: string) => boolean;
  readonly limits: Limits;
  readonly now: () => number;
}

/** How a registry wants people to sign in. */
type Scheme = { readonly kind: 'basic' } | ({ readonly kind: 'bearer' } & TokenServer);

export function createAuth({ http, isUserHost, limits, now }: AuthOptions): Auth {
  const schemes = new Map<string, Scheme>();
  const tokens = createCache<string>(1000, now);
  const flights = createFlights<Authorized>();

  const credentialFor = ({ stored }: Target, { trusted }: TokenServer): Credential | undefined =>
    trusted ? credentialOf(stored) : undefined;

  const token = async (target: Target, server: TokenServer, signal: AbortSignal): Promise<Authorized> => {
    const credential = credentialFor(target, server);
    const key = tokenKey(target, server, credential);
    const cached = tokens.get(key);
    if (cached !== undefined) return { kind: 'authorization', value: `Bearer ${cached}`, fresh: false };
    return flights.join(key, signal, async shared => {
      const { host } = server.realm;
      const answer = await http(tokenRequest(target, server, credential, limits.smallBytes), shared);
      if (answer.kind === 'trouble') return answer;
      if (answer.status !== 200) return tokenRefusal(answer, host, now());
      const parsed = parseToken(answer.body.toString('utf8'), now());
      if (parsed.kind === 'invalid') return trouble(`${host} gives no access token: ${parsed.why}`);
      tokens.set(key, parsed.token, parsed.expires - now() - renewEarly);
      return { kind: 'authorization', value: `Bearer ${parsed.token}`, fresh: true };
    });
  };

  return {
    async prepare(target, signal) {
      const scheme = schemes.get(target.endpoint.root.href);
      if (scheme === undefined) return { kind: 'authorization', fresh: false };
      return scheme.kind === 'basic' ? basic(target) : token(target, scheme, signal);
    },
    async answer(target, lines, tried, signal) {
      const scheme = chooseScheme(parseChallenges(lines), target, isUserHost);
      if (scheme.kind === 'denied' || scheme.kind === 'trouble') return scheme;
      schemes.set(target.endpoint.root.href, scheme);
      if (scheme.kind === 'basic') {
        const authorization = basic(target);
        return authorization.kind === 'authorization' && authorization.value === tried.value
          ? { kind: 'denied' }
          : authorization;
      }
      if (tried.fresh) return { kind: 'denied' };
      const key = tokenKey(target, scheme, credentialFor(target, scheme));
      // Another lookup may have renewed it since; only the token that was refused is thrown away.
      if (`Bearer ${tokens.get(key)}` === tried.value) tokens.delete(key);
      return token(target, scheme, signal);
    },
    withheldFrom({ endpoint, stored }) {
      const scheme = schemes.get(endpoint.root.href);
      const withheld = scheme?.kind === 'bearer' && !scheme.trusted && stored.kind === 'credential';
      return withheld ? scheme.realm.host : undefined;
    },
    forget() {
      schemes.clear();
      tokens.clear();
      flights.forget();
    },
  };
}

/** Milliseconds before its end when a token is no longer used (regclient internal/auth). */
const renewEarly = 5000;

function tokenRefusal(answer: HttpAnswer, host: string, now: number): Denied | Trouble {
  const { status } = answer;
  if (status === 401 || status === 403) return { kind: 'denied' };
  const wait = retryAfter(answer.header('retry-after')[0], now);
  const why = trouble(`${host} gives no access token (HTTP ${status})`, status >= 500);
  return { ...why, hostWide: status === 429, ...(wait !== undefined && { wait }) };
}

/** Bearer before Basic, as containerd sorts them; schemes that are not known are skipped. */
function chooseScheme(
  challenges: readonly Challenge[],
  { endpoint }: Target,
  isUserHost: AuthOptions['isUserHost'],
): Scheme | Denied | Trouble {
  const bearer = challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.has('realm'));
  if (bearer !== undefined) {
    const realm = checkRealm(bearer.parameters.get('realm') ?? '', endpoint, isUserHost);
    if (realm.kind === 'refused') return trouble(realm.why);
    const service = bearer.parameters.get('service') ?? '';
    return { kind: 'bearer', realm: realm.url, trusted: realm.trusted, service };
  }
  if (challenges.some(({ scheme }) => scheme === 'basic')) return { kind: 'basic' };
  return trouble(`${endpoint.name} asks to sign in in a way that is not understood`);
}

function basic({ stored }: Target): Authorized {
  const credential = credentialOf(stored);
  if (credential?.kind !== 'password') return { kind: 'denied' };
  return { kind: 'authorization', value: basicAuthorization(credential), fresh: false };
}
