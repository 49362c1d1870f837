import type { ImageReference } from '../core/image';
import { type Endpoint, type Resolved, repositoryAt } from './endpoint';

/** The repositories that are wanted of an endpoint at the same time, as it knows them. */
export type Together = (endpoint: Endpoint) => readonly string[];

/**
 * Tells of each endpoint only those repositories for which it is asked itself: what else a file names is not its business.
 * Worked out with the first question, because most endpoints are never asked for a token.
 */
export function wantedTogether(
  images: readonly ImageReference[],
  resolve: (image: ImageReference) => Resolved,
): Together {
  let places: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  const find = (): ReadonlyMap<string, ReadonlySet<string>> => {
    const found = new Map<string, Set<string>>();
    for (const image of images) {
      const resolved = resolve(image);
      for (const endpoint of resolved.kind === 'endpoints' ? resolved.endpoints : []) {
        const repositories = found.get(endpoint.root.href) ?? new Set();
        found.set(endpoint.root.href, repositories.add(repositoryAt(endpoint, image.repository)));
      }
    }
    return found;
  };
  return ({ root }) => {
    places ??= find();
    return [...(places.get(root.href) ?? [])];
  };
}
