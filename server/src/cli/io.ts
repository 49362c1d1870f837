import type { Settings } from '../core/settings';
import type { Facts } from '../settle';

/** What the command line needs of the world, so that it is a function that a test can call. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** The folder that paths are relative to. */
  readonly directory: string;
  /** Whether standard output is a terminal that shows colours. */
  readonly colours: boolean;
  /** What answers for images, made when it is needed; with `cache`, also from what earlier runs were told. */
  readonly facts: (settings: Settings, options: { readonly cache: boolean }) => Facts;
}
