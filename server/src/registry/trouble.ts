import type { Limits } from './limits';
import { plainText } from './plainText';

/** Why there is no usable answer, in words that name the host. `passing` trouble may be gone a moment later. */
export interface Trouble {
  readonly kind: 'trouble';
  readonly why: string;
  readonly passing: boolean;
  /** Whether it concerns everything that is asked of the registry, not this image alone. */
  readonly hostWide?: boolean;
  /** How long the server asks to be left alone, in milliseconds. */
  readonly wait?: number;
}

export const trouble = (why: string, passing = false): Trouble => ({ kind: 'trouble', why, passing });

/** The `code` of the errors that our connections fail with, besides the system's own. */
export const forbiddenAddress = 'EFORBIDDENADDRESS';
export const connectTimeout = 'ECONNECTTIMEOUT';

/** The `code` of the error that stands for headers that did not come in time. */
export const headersTimeout = 'EHEADERSTIMEOUT';

/** The `code` of errors on the way through a proxy, the second for one that may be gone a moment later. */
const proxyCodes = ['EPROXYFAILED', 'EPROXYPASSING'] as const;
const [proxyFailed, proxyPassing] = proxyCodes;

/** An error on the way through a proxy; `why` names the proxy, and is a clause that tells no secret. */
export const proxyError = (why: string, passing = false): Error =>
  Object.assign(new Error(why), { code: passing ? proxyPassing : proxyFailed });

export const isProxyError = (error: unknown): error is Error =>
  proxyCodes.some(code => code === codeOf(error));

/** Words for an error of Node's network functions or of node-fetch. `host` is whom it happened with. */
export function describeError(
  error: unknown,
  host: string,
  limits: Pick<Limits, 'connect' | 'headers'>,
): Trouble {
  const code = codeOf(error);
  const inSeconds = (milliseconds: number) => `${milliseconds / 1000} s`;
  switch (code) {
    case proxyFailed:
    case proxyPassing:
      return trouble(`${host} could not be asked: ${plainText(messageOf(error))}`, code === proxyPassing);
    case forbiddenAddress:
      return trouble(
        `${host} leads to an address inside a private network or on this machine; if that is meant, allow the host in your settings`,
      );
    case connectTimeout:
    case 'ETIMEDOUT':
      return trouble(`${host} can't be reached: no connection within ${inSeconds(limits.connect)}`);
    case headersTimeout:
      return trouble(`${host} did not answer within ${inSeconds(limits.headers)}`);
    case 'ENOTFOUND':
      return trouble(`${host} can't be reached: there is no such host name`);
    case 'EAI_AGAIN':
      return trouble(`${host} can't be reached: its name can't be looked up now`, true);
    case 'ECONNREFUSED':
      return trouble(`${host} can't be reached: it refuses connections`, true);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return trouble(`${host} can't be reached from this network`, true);
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return trouble(`${host} broke off the connection`, true);
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return trouble(`${host} does not speak TLS`);
    default:
      return trouble(otherwise(code, error, host));
  }
}

function otherwise(code: string, error: unknown, host: string): string {
  const said = plainText(messageOf(error));
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/.test(code))
    return `the TLS certificate of ${host} is not trusted (${code})`;
  if (code.startsWith('HPE_')) return `${host} does not speak HTTP as it should (${code})`;
  if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR_FORMAT'))
    return `${host} sent an answer that can't be unpacked`;
  return `${host} could not be asked: ${code === '' ? said : code}`;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** node-fetch repeats the whole URL before the reason; the reason is enough. */
const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/^.* (?:reason|fetch \S+): /, '') : String(error);
