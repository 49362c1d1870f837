import type { ImageReference } from '../core/image';
import type { Endpoint } from './endpoint';

/** What a lookup reads from: an image's repository at an endpoint. */
export interface Target {
  readonly endpoint: Endpoint;
  readonly image: ImageReference;
  /** The repository as the endpoint knows it, which a mirror may keep under another path. */
  readonly repository: string;
}
