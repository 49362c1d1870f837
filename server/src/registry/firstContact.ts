import { setTimeout as delay } from 'node:timers/promises';

/**
 * Lets one lookup go ahead where nothing is known of a registry yet, so that the others need not all be told how to sign in.
 */
export interface FirstContact {
  /**
   * Resolves when the one ahead has met the registry, has failed, or takes too long; at once if the registry is known. The
   * function that it gives says how it went, and must be called. Rejects when `signal` is aborted.
   */
  readonly enter: (registry: string, signal: AbortSignal) => Promise<Leave>;
  readonly forget: () => void;
}

/** `met` if the registry has answered, so that nobody needs to wait for another any more. */
export type Leave = (met: boolean) => void;

export function createFirstContact(patience = 1000): FirstContact {
  const met = new Set<string>();
  const ahead = new Map<string, Promise<void>>();
  const goAhead = (registry: string): Leave => {
    const { promise, resolve } = withResolver();
    ahead.set(registry, promise);
    return known => {
      if (known) met.add(registry);
      if (ahead.get(registry) === promise) ahead.delete(registry);
      resolve();
    };
  };
  return {
    async enter(registry, signal) {
      signal.throwIfAborted();
      const started = performance.now();
      for (
        let one = ahead.get(registry);
        !met.has(registry) && one !== undefined;
        one = ahead.get(registry)
      ) {
        const left = patience - (performance.now() - started);
        if (left <= 0 || !(await isOverIn(one, left, signal))) return () => {};
      }
      return met.has(registry) ? () => {} : goAhead(registry);
    },
    forget() {
      met.clear();
      ahead.clear();
    },
  };
}

/** Whether `one` is over before so many milliseconds have passed. Leaves no timer and no listener behind. */
async function isOverIn(one: Promise<void>, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  const stop = new AbortController();
  const late = delay(milliseconds, false, { signal: AbortSignal.any([signal, stop.signal]) });
  late.catch(() => {});
  try {
    return await Promise.race([one.then(() => true), late]);
  } finally {
    stop.abort();
  }
}

function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve };
}
