import type { RunningRegistry } from '../demo/registry';
import type { Wanted } from '../server/src/core/fact';
import { type ImageReference, parseImage } from '../server/src/core/image';
import { defaults } from '../server/src/defaults';
import { noCredentials } from '../server/src/registry/credential';
import { createRegistry, type Registry } from '../server/src/registry/index';
import type { Ask } from './ask';

/** Our client, as it is when the editor has just been started. */
export function registryClient({ url }: RunningRegistry): Registry {
  return createRegistry({
    settings: { ...defaults, mirrors: { 'docker.io': [url], 'ghcr.io': [url] }, mirrorFallback: false },
    credentials: noCredentials,
  });
}

export function askWith(client: Registry): Ask {
  return async image => {
    await client.load([wanted(image)]);
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

export const wanted = (image: string): Wanted => ({ image: reference(image), depth: 'index' });

export function reference(image: string): ImageReference {
  const parsed = parseImage(image);
  if (parsed.kind === 'invalid') throw new Error(`${image}: ${parsed.why}`);
  return parsed.image;
}
