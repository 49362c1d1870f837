import { joinTraced, type Traced } from '../../core/traced';
import type { Scalar } from '../../core/tree';
import { blockHeader, blockTraced } from './blockTraced';
import { doubleEscape } from './doubleEscape';
import { asWritten, readAs } from './tracedParts';

/**
 * The value of a YAML scalar, and where each unit of it is written: quotes, escapes, folded lines and indentation are
 * taken away (YAML 1.2.2 sections 7.3 and 8.1). `text` is the chunk that the scalar's site is counted in. Blank lines at
 * the end of a block are left out.
 */
export function scalarTraced(text: string, { site }: Pick<Scalar, 'site'>): Traced {
  const { uri, span } = site;
  const { start, end } = span;
  const quote = text[start - 1];
  if (quote === '"') return flowTraced(text, uri, start, end, /[\\\n]/g);
  if (quote === "'") return flowTraced(text, uri, start, end, /''|\n/g);
  const header = blockHeader(text, start);
  if (header !== undefined) return blockTraced(text, uri, header, end);
  return flowTraced(text, uri, start, end, /\n/g);
}

/** A plain or quoted scalar; `special` finds what is not read as it is written. */
function flowTraced(text: string, uri: string, start: number, end: number, special: RegExp): Traced {
  const parts: Traced[] = [];
  let at = start;
  special.lastIndex = start;
  for (let match = special.exec(text); match !== null && match.index < end; match = special.exec(text)) {
    const part =
      match[0] === '\n'
        ? fold(text, at, match.index, end)
        : match[0] === "''"
          ? { from: match.index, to: match.index + 2, value: "'" }
          : { from: match.index, ...doubleEscape(text, match.index, end) };
    if (part.from > at) parts.push(asWritten(text, uri, at, part.from));
    parts.push(readAs(part.value, uri, part.from, part.to));
    at = part.to;
    special.lastIndex = at;
  }
  if (at < end || parts.length === 0) parts.push(asWritten(text, uri, at, end));
  return joinTraced(parts);
}

/** One line end reads as a blank, several as all but the first; the blanks around them do not count. */
function fold(
  text: string,
  low: number,
  newline: number,
  high: number,
): { readonly from: number; readonly to: number; readonly value: string } {
  let from = newline;
  while (from > low && /[ \t\r]/.test(text.charAt(from - 1))) from -= 1;
  let to = newline;
  let lines = 0;
  for (; to < high && /[ \t\r\n]/.test(text.charAt(to)); to += 1) if (text[to] === '\n') lines += 1;
  return { from, to, value: lines > 1 ? '\n'.repeat(lines - 1) : ' ' };
}
