import type { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import type { Agent } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { isPublicAddress } from './addresses';
import type { Trusted } from './certificates';
import type { Guard } from './guardedAgent';
import type { ProxyServer } from './proxy';
import { forbidden } from './publicLookup';
import { describeError, isProxyError, proxyError } from './trouble';

export interface TunnelOptions {
  readonly guard: Guard;
  /** The signal of the request that a connection is opened for. */
  readonly hop: AsyncLocalStorage<AbortSignal>;
  readonly trusted: Trusted;
  /** Whether certificates must be trusted, the proxy's and those of the hosts behind it. */
  readonly strictTls: boolean;
}

/**
 * An agent for https that keeps connections open which lead through a proxy (`CONNECT`, RFC 9110 9.3.6). The proxy finds
 * the address of a name, so that only hosts which are written as an address can be refused here. Whatever fails on the way
 * is told with the proxy's name; its password goes to nobody else, and nothing meant for the host goes to the proxy.
 */
export function createTunnels(proxy: ProxyServer, { guard, hop, trusted, strictTls }: TunnelOptions): Agent {
  const headers = proxy.authorization === undefined ? {} : { 'Proxy-Authorization': proxy.authorization };
  const shared = new HttpsProxyAgent(proxy.url, { keepAlive: true });
  const connect: typeof shared.connect = async (request, options) => {
    const host = options.host ?? '';
    const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${options.port}`;
    if (isIP(host) !== 0 && !isPublicAddress(host) && !guard.mayBeAnywhere(authority)) throw forbidden();
    const opening = open(hop.getStore(), guard.connect);
    const { signal } = opening;
    const secureContext = trusted();
    const tls = { rejectUnauthorized: strictTls, ...(secureContext && { secureContext }) };
    // One per connection: the signal ends this connection only, and only while it is opened.
    const opener = new HttpsProxyAgent(proxy.url, { keepAlive: true, headers, ...tls, ...{ signal } });
    let refused: Error | undefined;
    opener.once('proxyConnect', (answer: ProxyAnswer) => {
      refused = refusal(proxy, answer);
    });
    const connected = ({ socket }: { readonly socket: Socket }): void => {
      // The agent no longer listens; what goes wrong from here on is told by the TLS connection inside.
      socket.on('error', () => {});
      if (refused === undefined) return;
      socket.destroy();
      throw refused;
    };
    request.once('proxy', connected);
    let socket: Socket | undefined;
    try {
      socket = await opener.connect(request, { ...options, ...tls });
      await once(socket, 'secureConnect', { signal });
      return socket;
    } catch (error) {
      socket?.destroy();
      if (isProxyError(error)) throw error;
      if (opening.late())
        throw proxyError(`no connection through the proxy ${proxy.name} within ${guard.connect / 1000} s`);
      const who =
        socket === undefined ? `the proxy ${proxy.name}` : `the host behind the proxy ${proxy.name}`;
      const { why, passing } = describeError(error, who, { connect: guard.connect, headers: guard.connect });
      throw proxyError(why, passing);
    } finally {
      request.off('proxy', connected);
      opening.done();
    }
  };
  return Object.assign(shared, { connect });
}

interface ProxyAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Why a proxy's answer to `CONNECT` is no connection. */
function refusal(
  { name, source, authorization }: ProxyServer,
  { statusCode, headers }: ProxyAnswer,
): Error | undefined {
  const type = String(headers['content-type'] ?? '');
  if (statusCode === 200 && !type.startsWith('text/html')) return undefined;
  if (statusCode === 200) return proxyError(`the proxy ${name} answers with a web page (to sign in?)`);
  // tinyproxy answers a wrong password with 401, as if it were a server.
  if (statusCode === 407 || statusCode === 401)
    return proxyError(
      authorization === undefined
        ? `the proxy ${name} wants a name and a password (HTTP ${statusCode}), which ${source} does not give`
        : `the proxy ${name} does not take the name and the password that it was given (HTTP ${statusCode})`,
    );
  if (statusCode >= 500) return proxyError(`the proxy ${name} can't reach it (HTTP ${statusCode})`, true);
  return Number.isInteger(statusCode)
    ? proxyError(`the proxy ${name} does not let us through (HTTP ${statusCode})`)
    : proxyError(`the proxy ${name} does not speak HTTP as it should`);
}

/** A signal that ends a connection which is being opened: with the outer one, or when it takes too long. */
function open(outer: AbortSignal | undefined, milliseconds: number) {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, milliseconds);
  if (outer?.aborted === true) stop();
  outer?.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    late: () => isLate,
    done: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', stop);
    },
  };
}
