import { lookup as systemLookup } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isPublicAddress } from './addresses';
import type { Trusted } from './certificates';
import { forbidden, publicOnly } from './publicLookup';
import { connectTimeout } from './trouble';

export interface Guard {
  /** Whether the user has named this `host:port`, so that it may be at any address. IPv6 hosts stand in brackets. */
  readonly mayBeAnywhere: (authority: string) => boolean;
  /** Until a connection must be up, in milliseconds. */
  readonly connect: number;
  /** How names become addresses; the system's way by default. */
  readonly lookup?: LookupFunction;
}

/** Node's two agents. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/**
 * Agents that keep connections open and that connect to public addresses only. Every new connection is checked, and what
 * was checked is what is connected to: a name can't change its address in between. TLS trusts Node's own certificates
 * unless something else is `trusted`, which is asked for with the first such connection.
 */
export function createAgents(guard: Guard, trusted: Trusted = () => undefined): Agents {
  const options = { keepAlive: true };
  return {
    http: guarded(new HttpAgent(options), 'connect', guard, () => undefined),
    https: guarded(new HttpsAgent(options), 'secureConnect', guard, trusted),
  };
}

type Create = HttpAgent['createConnection'];

function guarded<A extends HttpAgent>(agent: A, ready: string, guard: Guard, trusted: Trusted): A {
  const create: Create = agent.createConnection.bind(agent);
  const checked: Create = (options, callback) => {
    const host = String(options.host ?? '');
    const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${options.port}`;
    const free = guard.mayBeAnywhere(authority);
    // Names are checked when they are looked up, which does not happen for a literal address.
    if (!free && isIP(host) !== 0 && !isPublicAddress(host)) {
      callback?.(forbidden(), new Socket());
      return undefined;
    }
    const lookup = guard.lookup ?? systemLookup;
    const secureContext = trusted();
    const socket = create(
      { ...options, lookup: free ? lookup : publicOnly(lookup), ...(secureContext && { secureContext }) },
      callback,
    );
    if (socket) limitConnect(socket, ready, guard.connect);
    return socket;
  };
  return Object.assign(agent, { createConnection: checked });
}

function limitConnect(socket: Duplex, ready: string, milliseconds: number): void {
  const late = () =>
    socket.destroy(Object.assign(new Error('no connection in time'), { code: connectTimeout }));
  const timer = setTimeout(late, milliseconds);
  const done = () => clearTimeout(timer);
  socket.once(ready, done).once('close', done);
}
