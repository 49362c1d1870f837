import type { Insertion } from '../../core/source';
import type { Entry } from '../../core/tree';
import { before, columnOf, eolOf, lineStart, nextLine, stepOf, written } from './layout';
import type { Place } from './place';
import { blockLines } from './writing';

/**
 * Lines for a block map, best place first. A map below a key gets them right under that key, the document's own map
 * after its last value; the place in front of the first key is the second choice. None where tabs indent.
 */
export function blockCandidates(chunk: string, place: Place, value: string): readonly Insertion[] {
  const { root, map, owner, keys } = place;
  const eol = eolOf(chunk);
  const first = written(map)[0];
  if (first !== undefined && before(chunk, first).includes('\t')) return [];
  const lines = blockLines(keys, value, { eol, indent: columnOf(chunk, map), step: stepOf(chunk, root) });
  const under = nextLine(chunk, owner === undefined ? map.site.span.end : owner.keySite.span.end);
  const isFirstOnLine = first !== undefined && before(chunk, first).trim() === '';
  return [
    linesAt(chunk, under, lines, eol),
    ...(isFirstOnLine ? [linesAt(chunk, lineStart(chunk, first.keySite.span.start), lines, eol)] : []),
  ];
}

/** Lines below a key that has no value; none where tabs indent. */
export function blockIntoEmpty(
  chunk: string,
  { root, keys }: Place,
  empty: Entry,
  value: string,
): readonly Insertion[] {
  const eol = eolOf(chunk);
  const step = stepOf(chunk, root);
  if (before(chunk, empty).includes('\t')) return [];
  const lines = blockLines(keys, value, { eol, indent: before(chunk, empty).length + step, step });
  return [linesAt(chunk, nextLine(chunk, empty.keySite.span.end), lines, eol)];
}

/** Whole lines at the start of a line, or after a last line that has no line end. */
function linesAt(chunk: string, at: number, lines: string, eol: string): Insertion {
  const continues = at > 0 && chunk[at - 1] !== '\n';
  const isAfterMark = at === 0 && chunk.startsWith('\uFEFF');
  const offset = isAfterMark ? 1 : at;
  return {
    span: { start: offset, end: offset },
    newText: continues ? `${eol}${lines}` : `${lines}${eol}`,
  };
}
