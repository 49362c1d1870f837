import { type Json, member } from './json';

/** Points at a piece of content in a repository (image-spec descriptor.md). `size` is in bytes. */
export interface Descriptor {
  readonly mediaType: string;
  /** `sha256:…` or another registered algorithm, in lower case. */
  readonly digest: string;
  readonly size: number;
  /** The content itself in base64, where it is small enough to be sent along. Not verified yet. */
  readonly data?: string;
}

/** The descriptor that a JSON value holds; `undefined` when a required member is missing or of the wrong type. */
export function readDescriptor(value: Json | undefined): Descriptor | undefined {
  const mediaType = readWord(member(value, 'mediaType') ?? '');
  const digest = readWord(member(value, 'digest'));
  const size = member(value, 'size');
  const data = member(value, 'data');
  if (mediaType === undefined || digest === undefined || !isDigest(digest)) return undefined;
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined;
  return { mediaType, digest, size, ...(typeof data === 'string' && { data }) };
}

/** A string of at most 256 visible ASCII characters, as media types and platform names are; else `undefined`. */
export const readWord = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && /^[!-~]{0,256}$/.test(value) ? value : undefined;

export const isDigest = (text: string): boolean =>
  /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/.test(text);
