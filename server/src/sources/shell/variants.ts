import { type Choice, mostCandidates } from './state';

/** Something that depends on the ways a script has taken, for one combination of them. */
export interface Variant<T> {
  readonly value: T;
  readonly choices: readonly Choice[];
}

/** Picks one of several things that depend on the ways taken, such as the values of a variable. */
export type Pick = <C extends { readonly choices: readonly Choice[] }>(
  candidates: readonly C[],
) => C | undefined;

export const pickFirst: Pick = candidates => candidates[0];

/**
 * What `make` gives for every combination of the candidates that it picks from, at most eight. Candidates that belong to
 * different ways of the same fork are never combined.
 */
export function variantsOf<T>(make: (pick: Pick) => T): readonly Variant<T>[] {
  const results: Variant<T>[] = [];
  const queue: (readonly Choice[])[] = [[]];
  const seen = new Set<string>();
  for (let at = 0; at < Math.min(queue.length, mostTries) && results.length < mostCandidates; at += 1) {
    const start = queue[at] ?? [];
    let choices = start;
    const value = make(candidates => {
      const possible = candidates.filter(candidate => agree(choices, candidate.choices));
      const [picked = candidates[0], ...others] = possible;
      if (picked === undefined) return undefined;
      for (const other of others) queue.push(merged(choices, other.choices));
      choices = merged(choices, picked.choices);
      return picked;
    });
    const key = keyOf(choices);
    if (seen.has(key)) continue;
    seen.add(key);
    results.push({ value, choices });
  }
  return results;
}

/** Whether two sets of choices can be made in one run. */
const agree = (a: readonly Choice[], b: readonly Choice[]): boolean =>
  a.every(x => b.every(y => x.fork !== y.fork || x.branch === y.branch));

export const merged = (a: readonly Choice[], b: readonly Choice[]): readonly Choice[] =>
  b.length === 0 ? a : [...a, ...b.filter(y => !a.some(x => x.fork === y.fork))];

const keyOf = (choices: readonly Choice[]): string =>
  choices
    .map(({ fork, branch }) => `${fork}:${branch}`)
    .sort()
    .join(' ');

/** Combinations that are tried to find eight different ones. */
const mostTries = 64;
