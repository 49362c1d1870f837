import { type Breaker, createBreaker, type Pause } from './breaker';
import type { Found } from './client';
import type { Limits } from './limits';
import { createQueue } from './queue';

/** Decides when a host may be asked: a few lookups at a time, and none for a while after trouble with the whole host. */
export interface Traffic {
  /**
   * Runs `job` when its turn has come. While the host is left alone, gives the trouble that was the reason for it, and runs
   * nothing. Rejects when `signal` is aborted before the job has begun, or with what the job rejects with.
   */
  readonly run: (turn: Turn, signal: AbortSignal, job: () => Promise<Found>) => Promise<Found>;
  /** Every host that was asked, and its pause if it is left alone now. */
  readonly hosts: () => readonly (readonly [string, Pause | undefined])[];
  readonly forget: () => void;
}

export interface Turn {
  /** `HOST` or `HOST:PORT`. */
  readonly host: string;
  /** Whether the user has asked for this very lookup. */
  readonly explicit: boolean;
}

interface Host {
  readonly breaker: Breaker;
  /** The lookup that tries the host while the others wait. */
  trial: Promise<void> | undefined;
}

export function createTraffic(limits: Limits, now: () => number): Traffic {
  const queue = createQueue(limits);
  const hosts = new Map<string, Host>();
  const hostOf = (name: string): Host => {
    const host = hosts.get(name) ?? { breaker: createBreaker(now), trial: undefined };
    hosts.set(name, host);
    return host;
  };

  const ask = async ({ breaker }: Host, job: () => Promise<Found>): Promise<Found> => {
    const found = await job();
    breaker.ended(found.kind === 'trouble' ? found : undefined);
    return found;
  };
  const tryOut = (host: Host, job: () => Promise<Found>): Promise<Found> => {
    const outcome = job();
    host.trial = settled(outcome).then(() => {
      host.trial = undefined;
    });
    return outcome;
  };

  return {
    async run({ host: name, explicit }, signal, job) {
      const host = hostOf(name);
      for (;;) {
        const pause = host.breaker.paused(explicit);
        if (pause !== undefined) return pause;
        if (host.breaker.proven()) {
          // Another lookup may have failed while this one waited for its turn.
          const found = await queue.run(name, signal, async () =>
            host.breaker.proven() ? ask(host, job) : undefined,
          );
          if (found !== undefined) return found;
        } else if (host.trial === undefined) {
          return tryOut(host, () => queue.run(name, signal, () => ask(host, job)));
        } else {
          await unlessAborted(host.trial, signal);
        }
      }
    },
    hosts: () => [...hosts].map(([name, { breaker }]) => [name, breaker.pause()]),
    forget: () => hosts.clear(),
  };
}

/** Waits until a promise has an outcome, whichever. */
const settled = async (promise: Promise<unknown>): Promise<void> => {
  await Promise.allSettled([promise]);
};

/** Waits for a promise that never rejects; rejects with the signal's reason if that is aborted before. */
function unlessAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve).finally(() => signal.removeEventListener('abort', stop));
  });
}
