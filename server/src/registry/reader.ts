import { setTimeout as delay } from 'node:timers/promises';
import type { Fact } from '../core/fact';
import { formatImage } from '../core/image';
import type { Auth, Authorization, Authorized } from './auth';
import { deniedWhy } from './deniedWhy';
import { urlAt } from './endpoint';
import type { Http, HttpAnswer } from './http';
import type { Limits } from './limits';
import { readRefusal } from './refusal';
import type { Target } from './target';
import { type Trouble, trouble } from './trouble';

/** How a lookup ends without the platforms of an image. */
export type Ended = Extract<Fact, { kind: 'absent' | 'invalid' | 'denied' }> | Trouble;

/** What is asked for, besides where. */
export interface WantedAnswer {
  readonly accept: string;
  /** A longer answer is trouble. In bytes, after decoding. */
  readonly maxBytes: number;
  /**
   * `GET` where it is left out. A `HEAD` is answered with whatever status came, unless it is 401 or trouble with the server:
   * some registries get it wrong, so that only a `GET` tells whether something is there.
   */
  readonly method?: 'GET' | 'HEAD';
  /** The digest of what we have already; the answer may then be a 304 without a body (RFC 9110 13.1.2). */
  readonly unless?: string;
}

/**
 * Reads one thing of a repository: `path` is `manifests/…`, `blobs/…` or `tags/list…`. Signs in where that is wanted, and asks
 * again after trouble that may pass quickly. Rejects only when `signal` is aborted.
 */
export type Reader = (
  target: Target,
  path: string,
  wanted: WantedAnswer,
  signal: AbortSignal,
) => Promise<HttpAnswer | Ended>;

export interface ReaderOptions {
  readonly http: Http;
  readonly auth: Auth;
  readonly limits: Limits;
  readonly now: () => number;
}

export function createReader({ http, auth, limits, now }: ReaderOptions): Reader {
  const send = (
    target: Target,
    path: string,
    { accept, maxBytes, method, unless }: WantedAnswer,
    { value }: Authorization,
    signal: AbortSignal,
  ): Promise<HttpAnswer | Trouble> => {
    const { endpoint, image, repository } = target;
    const request = {
      accept,
      maxBytes,
      url: urlAt(endpoint, repository, path),
      why: `the platforms of ${formatImage(image)}`,
      name: endpoint.name,
      follow: true,
      ...(method && { method }),
      ...(unless && { headers: { 'if-none-match': `"${unless}"` } }),
      ...(value && { authorization: value }),
    };
    return http(request, signal);
  };

  /** The answer after all that could be done to be let in. Only the registry itself is answered, nobody it redirects to. */
  const signedIn = async (
    target: Target,
    path: string,
    wanted: WantedAnswer,
    signal: AbortSignal,
  ): Promise<HttpAnswer | Trouble | { readonly kind: 'denied' }> => {
    let tried: Authorized = await auth.prepare(target, signal);
    for (let asked = 1; ; asked += 1) {
      if (tried.kind !== 'authorization') return tried;
      const answer = await send(target, path, wanted, tried, signal);
      if (answer.kind === 'trouble') return answer;
      const { status, strayed } = answer;
      const shut = !strayed && (status === 401 || status === 403);
      if (!shut && status < 500) auth.accepted(target, tried);
      if (!shut || asked === mostAsked) return answer;
      const challenges = answer.header('www-authenticate');
      tried = await auth.refused(target, { status, challenges }, tried, signal);
      if (status === 403 && tried.kind === 'denied') return answer;
    }
  };

  const readOnce: Reader = async (target, path, wanted, signal) => {
    const { endpoint, image, stored } = target;
    const answer = await signedIn(target, path, wanted, signal);
    if (answer.kind === 'trouble') return answer;
    const whereabouts = auth.whereabouts(target);
    const denied = (): Ended => ({ kind: 'denied', why: deniedWhy(endpoint, stored, whereabouts) });
    if (answer.kind === 'denied') return denied();
    const { host, status, strayed } = answer;
    if (strayed && (status === 401 || status === 403))
      return trouble(`${host}, where ${endpoint.name} sent us, does not let us read (HTTP ${status})`);
    if (status === 304 && wanted.unless !== undefined) return answer;
    if (wanted.method === 'HEAD' && isClientError(status)) return answer;
    const refusal = readRefusal(answer, endpoint.name, image, now());
    if (refusal === undefined) return answer;
    if (refusal.kind === 'denied') return denied();
    const hint = refusal.kind === 'absent' ? whereabouts.registry?.notFound : undefined;
    return hint === undefined ? refusal : { ...refusal, why: `${refusal.why}; ${hint}` };
  };

  return async (target, path, wanted, signal) => {
    for (let tries = 0; ; tries += 1) {
      const answer = await readOnce(target, path, wanted, signal);
      if (answer.kind !== 'trouble' || tries >= limits.retries) return answer;
      if (answer.wait === undefined ? !answer.passing : answer.wait > longestWait) return answer;
      const backoff = limits.retryDelay * 2 ** tries * (0.5 + Math.random());
      await delay(Math.max(answer.wait ?? 0, backoff), undefined, { signal });
    }
  };
}

/** Without anything, with what is remembered, with what the challenge says, with a token for this repository alone. */
const mostAsked = 4;

/** What a `HEAD` may be answered with although a `GET` would work. */
const isClientError = (status: number): boolean =>
  status === 501 || (status >= 400 && status < 500 && ![401, 408, 429].includes(status));

/** The longest `Retry-After` that is waited for within a lookup, in milliseconds. */
const longestWait = 2000;
