import { createCache } from './cache';
import type { Trouble } from './trouble';

/** The hosts that are left alone for a while, each with the trouble that was the reason. */
export interface Pauses {
  readonly get: (key: string) => Trouble | undefined;
  readonly set: (key: string, trouble: Trouble) => void;
  readonly clear: () => void;
}

const seconds = 1000;
const shortestPause = 5 * seconds;
const usualPause = 30 * seconds;

/** The longest time for which nothing is asked after trouble, in milliseconds. */
export const longestPause = 3600 * seconds;

/** How long to wait after trouble before asking again makes sense, in milliseconds. */
export const pauseAfter = ({ wait = usualPause }: Trouble): number =>
  Math.min(Math.max(wait, shortestPause), longestPause);

export function createPauses(now: () => number): Pauses {
  const pauses = createCache<Trouble>(100, now);
  return {
    get: pauses.get,
    set: (key, trouble) => pauses.set(key, trouble, pauseAfter(trouble)),
    clear: pauses.clear,
  };
}
