import assert from 'node:assert/strict';
import type { Fact } from '../../server/src/core/fact';
import { type ImageReference, parseImage } from '../../server/src/core/image';
import { formatPlatform } from '../../server/src/core/platform';
import { createRegistry, type Registry, type RegistryOptions } from '../../server/src/registry/index';

/** A registry client that is impatient, so that tests are quick. */
export const registryFor = (
  allowedHosts: readonly string[],
  { limits, ...options }: Partial<RegistryOptions> = {},
): Registry =>
  createRegistry({
    mirrors: {},
    allowedHosts,
    network: 'on',
    credentials: () => undefined,
    log: message => assert.fail(message),
    limits: { retryDelay: 1, ...limits },
    ...options,
  });

export function imageOf(text: string): ImageReference {
  const parsed = parseImage(text);
  return parsed.kind === 'image' ? parsed.image : assert.fail(`${text}: ${parsed.why}`);
}

/** Loads one image and gives the fact. */
export async function ask(registry: Registry, text: string): Promise<Fact> {
  await registry.load([imageOf(text)]);
  return registry.peek(imageOf(text));
}

/** A fact in one line: the platforms, or the kind and the reason. */
export function inWords(fact: Fact): string {
  switch (fact.kind) {
    case 'known':
      return fact.platforms.map(formatPlatform).join(' ') || 'does not say';
    case 'absent':
    case 'denied':
    case 'invalid':
    case 'unreachable':
      return `${fact.kind}: ${fact.why}`;
    case 'notAllowed':
      return `notAllowed: ${fact.host}`;
    case 'offline':
    case 'pending':
      return fact.kind;
  }
}

export const asked = async (registry: Registry, text: string): Promise<string> =>
  inWords(await ask(registry, text));
