import type { Limits } from './limits';

/** Lets only so many jobs run at a time. */
export interface Queue {
  /** Runs `job` when there is room; rejects with the signal's reason if it is aborted before that. */
  readonly run: <T>(host: string, signal: AbortSignal, job: () => Promise<T>) => Promise<T>;
}

interface Waiting {
  readonly host: string;
  readonly start: () => void;
}

/**
 * At most `perHost` jobs of one host and `total` in all run at once, first come first served. A host of which nothing runs
 * is never kept waiting by others: one that hangs must not stop the rest.
 */
export function createQueue({ perHost, total }: Pick<Limits, 'perHost' | 'total'>): Queue {
  const running = new Map<string, number>();
  const waiting: Waiting[] = [];
  let all = 0;
  const count = (host: string, change: number): void => {
    const now = (running.get(host) ?? 0) + change;
    if (now === 0) running.delete(host);
    else running.set(host, now);
    all += change;
  };
  const hasRoom = (host: string): boolean => {
    const now = running.get(host) ?? 0;
    return now === 0 || (now < perHost && all < total);
  };
  const startNext = (): void => {
    for (let next = findNext(); next !== undefined; next = findNext()) {
      count(next.host, 1);
      next.start();
    }
  };
  const findNext = (): Waiting | undefined => {
    const index = waiting.findIndex(({ host }) => hasRoom(host));
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  };
  return {
    async run(host, signal, job) {
      signal.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const stop = () => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(signal.reason);
        };
        const start = () => {
          signal.removeEventListener('abort', stop);
          resolve();
        };
        const entry = { host, start };
        signal.addEventListener('abort', stop, { once: true });
        waiting.push(entry);
        startNext();
      });
      try {
        return await job();
      } finally {
        count(host, -1);
        startNext();
      }
    },
  };
}
