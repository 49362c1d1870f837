import { plainType } from './scalarType';
import { mayHaveHoles } from './templates';

/**
 * An edit of one value: the text `old` that began at `start` (UTF-16 units from the chunk's start) is now `text`. Neither
 * is empty, and the quotes of a quoted value are no part of them.
 */
export interface Change {
  readonly start: number;
  readonly old: string;
  readonly text: string;
  readonly isQuoted: boolean;
}

/**
 * What an edit changed, where it turned one simple value into another, so that every other token stays what it was:
 * judged by the line alone, so that it may still be a part of a longer value. `undefined` in every other case.
 */
export function findChange(before: string, after: string): Change | undefined {
  const { start, end, by } = difference(before, after);
  let from = start;
  while (from > 0 && isOfWord(before, from - 1)) from -= 1;
  let to = end;
  while (isOfWord(before, to)) to += 1;
  const old = before.slice(from, to);
  const text = after.slice(from, to + by);
  if (!isWord(old) || !isWord(text)) return undefined;

  const lead = leading.exec(before.slice(before.lastIndexOf('\n', from) + 1, from));
  const quote = lead?.[1] ?? '';
  if (lead === null || !before.startsWith(quote, to)) return undefined;

  const isQuoted = quote !== '';
  const isSimple = isQuoted || (isPlainWord(old) && isPlainWord(text));
  const isFit = isSimple && !mayHaveHoles(before) && !mayHaveProperties(before);
  return isFit ? { start: from, old, text, isQuoted } : undefined;
}

/** Where texts differ: from `start` to `end` of the first; what follows is in the second, `by` units further on. */
function difference(before: string, after: string): { start: number; end: number; by: number } {
  const by = after.length - before.length;
  const longest = Math.min(before.length, after.length);
  const start = largest(0, longest, (known, size) => before.slice(known, size) === after.slice(known, size));
  const same = (known: number, size: number): boolean =>
    before.slice(before.length - size, before.length - known) ===
    after.slice(after.length - size, after.length - known);
  return { start, end: before.length - largest(0, longest - start, same), by };
}

/**
 * The largest size up to `high` that `holds`, by halving: comparing whole slices is far quicker than comparing units one
 * by one. `known` is a smaller size that holds.
 */
function largest(low: number, high: number, holds: (known: number, size: number) => boolean): number {
  let [known, limit] = [low, high];
  while (known < limit) {
    const size = Math.ceil((known + limit) / 2);
    if (holds(known, size)) known = size;
    else limit = size - 1;
  }
  return known;
}

const isOfWord = (text: string, at: number): boolean => /[\w./:@+-]/.test(text.charAt(at));

/** Within quotes, nothing in it can mean anything else. */
const isWord = (text: string): boolean => /^[\w./:@+-]+$/.test(text);

/** Nor without quotes; but `//` begins a comment in JSON, and null may count as no value (see `mergeInto`). */
const isPlainWord = (text: string): boolean =>
  /^(?!\/\/)[A-Za-z0-9/][\w./@+-]*(?::[\w./@+-]+)*$/.test(text) && plainType(text) !== 'null';

/** A colon or dashes, perhaps with a quote behind them. */
const leading = /(?:^[ \t]*(?:- +)+|:[ \t]*)(["']?)$/;

/**
 * Tags and anchors, which may stand lines above the value that they belong to. A tag tells the value's type, and with an
 * anchor the value may be a key somewhere else.
 */
const mayHaveProperties = (text: string): boolean => /(?:^|[\s,:[\]{}"'])[&!]/.test(text);
