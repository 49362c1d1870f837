import { afterBlanks, beforeBlanks, type Line } from '../makefile/lines';

/** What stands before the text of a line: `>` marks, the columns of blanks and list markers after them. */
export interface Prefix {
  /** Where the text begins. */
  readonly at: number;
  readonly quotes: number;
  /** Columns between the last `>` (and the blank after it) and the text; a tab counts up to the next multiple of four. */
  readonly indent: number;
  /** Whether a list marker stands there. */
  readonly listed: boolean;
}

/** A run of at least three backticks or tildes at the start of a line, and what stands after it. */
export interface Mark {
  readonly prefix: Prefix;
  readonly unit: string;
  readonly length: number;
  readonly info: string;
}

/** Reads the block quote and list markers of a line (CommonMark 0.31.2 sections 5.1 and 5.2). */
export function prefixOf(text: string, { start, end }: Line): Prefix {
  let at = start;
  let quotes = 0;
  let indent = 0;
  let listed = false;
  for (; at < end; at += 1) {
    const unit = text[at];
    if (unit === ' ') indent += 1;
    else if (unit === '\t') indent += 4 - (indent % 4);
    else if (unit === '>' && !listed) {
      quotes += 1;
      indent = 0;
      if (text[at + 1] === ' ') at += 1;
    } else {
      const marker = /^(?:[-*+]|\d{1,9}[.)])(?=[ \t])/.exec(text.slice(at, Math.min(end, at + 12)));
      if (marker === null) break;
      listed = true;
      indent += marker[0].length;
      at += marker[0].length - 1;
    }
  }
  return { at, quotes, indent, listed };
}

/** The fence that a line may open or close; a backtick fence has no backtick in its info string (section 4.5). */
export function markAt(text: string, line: Line): Mark | undefined {
  const prefix = prefixOf(text, line);
  const unit = text[prefix.at];
  if (unit !== '`' && unit !== '~') return undefined;
  let at = prefix.at;
  while (at < line.end && text[at] === unit) at += 1;
  const length = at - prefix.at;
  if (length < 3) return undefined;
  const from = afterBlanks(text, at, line.end);
  const info = text.slice(from, beforeBlanks(text, from, line.end));
  return unit === '`' && info.includes('`') ? undefined : { prefix, unit, length, info };
}

/**
 * Where the text of a line within a block begins: without the block's `>` marks, and without as many columns of blanks
 * as stand before the block. `undefined` where the block quote has ended.
 */
export function withoutPrefix(text: string, { start, end }: Line, outer: Prefix): number | undefined {
  let at = start;
  for (let left = outer.quotes; left > 0; left -= 1) {
    at = afterBlanks(text, at, end);
    if (text[at] !== '>' || at >= end) return undefined;
    at += 1;
    if (at < end && text[at] === ' ') at += 1;
  }
  for (let column = 0; at < end && column < outer.indent; at += 1) {
    if (text[at] === ' ') column += 1;
    else if (text[at] === '\t') column += 4 - (column % 4);
    else break;
  }
  return at;
}
