import type { Ask } from './core/fact';
import type { ImageReference } from './core/image';

/**
 * The world, as the engine sees it. `peek` answers at once. `load` asks for the images, never rejects, and leaves a
 * fact other than `pending` for each of them unless `signal` was aborted: that is why `settle` ends.
 */
export interface Facts {
  readonly peek: Ask;
  readonly load: (images: readonly ImageReference[], signal?: AbortSignal) => Promise<void>;
}
