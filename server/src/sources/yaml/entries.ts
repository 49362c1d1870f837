import type { Entry, Node } from '../../core/tree';
import type { Reading } from './reading';
import { unknownScalar } from './scalars';

/**
 * Sets a key. The last of several counts, as it does for istioctl (sigs.k8s.io/yaml goyaml.v2/decode.go `setMapIndex`),
 * unless a template may decide between them.
 */
export function addEntry(reading: Reading, entries: Map<string, Entry>, entry: Entry): void {
  const { start, end } = entry.value.site.span;
  const isEither = reading.hasBranches && entries.has(entry.key);
  const value = isEither
    ? unknownScalar(reading, start, end, `several branches of the template set \`${entry.key}\``)
    : entry.value;
  entries.set(entry.key, { ...entry, value });
}

/**
 * Takes over the entries of what `<<` names. As in istioctl's YAML reader (goyaml.v2/decode.go `mapping` and `merge`)
 * they replace keys written above `<<` and are replaced by keys below; in a list the first map wins. What can't be
 * merged stays under the key `<<`, so that it is known that something is missing.
 */
export function mergeInto(entries: Map<string, Entry>, key: Omit<Entry, 'value'>, value: Node): void {
  const maps = value.kind === 'list' ? [...value.items].reverse() : [value];
  for (const map of maps) {
    if (map.kind === 'map') for (const entry of map.entries) entries.set(entry.key, entry);
    else if (map.kind === 'scalar' && map.type !== 'null')
      entries.set('<<', { key: '<<', keySite: key.keySite, value: map });
  }
}
