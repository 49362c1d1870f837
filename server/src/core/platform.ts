/** What an image is built for, normalised: `arm64` for `aarch64` and `arm64/v8`. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly osVersion?: string;
  readonly osFeatures?: readonly string[];
}

export type ParsedPlatform =
  | { readonly kind: 'platform'; readonly platform: Platform }
  | { readonly kind: 'invalid'; readonly why: string };

export declare function parsePlatform(text: string): ParsedPlatform;
export declare function formatPlatform(platform: Platform): string;
/** Whether an image for `candidate` runs natively on a node of platform `target`. */
export declare function runsOn(target: Platform, candidate: Platform): boolean;
