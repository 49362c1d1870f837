import { setTimeout as delay } from 'node:timers/promises';
import type { Fact } from '../core/fact';
import { formatImage } from '../core/image';
import type { Auth } from './auth';
import { deniedWhy } from './deniedWhy';
import type { Http, HttpAnswer } from './http';
import type { Limits } from './limits';
import { readRefusal } from './refusal';
import type { Target } from './target';
import { type Trouble, trouble } from './trouble';

/** How a lookup ends without the platforms of an image. */
export type Ended = Extract<Fact, { kind: 'absent' | 'invalid' | 'denied' }> | Trouble;

/**
 * Reads one thing of a repository: `path` is `manifests/…` or `blobs/…`. Signs in where that is wanted, and asks again
 * after trouble that may pass quickly. Rejects only when `signal` is aborted.
 */
export type Reader = (
  target: Target,
  path: string,
  wanted: { readonly accept: string; readonly maxBytes: number },
  signal: AbortSignal,
) => Promise<HttpAnswer | Ended>;

export interface ReaderOptions {
  readonly http: Http;
  readonly auth: Auth;
  readonly limits: Limits;
  readonly now: () => number;
}

export function createReader({ http, auth, limits, now }: ReaderOptions): Reader {
  /** A 401 is answered once, and only if it comes from the registry itself. */
  const signedIn: Reader = async (target, path, wanted, signal) => {
    const { endpoint } = target;
    const url = new URL(`${target.repository}/${path}`, endpoint.root);
    const ask = (authorization: string | undefined): Promise<HttpAnswer | Trouble> =>
      http(
        {
          ...wanted,
          url,
          why: `the platforms of ${formatImage(target.image)}`,
          name: endpoint.name,
          follow: true,
          ...(authorization && { authorization }),
        },
        signal,
      );
    const denied = (): Ended => ({
      kind: 'denied',
      why: deniedWhy(endpoint, target.stored, auth.withheldFrom(target)),
    });
    const prepared = await auth.prepare(target, signal);
    if (prepared.kind !== 'authorization') return prepared.kind === 'denied' ? denied() : prepared;
    let answer = await ask(prepared.value);
    if (answer.kind === 'answer' && answer.status === 401 && !answer.strayed) {
      const renewed = await auth.answer(target, answer.header('www-authenticate'), prepared, signal);
      if (renewed.kind !== 'authorization') return renewed.kind === 'denied' ? denied() : renewed;
      answer = await ask(renewed.value);
    }
    if (answer.kind === 'trouble') return answer;
    const { host, status } = answer;
    if (answer.strayed && (status === 401 || status === 403))
      return trouble(`${host}, where ${endpoint.name} sent us, does not let us read (HTTP ${status})`);
    const refusal = readRefusal(answer, endpoint.name, target.image, now());
    if (refusal === undefined) return answer;
    return refusal.kind === 'denied' ? denied() : refusal;
  };

  return async (target, path, wanted, signal) => {
    for (let tries = 0; ; tries += 1) {
      const answer = await signedIn(target, path, wanted, signal);
      if (answer.kind !== 'trouble' || tries >= limits.retries) return answer;
      if (answer.wait === undefined ? !answer.passing : answer.wait > longestWait) return answer;
      const backoff = limits.retryDelay * 2 ** tries * (0.5 + Math.random());
      await delay(Math.max(answer.wait ?? 0, backoff), undefined, { signal });
    }
  };
}

/** The longest `Retry-After` that is waited for within a lookup, in milliseconds. */
const longestWait = 2000;
