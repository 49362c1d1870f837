import type { Manifest } from '../../core/fragment';
import type { Insertion } from '../../core/source';
import { literal } from '../../core/text';
import type { MapNode, Node } from '../../core/tree';
import { readManifests } from './manifests';

/**
 * Whether the chunk, read again with the insertion in it, says what it said before and nothing more than that `path` of
 * the manifest is `value`.
 */
export function addsOnly(
  chunk: string,
  manifest: Manifest,
  { span, newText }: Insertion,
  path: readonly string[],
  value: string,
): boolean {
  const old = readManifests(chunk, '');
  const after = readManifests(chunk.slice(0, span.start) + newText + chunk.slice(span.end), '');
  const target = old.find(({ anchor }) => anchor.span.start === manifest.anchor.span.start)?.root;
  if (target === undefined || old.length !== after.length) return false;
  const expected = withValue(target, path, value);
  return old.every(({ root }, index) => isSame(root, after[index]?.root, target, expected));
}

/** The tree with a string at `path`. Sites in the new parts mean nothing. */
function withValue(node: Node, path: readonly string[], value: string): Node {
  const [key, ...rest] = path;
  if (key === undefined) return { kind: 'scalar', text: literal(value), type: 'string', site: node.site };
  const entries = node.kind === 'map' ? node.entries : [];
  const inner = entries.find(entry => entry.key === key)?.value ?? {
    kind: 'map',
    entries: [],
    site: node.site,
  };
  const entry = { key, keySite: node.site, value: withValue(inner, rest, value) };
  return { kind: 'map', entries: [...entries.filter(other => other.key !== key), entry], site: node.site };
}

/** Whether two trees say the same, wherever they stand; where `a` is `target`, `expected` is meant. */
function isSame(a: Node, b: Node | undefined, target: MapNode, expected: Node): boolean {
  if (a === target && a !== expected) return isSame(expected, b, target, expected);
  if (b === undefined) return false;
  if (a.kind === 'scalar')
    return b.kind === 'scalar' && a.type === b.type && JSON.stringify(a.text) === JSON.stringify(b.text);
  if (a.kind === 'list')
    return (
      b.kind === 'list' &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => isSame(item, b.items[index], target, expected))
    );
  if (b.kind !== 'map' || a.entries.length !== b.entries.length) return false;
  const others = new Map(b.entries.map(entry => [entry.key, entry.value]));
  return a.entries.every(({ key, value }) => isSame(value, others.get(key), target, expected));
}
