import type { Ask, Depth, Fact } from './fact';
import type { ImageReference } from './image';

/** What was computed for a key, and every fact that it rests on. */
export type Recollection<K extends WeakKey, V> = WeakMap<
  K,
  { readonly value: V; readonly facts: readonly (readonly [ImageReference, Depth, Fact])[] }
>;

/**
 * The value that `compute` gave for `key` before, if every fact that it asked for is still the very same one; else it is
 * computed anew. What is not known yet is asked for either way, so that whoever notes pending images hears of them.
 */
export function recall<K extends WeakKey, V>(
  recollection: Recollection<K, V>,
  key: K,
  ask: Ask,
  compute: (ask: Ask) => V,
): V {
  const known = recollection.get(key);
  if (known?.facts.every(([image, depth, fact]) => ask(image, depth) === fact)) return known.value;
  const facts: (readonly [ImageReference, Depth, Fact])[] = [];
  const value = compute((image, depth = 'index') => {
    const fact = ask(image, depth);
    facts.push([image, depth, fact]);
    return fact;
  });
  recollection.set(key, { value, facts });
  return value;
}
