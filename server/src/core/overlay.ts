import { type Entry, entryOf, type ListNode, type MapNode, type Node } from './tree';

/**
 * `lists`: whether a list replaces the one below it, or its items are merged into the items of the same `name`.
 * `nulls`: whether a null removes the key below it (RFC 7396), or stays as a value.
 */
export interface OverlayOptions {
  readonly lists: 'replace' | 'mergeByName';
  /** The keys of the lists that are merged, where not all are. */
  readonly mergedLists?: ReadonlySet<string>;
  readonly nulls: 'remove' | 'keep';
}

/** Deeper than any real configuration; below it the upper tree wins as a whole, so that no input exhausts the stack. */
const deepest = 200;

/**
 * Lays `over` on `base`: maps are merged key by key, everything else is replaced. Nodes are reused, so every value keeps
 * the site that it was written at.
 */
export function overlay(base: Node | undefined, over: Node, options: OverlayOptions): Node {
  return merged(base, over, '', options, deepest);
}

function merged(
  base: Node | undefined,
  over: Node,
  key: string,
  options: OverlayOptions,
  depth: number,
): Node {
  if (base === undefined || depth === 0) return over;
  if (base.kind === 'map' && over.kind === 'map') return mergedMaps(base, over, options, depth);
  if (base.kind === 'list' && over.kind === 'list' && mergesList(key, options))
    return mergedLists(base, over, options, depth);
  return over;
}

const mergesList = (key: string, { lists, mergedLists: keys }: OverlayOptions): boolean =>
  lists === 'mergeByName' && (keys === undefined || keys.has(key));

function mergedMaps(base: MapNode, over: MapNode, options: OverlayOptions, depth: number): MapNode {
  const upper = new Map(over.entries.map(entry => [entry.key, entry]));
  const entries: Entry[] = [];
  for (const lower of base.entries) {
    const entry = upper.get(lower.key);
    upper.delete(lower.key);
    if (entry === undefined) entries.push(lower);
    else if (!(options.nulls === 'remove' && isNull(entry.value)))
      entries.push({ ...entry, value: merged(lower.value, entry.value, entry.key, options, depth - 1) });
  }
  return { kind: 'map', entries: [...entries, ...upper.values()], site: over.site };
}

function mergedLists(base: ListNode, over: ListNode, options: OverlayOptions, depth: number): ListNode {
  const items = [...base.items];
  for (const item of over.items) {
    const name = nameOf(item);
    const at = name === undefined ? -1 : items.findIndex(lower => nameOf(lower) === name);
    if (at < 0) items.push(item);
    else items[at] = merged(items[at], item, '', options, depth - 1);
  }
  return { kind: 'list', items, site: over.site };
}

const isNull = (node: Node): boolean => node.kind === 'scalar' && node.type === 'null';

function nameOf(item: Node): string | undefined {
  const name = entryOf(item, 'name')?.value;
  return name?.kind === 'scalar' && name.text.kind === 'literal' ? name.text.value : undefined;
}
