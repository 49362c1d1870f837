import { type Entry, entryOf, type MapNode } from '../../core/tree';

/**
 * The map that is to get `keys`, each below the one before, or the entry in it that has no value yet. `owner` is the
 * entry that the map is the value of; the document's own map has none.
 */
export interface Place {
  readonly root: MapNode;
  readonly map: MapNode;
  readonly owner?: Entry;
  readonly empty?: Entry;
  readonly keys: readonly string[];
}

/** Where the path ends in the tree; `undefined` where it is taken, or something stands in the way. */
export function findPlace(root: MapNode, path: readonly string[]): Place | undefined {
  let place: Omit<Place, 'keys'> = { root, map: root };
  for (const [index, key] of path.entries()) {
    const { map } = place;
    const entry = entryOf(map, key);
    if (entry === undefined) return mayHoldMore(map) ? undefined : { ...place, keys: path.slice(index) };
    const { value } = entry;
    if (!isWrittenIn(map, entry)) return undefined;
    if (value.kind === 'scalar' && value.type === 'null' && value.text.kind === 'literal')
      return { ...place, empty: entry, keys: path.slice(index + 1) };
    if (value.kind !== 'map') return undefined;
    place = { root, map: value, owner: entry };
  }
  return undefined;
}

/** False for an entry that came through a merge, or whose value is an alias. */
const isWrittenIn = ({ site }: MapNode, { keySite, value }: Entry): boolean =>
  site.span.start <= keySite.span.start &&
  keySite.span.end <= value.site.span.start &&
  value.site.span.end <= site.span.end;

/** Whether a template or a merge that could not be followed may bring further keys into the map. */
const mayHoldMore = (map: MapNode): boolean =>
  map.entries.some(({ key, keySite, value }) => key === '<<' || keySite.span.start === value.site.span.start);
