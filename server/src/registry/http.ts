import { authorityOf, isLoopback } from './hostUrl';
import type { Ledger } from './ledger';
import type { Limits } from './limits';
import { plainText } from './plainText';
import type { Secrets } from './secrets';
import type { HopAnswer, Transport } from './transport';
import { describeError, type Trouble, trouble } from './trouble';

/** One request. Redirects are followed only without `body`, and only if `follow` is set. */
export interface HttpRequest {
  /** `GET` where it is left out; a request with a `body` is a `POST`. */
  readonly method?: 'GET' | 'HEAD';
  readonly url: URL;
  /** What it is for, for the user's list of contacted hosts: `the platforms of docker.io/istio/pilot:1.14.1`. */
  readonly why: string;
  /** What people call the server at `url`. */
  readonly name: string;
  readonly accept: string;
  /** Further headers, which go to every hop: nothing secret. Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
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
  readonly transport: Transport;
  readonly limits: Limits;
  /** Whether the user has named this `host:port`. */
  readonly isUserHost: (authority: string) => boolean;
  readonly ledger: Ledger;
  /** Takes in what is sent to sign people in. */
  readonly secrets: Secrets;
  readonly now: () => number;
}

/** The one way to the network: redirects by hand, only safe addresses, a limit on everything, and all of it recorded. */
export function createHttp({ transport, limits, isUserHost, ledger, secrets, now }: HttpOptions): Http {
  const { hide } = secrets;
  /** A host fit for a message; one in a redirect may be of any length. */
  const shortHost = (url: URL): string => {
    const host = hide(url.host);
    return host.length > 100 ? `${host.slice(0, 100)}…` : host;
  };
  /** Only what is shown may be changed: content is told by its digest. */
  const shown = ({ status, body }: HopAnswer): Buffer =>
    status === 200 ? body : Buffer.from(hide(body.toString('utf8')), 'utf8');

  const send = async (request: HttpRequest, url: URL, authorized: boolean, signal: AbortSignal) => {
    const contact = { host: shortHost(url), at: now(), why: hide(request.why) };
    try {
      const answer = await transport(
        {
          method: request.body === undefined ? (request.method ?? 'GET') : 'POST',
          url,
          named: isUserHost(authorityOf(url)),
          headers: {
            accept: request.accept,
            'user-agent': 'meshfit',
            ...request.headers,
            ...(authorized && request.authorization && { authorization: request.authorization }),
            ...(request.body && { 'content-type': 'application/x-www-form-urlencoded' }),
          },
          ...(request.body && { body: request.body.toString() }),
          maxBytes: request.maxBytes,
          otherBytes: limits.smallBytes,
        },
        signal,
      );
      ledger.record({ ...contact, outcome: `HTTP ${answer.status}`, bytes: answer.body.length });
      return answer;
    } catch (error) {
      const outcome = signal.aborted
        ? 'no longer wanted'
        : hide(describeError(error, shortHost(url), limits).why);
      ledger.record({ ...contact, outcome, bytes: 0 });
      throw error;
    }
  };
  return async (request, signal) => {
    secrets.note(request);
    let url = request.url;
    let strayed = false;
    for (let hops = 0; ; hops += 1) {
      const who = strayed ? shortHost(url) : request.name;
      const refused = refusedUrl(url, who, isUserHost, hide);
      if (refused !== undefined) return trouble(refused);
      let answer: HopAnswer;
      try {
        answer = await send(request, url, !strayed, signal);
      } catch (error) {
        signal.throwIfAborted();
        return { ...describeError(error, who, limits), hostWide: !strayed };
      }
      const { status, headers, complete } = answer;
      const location = isRedirect(status) ? headers.location?.[0] : undefined;
      if (location === undefined || !request.follow) {
        if (!complete && status === 200) return trouble(`the answer of ${who} is too long`);
        const header = (name: string) => headers[name] ?? [];
        return { kind: 'answer', status, header, body: shown(answer), host: shortHost(url), strayed };
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

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** Why a URL is never asked; `undefined` if it may be. */
function refusedUrl(
  url: URL,
  who: string,
  isUserHost: HttpOptions['isUserHost'],
  hide: Secrets['hide'],
): string | undefined {
  if (url.username !== '' || url.password !== '') return `${who} was named with a password in its address`;
  if (url.protocol === 'https:') return undefined;
  if (url.protocol !== 'http:')
    return `a redirect leads to ${plainText(hide(url.protocol))}, which no image comes from`;
  const local = isLoopback(url.hostname) && isUserHost(authorityOf(url));
  return local ? undefined : `${who} would be asked without TLS, which is not safe`;
}
