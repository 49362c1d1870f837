import type { Span } from '../../core/text';

/** A here-document: `content` is its lines, `end` where the word that ends it has ended. */
export interface Heredoc {
  readonly start: number;
  readonly end: number;
  readonly content: Span;
  readonly isFlush: boolean;
}

/**
 * Finds the here-document whose `<<` stands at a place; `undefined` where none is opened, or
 * where no line ends it (it is half typed then, and the lines are read as what they are). Places must be asked for in order.
 */
export function terminatorsOf(text: string): (at: number) => Heredoc | undefined {
  let ends: ReadonlyMap<string, number[]> | undefined;
  return at => {
    opening.lastIndex = at;
    const [opened, dash, name = ''] = opening.exec(text) ?? [];
    if (opened === undefined) return undefined;
    const start = at + opened.length;
    ends ??= wordLines(text);
    const places = ends.get(name);
    while (places !== undefined && (places.at(-1) ?? start) < start) places.pop();
    const place = places?.at(-1);
    if (place === undefined) return undefined;
    const lineStart = text.lastIndexOf('\n', place - 1) + 1;
    return {
      start: at,
      end: place + name.length,
      content: { start, end: Math.max(start, lineStart) },
      isFlush: dash === '-',
    };
  };
}

const opening = /<<(-?)([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?\n/uy;

/** Where each word stands that is all of its line, the last place first. */
function wordLines(text: string): ReadonlyMap<string, number[]> {
  const lines = new Map<string, number[]>();
  for (const { 1: lead = '', 2: name = '', index } of text.matchAll(
    /(?<![^\n])([ \t]*)([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?(?![^\n])/gu,
  )) {
    const places = lines.get(name);
    if (places === undefined) lines.set(name, [index + lead.length]);
    else places.push(index + lead.length);
  }
  for (const places of lines.values()) places.reverse();
  return lines;
}
