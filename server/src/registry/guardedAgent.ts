import { lookup as systemLookup } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isPublicAddress } from './addresses';
import { connectTimeout, forbiddenAddress } from './trouble';

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
 * was checked is what is connected to: a name can't change its address in between.
 */
export function createAgents(guard: Guard): Agents {
  const options = { keepAlive: true };
  return {
    http: guarded(new HttpAgent(options), 'connect', guard),
    https: guarded(new HttpsAgent(options), 'secureConnect', guard),
  };
}

type Create = HttpAgent['createConnection'];

function guarded<A extends HttpAgent>(agent: A, ready: string, guard: Guard): A {
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
    const socket = create({ ...options, lookup: free ? lookup : publicOnly(lookup) }, callback);
    if (socket) limitConnect(socket, ready, guard.connect);
    return socket;
  };
  return Object.assign(agent, { createConnection: checked });
}

const forbidden = (): NodeJS.ErrnoException =>
  Object.assign(new Error('the address is not public'), { code: forbiddenAddress });

/** Gives only the public addresses of a name, and an error where there is none. */
function publicOnly(lookup: LookupFunction): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, []);
      const addresses = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found;
      const usable = addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = usable;
      if (first === undefined) return callback(forbidden(), []);
      if (options.all === true) callback(null, usable);
      else callback(null, first.address, first.family);
    });
  };
}

function limitConnect(socket: Duplex, ready: string, milliseconds: number): void {
  const late = () =>
    socket.destroy(Object.assign(new Error('no connection in time'), { code: connectTimeout }));
  const timer = setTimeout(late, milliseconds);
  const done = () => clearTimeout(timer);
  socket.once(ready, done).once('close', done);
}
