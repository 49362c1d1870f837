import type { Hole } from './templates';

/**
 * What is put in for an expression that stands alone on a line: a key (`x:`), or an item (`- x:`) where its neighbours
 * are items, at the indentation that its content will have. `text` replaces everything from `from` to the hole's end;
 * `key` is the offset of the letter in the whole text.
 */
export function standIn(
  text: string,
  hole: Hole,
  lineStart: number,
  from: number,
  mayLookAround: boolean,
): { readonly text: string; readonly key: number } {
  const region = text.slice(from, hole.end).replace(/[^\r\n]/g, ' ');
  const room = region.search(/[\r\n]|$/);
  const column = contentColumn(text, hole, lineStart);
  const item = room >= 4 && mayLookAround && isBesideItems(text, hole, lineStart, column);
  const token = /^[\s\uFEFF]*[[{](?!\{|%|#)/.test(text) ? 'x,' : item ? '- x:' : 'x:';
  const at = Math.max(0, Math.min(column - (from - lineStart), room - token.length));
  return {
    text: region.slice(0, at) + token + region.slice(at + token.length),
    key: from + at + (item ? 2 : 0),
  };
}

/** The column that `nindent` and `indent` of Helm give the content, else the expression's own. */
function contentColumn(text: string, hole: Hole, lineStart: number): number {
  const column = hole.start - lineStart;
  const indent = /\b(n?)indent\s+(\d{1,3})/.exec(text.slice(hole.start, hole.end));
  if (indent === null) return column;
  return indent[1] === 'n' || column === 0 ? Number(indent[2]) : column;
}

/** Whether the nearest line at this column, after or before the expression, is an item of a list. */
function isBesideItems(text: string, hole: Hole, lineStart: number, column: number): boolean {
  const after = text
    .slice(hole.end, hole.end + 1000)
    .split('\n')
    .slice(1);
  const before = text
    .slice(Math.max(0, lineStart - 4000), lineStart)
    .split('\n')
    .reverse();
  for (const line of after) {
    const indent = indentOf(line);
    if (indent === undefined) continue;
    if (indent === column) return /^ *-(?:\s|$)/.test(line);
    break;
  }
  for (const line of before) {
    const indent = indentOf(line);
    if (indent !== undefined && indent <= column) return indent === column && /^ *-(?:\s|$)/.test(line);
  }
  return false;
}

/** The column where a line's content begins; `undefined` for lines without content of their own. */
function indentOf(line: string): number | undefined {
  const indent = line.search(/[^ ]/);
  return indent === -1 || /^(?:[\r#]|\{\{|\{%|<%)/.test(line.slice(indent, indent + 2)) ? undefined : indent;
}
