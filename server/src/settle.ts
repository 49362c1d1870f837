import type { Ask, Fact, Wanted } from './core/fact';
import { formatImage, type ImageReference } from './core/image';

/**
 * The world, as the engine sees it. `peek` answers at once. `load` asks for the images, never rejects, and leaves for each
 * of them a fact that is neither `pending` nor `old`, unless `signal` was aborted: that is why `settle` ends.
 */
export interface Facts {
  readonly peek: Ask;
  readonly load: (wanted: readonly Wanted[], signal?: AbortSignal) => Promise<void>;
}

/** How `settle` reports: each round's result, and whether more is on its way. */
export type Publish<T> = (result: T, pending: readonly ImageReference[]) => void;

/**
 * The only loop: runs `round`, fetches what it asked for in vain or what it got an old answer for, and runs it again until
 * everything is answered or `signal` is aborted. Every round's result is published. Resolves with the last result.
 */
export async function settle<T>(
  round: (ask: Ask) => T,
  facts: Facts,
  publish: Publish<T>,
  signal?: AbortSignal,
): Promise<T> {
  const stopped = (): boolean => signal?.aborted ?? false;
  for (;;) {
    const wanted = new Map<string, Wanted>();
    const result = round((image, depth = 'index') => {
      const fact = facts.peek(image, depth);
      if (isUnsettled(fact)) wanted.set(`${depth} ${formatImage(image)}`, { image, depth });
      return fact;
    });
    const open = [...wanted.values()];
    publish(
      result,
      open.map(({ image }) => image),
    );
    if (open.length === 0 || stopped()) return result;
    await facts.load(open, signal);
    if (stopped()) return result;
  }
}

/** Whether asking again may change a fact now. */
export const isUnsettled = (fact: Fact): boolean =>
  fact.kind === 'pending' || (fact.kind === 'known' && fact.old === true);
