import { dynamic, literal, type Site, type Text } from '../../core/text';
import type { Node } from '../../core/tree';
import type { Masked } from './mask';

/** What one reading of a chunk knows. It lives as long as the reading. */
export interface Reading {
  readonly text: string;
  readonly uri: string;
  readonly masked: Masked;
  /** Whether a template decides which parts of the text are kept. */
  readonly hasBranches: boolean;
  /** What each anchor stands for, and of how many values that consists. */
  readonly anchors: Map<string, { readonly node: Node; readonly size: number }>;
  /** How many values were made, those that aliases stand for included. */
  size: number;
  /** How many of them aliases stand for. */
  aliased: number;
  /** Where the last value ends, its quotes included. */
  end: number;
}

/** The site of a range of the chunk, cut off at its end. */
export const siteOf = (reading: Reading, start: number, end: number): Site => {
  const last = reading.text.length;
  const from = Math.min(start, last);
  return { uri: reading.uri, span: { start: from, end: Math.max(from, Math.min(end, last)) } };
};

/**
 * The text at `site`, which reads `value`: dynamic where a template expression, a shell variable or a placeholder such
 * as `<registry>` is a part of it.
 */
export function textOf(reading: Reading, site: Site, value: string): Text {
  const { start, end } = site.span;
  const expression = expressionIn(reading, start, end);
  if (expression !== undefined) return dynamic(reading.text.slice(start, end), why(expression));
  if (!value.includes('$') && !value.includes('<')) return literal(value);
  const raw = reading.text.slice(start, end);
  const unset = /\$(?:[A-Za-z_]\w*|\{[^}\n]*\}?|\([^)\n]*\)?)|<[A-Za-z][\w. /-]{0,60}>/.exec(raw);
  return unset === null ? literal(value) : dynamic(raw, why(unset[0]));
}

/** Says in plain words why the value of `expression` is not in the file. */
export function why(expression: string): string {
  const line = expression.replace(/\s+/g, ' ');
  const short = line.length > 80 ? `${line.slice(0, 79)}…` : line;
  if (/^\$\(.*\s/.test(short)) return `${short} is the output of a command`;
  if (/^\$(?!\{\{)/.test(short)) return `${short} is a variable`;
  return /^<(?!%)/.test(short) ? `\`${short}\` is a placeholder` : `\`${short}\` is filled in by a template`;
}

/** The first expression that covers a part of the range. */
function expressionIn(reading: Reading, start: number, end: number): string | undefined {
  const { holes } = reading.masked;
  let low = 0;
  let high = holes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((holes[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  for (let hole = holes[low]; hole !== undefined && hole.start < end; low += 1, hole = holes[low])
    if (hole.kind !== 'comment') return reading.text.slice(hole.start, hole.end);
  return undefined;
}
