import type { RunningRegistry } from '../demo/registry';
import { type ImageReference, parseImage } from '../server/src/core/image';
import { createRegistry, type Registry } from '../server/src/registry/index';
import type { Ask } from './ask';

/** Our client, as it is when the editor has just been started. */
export function registryClient({ url }: RunningRegistry): Registry {
  return createRegistry({
    mirrors: { 'docker.io': url, 'ghcr.io': url },
    allowedHosts: [],
    network: 'on',
    credentials: () => undefined,
  });
}

export function askWith(client: Registry): Ask {
  return async image => {
    await client.load([reference(image)]);
    insistOnAnswers(client, [image]);
  };
}

/** Ends the bench where an image was not found: a client that finds nothing is no use to measure. */
export function insistOnAnswers(client: Registry, images: readonly string[]): void {
  for (const image of images) {
    const fact = client.peek(reference(image));
    if (fact.kind !== 'known') throw new Error(`The lookup of ${image} ended with ${JSON.stringify(fact)}.`);
  }
}

export function reference(image: string): ImageReference {
  const parsed = parseImage(image);
  if (parsed.kind === 'invalid') throw new Error(`${image}: ${parsed.why}`);
  return parsed.image;
}
