import type { Entry, MapNode } from '../../core/tree';

/** The line end that the text uses. */
export const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** Where the key begins, its quote included. */
export function keyStart(text: string, { keySite }: Entry): number {
  const { start } = keySite.span;
  return /["']/.test(text.slice(Math.max(0, start - 1), start)) ? start - 1 : start;
}

/** Where the value ends, its closing quote included. */
export function valueEnd(text: string, { value }: Entry): number {
  const { start, end } = value.site.span;
  const quote = text.slice(Math.max(0, start - 1), start);
  return value.kind === 'scalar' && /["']/.test(quote) && text[end] === quote ? end + 1 : end;
}

/** What stands in front of the key on its line; a byte order mark takes no column. */
export function before(text: string, entry: Entry): string {
  const start = keyStart(text, entry);
  return text.slice(lineStart(text, start), start).replace('\uFEFF', '');
}

/** Where the line of an offset begins. */
export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** The offset after the line end that follows, or the text's end. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

/** The entries in the order in which they are written, without those that came through a merge. */
export const written = ({ entries, site }: MapNode): readonly Entry[] =>
  entries
    .filter(({ keySite }) => site.span.start <= keySite.span.start && keySite.span.end <= site.span.end)
    .sort((a, b) => a.keySite.span.start - b.keySite.span.start);

/** How many blanks each level of a block map adds, told by the first map within a map; 2 where there is none. */
export function stepOf(text: string, root: MapNode): number {
  const column = columnOf(text, root);
  for (const entry of written(root)) {
    if (entry.value.kind !== 'map') continue;
    if (text[entry.value.site.span.start] === '{') continue;
    const step = columnOf(text, entry.value) - column;
    if (step > 0) return step;
  }
  return 2;
}

/** The column of a block map's keys. */
export function columnOf(text: string, map: MapNode): number {
  const first = written(map)[0];
  return first === undefined ? 0 : before(text, first).length;
}
