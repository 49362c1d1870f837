import { AsyncLocalStorage } from 'node:async_hooks';
import type { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import fetch from 'node-fetch';
import type { ProxySettings } from '../core/settings';
import { type Trusted, trustedCertificates } from './certificates';
import type { Environment } from './environment';
import { createAgents } from './guardedAgent';
import type { Limits } from './limits';
import { proxyChooser } from './proxy';
import { readAtMost } from './readAtMost';
import type { Transport } from './transport';
import { proxyError } from './trouble';
import { createTunnels } from './tunnels';
import { withTimer } from './withTimer';

export interface NodeTransportOptions {
  readonly limits: Limits;
  /** Whether the user has named this `host:port`. */
  readonly isUserHost: (authority: string) => boolean;
  /** How host names become addresses; the system's way by default. */
  readonly lookup?: LookupFunction;
  /** The editor's proxy. */
  readonly proxy?: ProxySettings | undefined;
  /** Where further proxies and certificates are named. */
  readonly environment?: Environment | undefined;
  readonly log?: (message: string) => void;
}

/**
 * Sends hops from this process, by node-fetch over guarded connections that are kept open, through the user's proxy if there
 * is one. Where VS Code's `http.proxyStrictSSL` is off, the certificates of hosts behind the proxy are not checked.
 */
export function createNodeTransport(options: NodeTransportOptions): Transport {
  const { limits, isUserHost, lookup, proxy, environment = process.env, log = () => {} } = options;
  const guard = { mayBeAnywhere: isUserHost, connect: limits.connect, ...(lookup && { lookup }) };
  let certificates: { readonly context: ReturnType<Trusted> } | undefined;
  const trusted: Trusted = () => {
    certificates ??= { context: trustedCertificates(environment, log) };
    return certificates.context;
  };
  const direct = createAgents(guard, trusted);
  const proxyFor = proxyChooser(proxy, environment);
  const hop = new AsyncLocalStorage<AbortSignal>();
  const strictTls = proxy?.strictTls ?? true;
  const tunnelOptions = { guard, hop, strictTls, trusted };
  let tunnels: Agent | undefined;
  const agentFor = (url: URL): Agent => {
    const choice = proxyFor(url);
    if (choice === undefined) return direct[url.protocol === 'http:' ? 'http' : 'https'];
    if ('unusable' in choice) throw proxyError(choice.unusable);
    if (tunnels === undefined && !strictTls)
      log(`certificates are not checked behind the proxy ${choice.name}, because http.proxyStrictSSL is off`);
    tunnels ??= createTunnels(choice, tunnelOptions);
    return tunnels;
  };
  return ({ method, url, headers, body, maxBytes, otherBytes }, signal) =>
    withTimer(limits.headers, signal, async (inner, stopTimer) => {
      const agent = agentFor(url);
      const response = await hop.run(inner, () =>
        fetch(url, {
          agent,
          method,
          headers,
          redirect: 'manual',
          signal: inner,
          ...(body !== undefined && { body }),
        }),
      );
      stopTimer();
      const read = await readAtMost(response.body ?? [], response.status === 200 ? maxBytes : otherBytes);
      return { status: response.status, headers: response.headers.raw(), ...read };
    });
}
