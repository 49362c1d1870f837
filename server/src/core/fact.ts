import type { ImageReference } from './image';
import type { Platform } from './platform';
import type { Network } from './settings';

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
  | { readonly kind: 'offline'; readonly network: Exclude<Network, 'on'> }
  /** Not asked yet. */
  | { readonly kind: 'pending' };

/** Answers from what is known now, without waiting. */
export type Ask = (image: ImageReference) => Fact;
