import { pauseAfter } from './pauses';
import type { Trouble } from './trouble';

/**
 * Keeps account of one host's trouble. After trouble with the whole host it is left alone for a while, the longer the more
 * often that happened in a row; then one lookup tries it before the others follow (a circuit breaker). A host that has never
 * answered is tried by one lookup first, too: it may be dead, and the others need to know how to sign in.
 */
export interface Breaker {
  /**
   * The trouble because of which the host is left alone now, with the time that is left. An `explicit` wish of the user waits
   * only where the server itself has asked for it.
   */
  readonly paused: (explicit: boolean) => Trouble | undefined;
  /** Whether lookups may go in parallel: the host has answered, and not failed since. */
  readonly proven: () => boolean;
  /** Takes in how a lookup ended: `undefined` when the host answered. */
  readonly ended: (trouble: Trouble | undefined) => void;
  /** Until when the host is left alone, in milliseconds since 1970, and why. */
  readonly pause: () => Pause | undefined;
}

export interface Pause {
  readonly until: number;
  readonly trouble: Trouble;
}

/** `random` gives numbers from 0 to 1. */
export function createBreaker(now: () => number, random: () => number = Math.random): Breaker {
  let answered = false;
  /** How often in a row the host was left alone. */
  let pauses = 0;
  /** Lookups in a row that failed, each in a way that may be its image's own. */
  let strikes = 0;
  let current: (Pause & { readonly since: number }) | undefined;

  /** A clock that was put back ends a pause, so that none lasts longer than it should. */
  const pause = (): Pause | undefined => {
    const isOver = current === undefined || now() >= current.until || now() < current.since;
    return isOver ? undefined : current;
  };
  const leaveAlone = (trouble: Trouble): void => {
    const before = pause();
    // Several lookups that were under way together fail together: that counts once.
    if (before === undefined) pauses += 1;
    const until = now() + pauseOf(trouble);
    if (before === undefined || until > before.until) current = { since: now(), until, trouble };
  };
  const pauseOf = (trouble: Trouble): number =>
    isAsked(trouble) || !trouble.passing ? pauseAfter(trouble) : backoff(pauses - 1, random());

  return {
    paused(explicit) {
      const found = pause();
      if (found === undefined || (explicit && !isAsked(found.trouble))) return undefined;
      return { ...found.trouble, wait: found.until - now() };
    },
    proven: () => answered && pauses === 0,
    ended(trouble) {
      if (trouble === undefined || !(trouble.passing || trouble.hostWide === true)) {
        answered = true;
        pauses = 0;
        strikes = 0;
        return;
      }
      strikes += 1;
      if (trouble.hostWide === true || isAsked(trouble) || strikes >= enough) leaveAlone(trouble);
    },
    pause,
  };
}

/** So many images in a row can't all be broken: it is the host. */
const enough = 3;

/** Whether the server itself has said how long it wants to be left alone. */
const isAsked = ({ wait }: Trouble): boolean => wait !== undefined;

/** 0.1 s after the first failure, doubled with each further one up to 30 s; up to a half less, so that clients spread. */
const backoff = (before: number, random: number): number =>
  Math.min(longestBackoff, shortestBackoff * 2 ** Math.min(before, 20)) * (1 - random / 2);

const shortestBackoff = 100;
const longestBackoff = 30_000;
