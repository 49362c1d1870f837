import type { Ask } from './core/fact';
import { formatImage, type ImageReference } from './core/image';

/**
 * The world, as the engine sees it. `peek` answers at once. `load` asks for the images, never rejects, and leaves a
 * fact other than `pending` for each of them unless `signal` was aborted: that is why `settle` ends.
 */
export interface Facts {
  readonly peek: Ask;
  readonly load: (images: readonly ImageReference[], signal?: AbortSignal) => Promise<void>;
}

/** How `settle` reports: each round's result, and whether more is on its way. */
export type Publish<T> = (result: T, pending: readonly ImageReference[]) => void;

/**
 * The only loop: runs `round`, fetches what it asked for in vain, and runs it again until nothing is pending or `signal`
 * is aborted. Every round's result is published. Resolves with the last result.
 */
export async function settle<T>(
  round: (ask: Ask) => T,
  facts: Facts,
  publish: Publish<T>,
  signal?: AbortSignal,
): Promise<T> {
  const stopped = (): boolean => signal?.aborted ?? false;
  for (;;) {
    const pending = new Map<string, ImageReference>();
    const result = round(image => {
      const fact = facts.peek(image);
      if (fact.kind === 'pending') pending.set(formatImage(image), image);
      return fact;
    });
    const wanted = [...pending.values()];
    publish(result, wanted);
    if (wanted.length === 0 || stopped()) return result;
    await facts.load(wanted, signal);
    if (stopped()) return result;
  }
}
