import { createHash } from 'node:crypto';
import type { Descriptor } from '../core/descriptor';

/** The digest of `content` with the algorithm of `like`, which is a valid digest such as `sha256:…`. */
export function digestOf(content: Buffer, like = 'sha256:'): string {
  const algorithm = like.slice(0, like.indexOf(':'));
  return `${algorithm}:${createHash(algorithm).update(content).digest('hex')}`;
}

/** Whether this is the very content that a descriptor names. */
export const isContent = (content: Buffer, { size, digest }: Descriptor): boolean =>
  content.length === size && digestOf(content, digest) === digest;

/** The content that a descriptor carries itself (image-spec descriptor.md, `data`); `undefined` where it is not what it names. */
export function inlineContent(descriptor: Descriptor): Buffer | undefined {
  const content = Buffer.from(descriptor.data ?? '', 'base64');
  return isContent(content, descriptor) ? content : undefined;
}
