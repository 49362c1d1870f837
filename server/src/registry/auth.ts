import { parseChallenges } from './challenge';
import { credentialOf } from './credential';
import type { Http } from './http';
import type { Limits } from './limits';
import { type KnownRegistry, registryAt } from './registries';
import { chooseScheme, isSameServer, rememberedScheme, type Scheme, type TokenServer } from './scheme';
import type { Target } from './target';
import { basicAuthorization } from './tokenRequest';
import { createTokens, type Denied, type Granted } from './tokens';
import type { Trouble } from './trouble';

/** What to send along: the value of `Authorization`, if any. */
export interface Authorization {
  readonly kind: 'authorization';
  readonly value?: string;
  /** Where the value comes from, and whether a token for several repositories was refused before it. */
  readonly token?: Granted & { readonly server: TokenServer; readonly afterShared: boolean };
  /** Why there is no value although one is wanted: the registry is asked without, and may prove that wrong. */
  readonly failed?: { readonly server: TokenServer; readonly outcome: Denied | Trouble };
}

export type Authorized = Authorization | Denied | Trouble;

/** Signs in where a registry asks for it, and remembers how. Rejects only when `signal` is aborted. */
export interface Auth {
  /** What the registry is known to want for this repository; nothing as long as it has not asked. */
  readonly prepare: (target: Target, signal: AbortSignal) => Promise<Authorized>;
  /** What to try after a 401 (with its `WWW-Authenticate` lines) or a 403, when `tried` was sent. */
  readonly refused: (
    target: Target,
    answer: { readonly status: number; readonly challenges: readonly string[] },
    tried: Authorization,
    signal: AbortSignal,
  ) => Promise<Authorized>;
  /** The registry has taken what was sent. */
  readonly accepted: (target: Target, tried: Authorization) => void;
  /** The kind of registry, and the token server that did not get the stored credentials because it is not its own. */
  readonly whereabouts: (target: Target) => Whereabouts;
  readonly forget: () => void;
}

export interface Whereabouts {
  readonly registry: KnownRegistry | undefined;
  readonly withheldFrom: string | undefined;
}

export interface AuthOptions {
  readonly http: Http;
  readonly isUserHost: (authority: string) => boolean;
  readonly limits: Limits;
  readonly now: () => number;
}

export function createAuth({ http, isUserHost, limits, now }: AuthOptions): Auth {
  const learned = new Map<string, Scheme>();
  const tokens = createTokens({ http, limits, now });

  const schemeOf = ({ endpoint }: Target): Scheme | undefined =>
    learned.get(endpoint.root.href) ?? rememberedScheme(endpoint, isUserHost);

  /** `before` is the token for several repositories that was refused. */
  const signIn = async (
    target: Target,
    server: TokenServer,
    signal: AbortSignal,
    before?: Granted,
  ): Promise<Authorized> => {
    const granted = await tokens.get(target, server, before !== undefined, signal);
    if (granted.kind !== 'granted') return granted;
    const token = { ...granted, server, afterShared: before !== undefined };
    return { kind: 'authorization', value: `Bearer ${granted.token.value}`, token };
  };

  const afterBearer = async (
    target: Target,
    server: TokenServer,
    tried: Authorization,
    signal: AbortSignal,
  ): Promise<Authorized> => {
    const { token, failed } = tried;
    if (failed !== undefined && isSameServer(failed.server, server)) return failed.outcome;
    if (token === undefined || !isSameServer(token.server, server)) return signIn(target, server, signal);
    tokens.drop(target, server, token.token);
    if (token.token.scopes > 1) return signIn(target, server, signal, token);
    return token.fresh ? { kind: 'denied' } : signIn(target, server, signal);
  };

  return {
    async prepare(target, signal) {
      const credential = credentialOf(target.stored);
      if (credential?.kind === 'registry token')
        return { kind: 'authorization', value: `Bearer ${credential.token}` };
      const scheme = schemeOf(target);
      if (scheme === undefined) return { kind: 'authorization' };
      if (scheme.kind === 'basic') return basic(target) ?? { kind: 'authorization' };
      const { server } = scheme;
      const outcome = await signIn(target, server, signal);
      if (outcome.kind === 'authorization') return outcome;
      // What is remembered may be out of date, and not everything needs a token: the registry has the last word.
      const final = outcome.kind === 'trouble' && (outcome.passing || outcome.hostWide === true);
      return final ? outcome : { kind: 'authorization', failed: { server, outcome } };
    },
    async refused(target, { status, challenges }, tried, signal) {
      if (credentialOf(target.stored)?.kind === 'registry token') return { kind: 'denied' };
      const { token } = tried;
      if (status === 403) {
        const narrower = token !== undefined && token.token.scopes > 1;
        return narrower ? afterBearer(target, token.server, tried, signal) : { kind: 'denied' };
      }
      const scheme = chooseScheme(parseChallenges(challenges), target.endpoint, isUserHost);
      // A registry that takes tokens may ask for a password when a token does not reach far enough, as Harbor does.
      if (token !== undefined && (scheme.kind !== 'bearer' || isSameServer(scheme.server, token.server)))
        return afterBearer(target, token.server, tried, signal);
      if (scheme.kind === 'trouble') return scheme;
      learned.set(target.endpoint.root.href, scheme);
      if (scheme.kind === 'bearer') return afterBearer(target, scheme.server, tried, signal);
      const authorization = basic(target);
      return authorization === undefined || authorization.value === tried.value
        ? { kind: 'denied' }
        : authorization;
    },
    accepted(target, { token }) {
      if (token?.afterShared === true) tokens.askAlone(target);
    },
    whereabouts(target) {
      const scheme = schemeOf(target);
      const { stored, endpoint } = target;
      const withheld = scheme?.kind === 'bearer' && !scheme.server.trusted && stored.kind === 'credential';
      return {
        registry: scheme?.registry ?? registryAt(endpoint.root.host),
        withheldFrom: withheld ? scheme.server.realm.host : undefined,
      };
    },
    forget() {
      learned.clear();
      tokens.forget();
    },
  };
}

function basic({ stored }: Target): Authorization | undefined {
  const credential = credentialOf(stored);
  return credential?.kind === 'password'
    ? { kind: 'authorization', value: basicAuthorization(credential) }
    : undefined;
}
