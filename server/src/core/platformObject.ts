import { readWord } from './descriptor';
import { isArray, isObject, type Json, member, parseJson } from './json';
import { normalisePlatform, type Platform } from './platform';

/** What a registry's JSON says of a platform. */
export type PlatformObject =
  | { readonly kind: 'platform'; readonly platform: Platform }
  /** Nothing is said, or a half of it is missing. It is never guessed. */
  | { readonly kind: 'unspecified' }
  /** Said to be `unknown`, or something that no node can be. */
  | { readonly kind: 'unknown' };

/** Reads a `platform` object (image-spec image-index.md), or the same members of an image config. */
export function readPlatform(value: Json | undefined): PlatformObject {
  if (value === undefined) return { kind: 'unspecified' };
  if (!isObject(value)) return { kind: 'unknown' };
  const features = member(value, 'os.features') ?? [];
  const words = ['os', 'architecture', 'variant', 'os.version'].map(key =>
    readWord(member(value, key) ?? ''),
  );
  const [os, architecture, variant, osVersion] = words;
  const osFeatures =
    isArray(features) && features.length <= maxFeatures ? features.map(readWord) : [undefined];
  if (words.includes(undefined) || !osFeatures.every(feature => feature !== undefined))
    return { kind: 'unknown' };
  if (!os || !architecture) return { kind: 'unspecified' };
  if (os.toLowerCase() === 'unknown' || architecture.toLowerCase() === 'unknown') return { kind: 'unknown' };
  const parts = {
    os,
    architecture,
    ...(variant && { variant }),
    ...(osVersion && { osVersion }),
    osFeatures,
  };
  return { kind: 'platform', platform: normalisePlatform(parts) };
}

const maxFeatures = 32;

/** The platform in an image's config (image-spec config.md); `undefined` when the text is no JSON object. */
export function parseConfig(text: string): PlatformObject | undefined {
  const json = parseJson(text);
  return isObject(json) ? readPlatform(json) : undefined;
}
