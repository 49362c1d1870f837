import { createHash } from 'node:crypto';

/** The digest of `content` with the algorithm of `like`, which is a valid digest such as `sha256:…`. */
export function digestOf(content: Buffer, like = 'sha256:'): string {
  const algorithm = like.slice(0, like.indexOf(':'));
  return `${algorithm}:${createHash(algorithm).update(content).digest('hex')}`;
}
