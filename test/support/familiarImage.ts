import type { ImageReference } from '../../server/src/core/image';

/** The short name that people use: no `docker.io/`, no `library/`, nothing added, nothing dropped after the name. */
export function familiarImage({ registry, repository, tag, digest }: ImageReference): string {
  const official = /^library\/([^/]+)$/.exec(repository)?.[1];
  const name = registry === 'docker.io' ? (official ?? repository) : `${registry}/${repository}`;
  return name + (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`);
}
