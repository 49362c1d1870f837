import type { LookupFunction } from 'node:net';
import fetch, { type Response } from 'node-fetch';
import { authorityOf, isLoopback } from './endpoint';
import { createAgents } from './guardedAgent';
import type { Limits } from './limits';
import { plainText } from './plainText';
import { describeError, headersTimeout, type Trouble, trouble } from './trouble';

/** One request. Redirects are followed only for `GET` without `body`, and only if `follow` is set. */
export interface HttpRequest {
  readonly url: URL;
  /** What people call the server at `url`. */
  readonly name: string;
  readonly accept: string;
  /** The value of `Authorization`; it never leaves the origin of `url`. */
  readonly authorization?: string;
  /** Sent by `POST` as a form. */
  readonly body?: URLSearchParams;
  readonly follow: boolean;
  /** A longer body of a good answer is a failure; the body of any other answer is cut. In bytes, after decoding. */
  readonly maxBytes: number;
}

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  /** The values of a header, one per line; `name` in lower case. */
  readonly header: (name: string) => readonly string[];
  readonly body: Buffer;
  /** The host that answered, and whether it is another one than was asked. */
  readonly host: string;
  readonly strayed: boolean;
}

/** Sends a request. Rejects only when `signal` is aborted; whatever else goes wrong is told as trouble. */
export type Http = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer | Trouble>;

export interface HttpOptions {
  readonly limits: Limits;
  /** Whether the user has named this `host:port`. */
  readonly isUserHost: (authority: string) => boolean;
  readonly lookup?: LookupFunction;
}

/** The one way to the network: guarded addresses, redirects by hand, and a limit on everything. */
export function createHttp({ limits, isUserHost, lookup }: HttpOptions): Http {
  const guard = { mayBeAnywhere: isUserHost, connect: limits.connect, ...(lookup && { lookup }) };
  const agents = createAgents(guard);
  const send = async (
    request: HttpRequest,
    url: URL,
    authorized: boolean,
    signal: AbortSignal,
  ): Promise<Hop> => {
    const { headers } = limits;
    return withTimer(headers, signal, async (inner, stopTimer) => {
      const response = await fetch(url, {
        agent: agents[url.protocol === 'http:' ? 'http' : 'https'],
        headers: {
          accept: request.accept,
          'user-agent': 'meshfit',
          ...(authorized && request.authorization && { authorization: request.authorization }),
        },
        redirect: 'manual',
        signal: inner,
        ...(request.body && { method: 'POST', body: request.body }),
      });
      stopTimer();
      return {
        response,
        ...(await readBody(response, response.status === 200 ? request.maxBytes : limits.smallBytes)),
      };
    });
  };
  return async (request, signal) => {
    let url = request.url;
    let strayed = false;
    for (let hops = 0; ; hops += 1) {
      const who = strayed ? shortHost(url) : request.name;
      const refused = refusedUrl(url, who, isUserHost);
      if (refused !== undefined) return trouble(refused);
      let hop: Hop;
      try {
        hop = await send(request, url, !strayed, signal);
      } catch (error) {
        signal.throwIfAborted();
        return { ...describeError(error, who, limits), hostWide: !strayed };
      }
      const { response, body, complete } = hop;
      const location = isRedirect(response.status) ? response.headers.get('location') : null;
      if (location === null || !request.follow) {
        if (!complete && response.status === 200) return trouble(`the answer of ${who} is too long`);
        const raw = response.headers.raw();
        const header = (name: string) => raw[name] ?? [];
        return { kind: 'answer', status: response.status, header, body, host: shortHost(url), strayed };
      }
      if (hops === limits.redirects) return trouble(`${request.name} redirects more than ${hops} times`);
      if (!URL.canParse(location, url.href))
        return trouble(`${who} redirects to something that is no address`);
      const next = new URL(location, url);
      if (url.protocol === 'https:' && next.protocol === 'http:')
        return trouble(`${who} redirects from https to http, which is not safe`);
      strayed ||= next.origin !== url.origin;
      url = next;
    }
  };
}

interface Hop {
  readonly response: Response;
  readonly body: Buffer;
  readonly complete: boolean;
}

/** A host fit for a message; one in a redirect may be of any length. */
const shortHost = ({ host }: URL): string => (host.length > 100 ? `${host.slice(0, 100)}…` : host);

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** Why a URL is never asked; `undefined` if it may be. */
function refusedUrl(url: URL, who: string, isUserHost: HttpOptions['isUserHost']): string | undefined {
  if (url.username !== '' || url.password !== '') return `${who} was named with a password in its address`;
  if (url.protocol === 'https:') return undefined;
  if (url.protocol !== 'http:')
    return `a redirect leads to ${plainText(url.protocol)}, which no image comes from`;
  const local = isLoopback(url.hostname) && isUserHost(authorityOf(url));
  return local ? undefined : `${who} would be asked without TLS, which is not safe`;
}

/** Reads at most `maxBytes`; the connection is closed when there is more. */
async function readBody(response: Response, maxBytes: number): Promise<{ body: Buffer; complete: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    chunks.push(bytes);
    if (length > maxBytes) return { body: Buffer.concat(chunks).subarray(0, maxBytes), complete: false };
  }
  return { body: Buffer.concat(chunks), complete: true };
}

/**
 * Runs a job with a signal of its own, which is aborted with the outer one, or after `milliseconds` unless the job stops the
 * timer. Nothing is left behind: a late abort would hit a body that nobody reads any more.
 */
async function withTimer<T>(
  milliseconds: number,
  outer: AbortSignal,
  job: (signal: AbortSignal, stopTimer: () => void) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted();
  const controller = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, milliseconds);
  const stop = () => controller.abort();
  outer.addEventListener('abort', stop, { once: true });
  try {
    return await job(controller.signal, () => clearTimeout(timer));
  } catch (error) {
    throw late ? Object.assign(new Error('no answer in time'), { code: headersTimeout }) : error;
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', stop);
  }
}
