/** One line of a text in UTF-16 units: `end` is where its line end (LF or CRLF) begins, `next` where the next line does. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The line that begins at `start`; the last one of a text has no line end. */
export function lineAt(text: string, start: number): Line {
  const newline = text.indexOf('\n', start);
  if (newline === -1) return { start, end: text.length, next: text.length };
  const end = newline > start && text[newline - 1] === '\r' ? newline - 1 : newline;
  return { start, end, next: newline + 1 };
}

/** Where the first line of a text begins: after its byte order mark, if it has one. */
export const firstLineOf = (text: string): number => (text.startsWith('\uFEFF') ? 1 : 0);

/** The first unit from `from` on, and before `end`, that is neither a space nor a tab; `end` where there is none. */
export function afterBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at += 1;
  return at;
}

/** Where the part of a text from `from` to `end` stops but for the spaces and tabs at its end. */
export function beforeBlanks(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && (text[at - 1] === ' ' || text[at - 1] === '\t')) at -= 1;
  return at;
}
