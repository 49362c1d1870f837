import type { Fragment } from '../../core/fragment';
import type { Insertion } from '../../core/source';
import { type Entry, entryOf, type MapNode } from '../../core/tree';
import { addsOnly } from './addsOnly';
import { isSameBranch } from './branches';
import { blockCandidates, blockIntoEmpty } from './insertBlock';
import { flowCandidates, flowIntoEmpty } from './insertFlow';
import { findHoles } from './templates';

/**
 * Where to write `value` under `path`: in the deepest map that is there, as its first key, or at the end of the
 * document for a key of the document itself. `undefined` where the path is taken, where a template, an alias or a merge
 * stands in the way, or where the text read anew would not be what it was plus the value.
 */
export function insert(
  chunk: string,
  fragment: Fragment,
  path: readonly string[],
  value: string,
): Insertion | undefined {
  if (fragment.kind !== 'manifest') return undefined;
  const place = findPlace(fragment.root, path);
  if (place === undefined) return undefined;
  const { start } = place.owner?.keySite.span ?? fragment.anchor.span;
  const holes = findHoles(chunk);
  return candidates(chunk, place, value).find(
    candidate =>
      isSameBranch(holes, start, candidate.span.start) && addsOnly(chunk, fragment, candidate, path, value),
  );
}

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

function findPlace(root: MapNode, path: readonly string[]): Place | undefined {
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

function candidates(chunk: string, place: Place, value: string): readonly Insertion[] {
  const isFlow = chunk[place.map.site.span.start] === '{';
  if (place.empty === undefined)
    return isFlow ? flowCandidates(chunk, place, value) : blockCandidates(chunk, place, value);
  return isFlow ||
    place.keys.length === 0 ||
    place.empty.value.site.span.end > place.empty.value.site.span.start
    ? [flowIntoEmpty(chunk, place, place.empty, value)]
    : blockIntoEmpty(chunk, place, place.empty, value);
}
