import type { Found } from './client';
import type { Endpoint } from './endpoint';
import type { Limits } from './limits';
import { createPauses } from './pauses';
import { createQueue } from './queue';

/** Decides when a host may be asked: a few lookups at a time, and none for a while after trouble with the whole host. */
export interface Traffic {
  /**
   * Runs `job` when its turn has come. While the endpoint is left alone, gives the trouble that was the reason for it, and
   * runs nothing. Rejects when `signal` is aborted before the job has begun, or with what the job rejects with.
   */
  readonly run: (endpoint: Endpoint, signal: AbortSignal, job: () => Promise<Found>) => Promise<Found>;
  readonly forget: () => void;
}

export function createTraffic(limits: Limits, now: () => number): Traffic {
  const queue = createQueue(limits);
  const pauses = createPauses(now);
  return {
    run: (endpoint, signal, job) => {
      const key = endpoint.root.href;
      return queue.run(key, signal, async () => {
        const pause = pauses.get(key);
        if (pause !== undefined) return pause;
        const found = await job();
        if (found.kind === 'trouble' && found.hostWide === true) pauses.set(key, found);
        return found;
      });
    },
    forget: pauses.clear,
  };
}
