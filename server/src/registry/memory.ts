import type { Fact } from '../core/fact';
import { createCache } from './cache';

/** A fact that a registry's answer led to. */
export type Answered = Extract<Fact, { kind: 'known' | 'absent' | 'invalid' | 'denied' | 'unreachable' }>;

/** What is remembered of an image. Times are milliseconds since 1970. */
export interface Remembered {
  readonly fact: Answered;
  /** When it was stored. */
  readonly stored: number;
  /** Before this time an old answer is not asked for again: the last try has failed. */
  readonly notBefore?: number;
}

/**
 * What registries have said, by a key that names who asked whom for what. Whether an entry is still good is decided by
 * who reads it.
 */
export interface Memory {
  readonly get: (key: string) => Remembered | undefined;
  readonly set: (key: string, remembered: Remembered) => void;
  readonly clear: () => void;
}

/** A memory that lasts as long as this process, and holds at most `size` answers. */
export function createMemory(size: number, now: () => number): Memory {
  const entries = createCache<Remembered>(size, now);
  return {
    get: entries.get,
    set: (key, remembered) => entries.set(key, remembered, Number.POSITIVE_INFINITY),
    clear: entries.clear,
  };
}

/** Whether an answer counts as it is, only until a newer one is there, or not at all. */
export type Freshness = 'fresh' | 'old' | 'gone';

const minutes = 60_000;
const hours = 60 * minutes;

/** `byDigest` if the image was named by its digest, which never changes its meaning; a tag may. */
export function freshnessOf({ fact, stored }: Remembered, byDigest: boolean, now: number): Freshness {
  switch (fact.kind) {
    case 'known':
      if (byDigest) return 'fresh';
      if (isWithin(fact.seen, 15 * minutes, now)) return 'fresh';
      return isWithin(fact.seen, 24 * hours, now) ? 'old' : 'gone';
    case 'absent':
    case 'denied':
    case 'invalid':
      return isWithin(stored, 5 * minutes, now) ? 'fresh' : 'gone';
    case 'unreachable':
      return now >= stored && now < fact.retryAt ? 'fresh' : 'gone';
  }
}

/** A clock that was put back makes an answer old, so that none lives longer than it should. */
const isWithin = (since: number, milliseconds: number, now: number): boolean =>
  now >= since && now - since < milliseconds;
