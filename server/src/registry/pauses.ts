import type { Trouble } from './trouble';

const seconds = 1000;
const shortestPause = 5 * seconds;
const usualPause = 30 * seconds;

/** The longest time for which nothing is asked after trouble, in milliseconds. */
export const longestPause = 3600 * seconds;

/** How long to wait after trouble before asking again makes sense, in milliseconds. */
export const pauseAfter = ({ wait = usualPause }: Trouble): number =>
  Math.min(Math.max(wait, shortestPause), longestPause);
