/** Remembers values for a time, and at most so many: the one that was used longest ago goes first. */
export interface Cache<T> {
  readonly get: (key: string) => T | undefined;
  /** Keeps `value` for `milliseconds`; `Infinity` keeps it until it has to make room. */
  readonly set: (key: string, value: T, milliseconds: number) => void;
  readonly delete: (key: string) => void;
  readonly clear: () => void;
}

interface Entry<T> {
  readonly value: T;
  readonly stored: number;
  readonly milliseconds: number;
}

/** A clock that was put back makes an entry old, so that no entry lives longer than it should. */
export function createCache<T>(size: number, now: () => number): Cache<T> {
  const entries = new Map<string, Entry<T>>();
  const isFresh = ({ stored, milliseconds }: Entry<T>): boolean => {
    const age = now() - stored;
    return milliseconds === Number.POSITIVE_INFINITY || (age >= 0 && age < milliseconds);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      if (!isFresh(entry)) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, milliseconds) {
      entries.delete(key);
      entries.set(key, { value, stored: now(), milliseconds });
      const oldest = entries.keys().next();
      if (entries.size > size && oldest.done !== true) entries.delete(oldest.value);
    },
    delete: key => void entries.delete(key),
    clear: () => entries.clear(),
  };
}
