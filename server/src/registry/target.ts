import type { Depth, Known } from '../core/fact';
import type { ImageReference } from '../core/image';
import type { Stored } from './credential';
import type { Endpoint } from './endpoint';

/** What a lookup reads from: an image's repository at an endpoint. */
export interface Target {
  readonly endpoint: Endpoint;
  readonly image: ImageReference;
  readonly depth: Depth;
  /** The repository as the endpoint knows it, which a mirror may keep under another path. */
  readonly repository: string;
  /** What the user keeps for the endpoint. */
  readonly stored: Stored;
  /** Other repositories of the same endpoint that are wanted at the same time, so that one token may do for all. */
  readonly together: () => readonly string[];
  /** What was known of a tag, so that it can be asked whether it still holds. */
  readonly before?: Known;
}
