import type { ImageReference } from './image';
import type { Platform } from './platform';

/**
 * What is known about one image. Everything but `known` and `absent` means that the question could not be answered;
 * it says nothing about the image.
 */
export type Fact =
  /** `platforms` is empty when the image does not say which it is for. Times are milliseconds since 1970. */
  | {
      readonly kind: 'known';
      readonly platforms: readonly Platform[];
      readonly digest: string;
      readonly seen: number;
    }
  /** The registry let us read the repository and says that there is no such tag, digest or repository. */
  | { readonly kind: 'absent'; readonly why: string }
  /** The reference leads to something that no node can run: a chart, a signature, a legacy or broken manifest. */
  | { readonly kind: 'invalid'; readonly why: string }
  /** The registry wants credentials, or hides whether the image exists. */
  | { readonly kind: 'denied'; readonly why: string }
  /** The registry did not give a usable answer; `retryAt` is when asking again makes sense. */
  | { readonly kind: 'unreachable'; readonly why: string; readonly retryAt: number }
  /** The user has not allowed this host to be asked. */
  | { readonly kind: 'notAllowed'; readonly host: string }
  /** Nothing may be asked at all: the user works offline. */
  | { readonly kind: 'offline' }
  /** Not asked yet. */
  | { readonly kind: 'pending' };

/** Answers from what is known now, without waiting. */
export type Ask = (image: ImageReference) => Fact;
