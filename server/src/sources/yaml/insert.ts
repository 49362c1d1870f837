import type { Manifest } from '../../core/fragment';
import type { Insertion } from '../../core/source';
import { addsOnly } from './addsOnly';
import { isSameBranch } from './branches';
import { blockCandidates, blockIntoEmpty } from './insertBlock';
import { flowCandidates, flowIntoEmpty } from './insertFlow';
import { findPlace, type Place } from './place';
import { findHoles } from './templates';

/**
 * Where to write `value` under `path`: in the deepest map that is there, as its first key, or at the end of the
 * document for a key of the document itself. `undefined` where the path is taken, where a template, an alias or a merge
 * stands in the way, or where the text read anew would not be what it was plus the value.
 */
export function insert(
  chunk: string,
  manifest: Manifest,
  path: readonly string[],
  value: string,
): Insertion | undefined {
  if (manifest.unread !== undefined) return undefined;
  const place = findPlace(manifest.root, path);
  if (place === undefined) return undefined;
  const { start } = place.owner?.keySite.span ?? manifest.anchor.span;
  const holes = findHoles(chunk);
  return candidates(chunk, place, value).find(
    candidate =>
      isSameBranch(holes, start, candidate.span.start) && addsOnly(chunk, manifest, candidate, path, value),
  );
}

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
