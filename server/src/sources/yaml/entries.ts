import { dynamic, textOf } from '../../core/text';
import type { Entry, Node, Scalar } from '../../core/tree';
import { distinct } from '../../core/words';
import type { Reading } from './reading';

/**
 * Sets a key. The last of several counts, as it does for istioctl (sigs.k8s.io/yaml goyaml.v2/decode.go `setMapIndex`),
 * unless a template may decide between them.
 */
export function addEntry(reading: Reading, entries: Map<string, Entry>, entry: Entry): void {
  const other = entries.get(entry.key)?.value;
  const isOpen = reading.hasBranches && other !== undefined && !isSameScalar(other, entry.value);
  entries.set(entry.key, isOpen ? { ...entry, value: oneOf(entry.key, other, entry.value) } : entry);
}

/** A value that a template chooses: `<a or b>`, at the site of the last one. */
function oneOf(key: string, one: Node, other: Node): Scalar {
  const why = `which of several values \`${key}\` has depends on the template`;
  const shown = (node: Node): string => {
    if (node.kind !== 'scalar') return key;
    const text = textOf(node.text);
    return node.text.kind === 'dynamic' && node.text.why === why ? text.slice(1, -1) : text;
  };
  const choice = distinct([shown(one), shown(other)]).join(' or ');
  const raw = choice.length > longestChoice ? key : choice;
  return { kind: 'scalar', text: dynamic(`<${raw}>`, why), type: 'string', site: other.site };
}

/** A longer text of the values, in UTF-16 units, would not be read by anyone. */
const longestChoice = 100;

const isSameScalar = (a: Node, b: Node): boolean =>
  a.kind === 'scalar' &&
  b.kind === 'scalar' &&
  a.type === b.type &&
  a.text.kind === 'literal' &&
  b.text.kind === 'literal' &&
  a.text.value === b.text.value;

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
