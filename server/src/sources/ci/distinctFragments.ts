import type { Fragment, Given } from '../../core/fragment';
import { sharedGiven } from './distinctSessions';

/** A fragment of one combination of a matrix. */
export interface GivenFragment {
  readonly fragment: Fragment;
  readonly given: readonly Given[];
}

/**
 * Every fragment with the combination that it stands for. One that is the same in several combinations is there once, with
 * what these have in common: a command that does not depend on the matrix says nothing about it.
 */
export function distinctFragments(all: readonly GivenFragment[]): readonly Fragment[] {
  if (all.every(({ given }) => given.length === 0)) return all.map(({ fragment }) => fragment);
  const known = new Map<string, GivenFragment>();
  for (const { fragment, given } of all) {
    const key = JSON.stringify(fragment, (_, value: unknown) =>
      value instanceof Map ? [...value].map(([name, inner]: [unknown, unknown]) => [name, inner]) : value,
    );
    const other = known.get(key);
    known.set(key, { fragment, given: other === undefined ? given : sharedGiven(other.given, given) });
  }
  return [...known.values()].map(({ fragment, given }) =>
    given.length === 0 ? fragment : { ...fragment, given: [...(fragment.given ?? []), ...given] },
  );
}
