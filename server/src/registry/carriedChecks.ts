import { mayTellMore } from '../core/children';
import type { ChildCheck, Known } from '../core/fact';
import type { Answered, Remembered } from './memory';

/** An answer with what was read behind the same index before, where it was not read again. */
export function withEarlierChecks(fact: Answered, ...earlier: readonly (Remembered | undefined)[]): Answered {
  if (fact.kind !== 'known' || fact.checked !== undefined) return fact;
  for (const before of earlier)
    if (before?.fact.kind === 'known' && before.fact.digest === fact.digest && before.fact.checked)
      return { ...fact, checked: before.fact.checked };
  return fact;
}

/** What was read behind the index with this digest before, if there is nothing more to learn of it. */
export const settledChecks = (
  digest: string,
  ...earlier: readonly (Known | undefined)[]
): readonly ChildCheck[] | undefined =>
  earlier.find(before => before?.digest === digest && !mayTellMore(before))?.checked;

/** A known image of which nothing could be read just now: what was read before stays, the rest is unread. */
export function withoutNewChecks(fact: Known, why: string): Known {
  const { platforms, digest } = fact;
  const unread = platforms.map((platform): ChildCheck => ({ kind: 'unread', platform, digest, why }));
  return { ...fact, checked: fact.checked ?? unread };
}

/**
 * Whether what was read behind an index still counts. What images say of themselves counts for ever; whether they are there,
 * and can be read, may change, and is worth another question a minute later.
 */
export function areChecksFresh({ fact, stored }: Remembered, now: number): boolean {
  if (fact.kind !== 'known') return true;
  if (fact.checked === undefined) return false;
  return !mayTellMore(fact) || (now >= stored && now - stored < 60_000);
}
