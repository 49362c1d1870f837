import type { ImageReference } from './image';
import type { Platform } from './platform';

/**
 * What is known about one image. Everything but `known` and `absent` means that the question could not be answered;
 * it says nothing about the image.
 */
export type Fact =
  | Known
  /** The registry says that there is no such repository, or no such tag or digest in it. */
  | { readonly kind: 'absent'; readonly what: 'repository' | 'tag'; readonly why: string }
  /** The reference leads to something that no node can run: a chart, a signature, a legacy or broken manifest. */
  | { readonly kind: 'invalid'; readonly why: string }
  /** The registry wants credentials, or hides whether the image exists. */
  | { readonly kind: 'denied'; readonly why: string }
  /** The registry did not give a usable answer; `retryAt` is when asking again makes sense. */
  | { readonly kind: 'unreachable'; readonly why: string; readonly retryAt: number }
  /** The user has not allowed this host to be asked. */
  | { readonly kind: 'notAllowed'; readonly host: string }
  /** Nothing may be asked at all, by the user's wish or because the workspace is not trusted. */
  | { readonly kind: 'offline'; readonly network: 'off' | 'untrusted' }
  /** Not asked yet. */
  | { readonly kind: 'pending' };

/** The platforms of an image, and who said so. Times are milliseconds since 1970. */
export interface Known {
  readonly kind: 'known';
  /** Empty when the image does not say which platforms it is for. */
  readonly platforms: readonly Platform[];
  readonly digest: string;
  /** When the registry last said that the tag leads to this digest. */
  readonly seen: number;
  /** Who answered, for people: `docker.io`, or the mirror that was asked for it. */
  readonly by: string;
  /** The answer is older than what counts as fresh: it is shown with its age, and asking again makes sense. */
  readonly old?: true;
  /** What the images behind the index say of themselves; missing where only the index was read. */
  readonly checked?: readonly ChildCheck[];
}

/** An image behind an index, held against what the index says of it. */
export type ChildCheck =
  | { readonly kind: 'agrees'; readonly platform: Platform; readonly digest: string }
  /** Its config names another platform than the index does. */
  | {
      readonly kind: 'contradicts';
      readonly platform: Platform;
      readonly digest: string;
      readonly actual: Platform;
    }
  /** The index lists it, and the registry does not have it (or not its config). */
  | { readonly kind: 'missing'; readonly platform: Platform; readonly digest: string }
  /** It could not be read, which says nothing about it. */
  | { readonly kind: 'unread'; readonly platform: Platform; readonly digest: string; readonly why: string };

/** How far a question goes: what the index says, or also whether the images behind it say the same. */
export type Depth = 'index' | 'images';

/** An image whose fact is wanted. */
export interface Wanted {
  readonly image: ImageReference;
  readonly depth: Depth;
}

/** Answers from what is known now, without waiting; `depth` is `index` where it is left out. */
export type Ask = (image: ImageReference, depth?: Depth) => Fact;
