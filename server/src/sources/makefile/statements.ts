import type { Traced } from '../../core/traced';
import { afterBlanks, beforeBlanks, firstLineOf, type Line, lineAt } from './lines';
import { type Pieces, piecesOf } from './pieces';

/**
 * A line of a makefile with those it goes on in: a line of a recipe as the shell gets it, the text between `define` and
 * `endef`, or any other, without its comment.
 */
export interface Statement {
  readonly kind: 'recipe' | 'line' | 'define';
  readonly text: Traced;
  /** What stands after the word `define`. */
  readonly head?: Traced;
}

/** The statements of a makefile in order (GNU make manual, 3.1 and 5.1). */
export function* statementsOf(text: string, uri: string): Generator<Statement> {
  let prefix = '\t';
  for (let at = firstLineOf(text); at < text.length; ) {
    const line = lineAt(text, at);
    if (text[line.start] === prefix) {
      const { pieces, next } = recipeLine(text, uri, line, prefix);
      yield { kind: 'recipe', text: pieces.done() };
      at = next;
      continue;
    }
    if (line.start === line.end) {
      at = line.next;
      continue;
    }
    const { text: joined, next } = joinedLine(text, uri, line);
    const head = /^\s*(?:(?:override|export|private)\s+)?define\b/.exec(joined.raw.slice(0, 200));
    if (head !== null) {
      const body = definition(text, uri, next);
      yield { kind: 'define', text: body.text, head: joined };
      at = body.next;
      continue;
    }
    prefix = /^\s*\.RECIPEPREFIX\s*:?=\s*(\S?)/.exec(joined.raw.slice(0, 100))?.[1] ?? prefix;
    if (prefix === '') prefix = '\t';
    yield { kind: 'line', text: joined };
    at = next;
  }
}

/** A line of a recipe: a backslash and the line end after it stay, for the shell reads them the same way. */
function recipeLine(
  text: string,
  uri: string,
  first: Line,
  prefix: string,
): { pieces: Pieces; next: number } {
  const pieces = piecesOf(text, uri);
  for (let line = first; ; line = lineAt(text, line.next)) {
    pieces.keep(text[line.start] === prefix ? line.start + 1 : line.start, line.end);
    if (!isContinued(text, line) || line.next >= text.length) return { pieces, next: line.next };
    pieces.keep(line.next - 1, line.next);
  }
}

/** Any other line: a backslash, the line end and the blanks around them become one space. */
function joinedLine(text: string, uri: string, first: Line): { text: Traced; next: number } {
  const pieces = piecesOf(text, uri);
  for (let line = first; ; line = lineAt(text, line.next)) {
    const start = line === first ? line.start : afterBlanks(text, line.start, line.end);
    const comment = commentIn(text, start, line.end);
    const goesOn = isContinued(text, line) && line.next < text.length;
    const end = comment ?? (goesOn ? line.end - 1 : line.end);
    const last = beforeBlanks(text, start, end);
    pieces.keep(start, last);
    if (!goesOn) return { text: pieces.done(), next: line.next };
    pieces.put(' ', last, line.next);
    // A comment goes on as well.
    if (comment !== undefined) return { text: pieces.done(), next: afterComment(text, line) };
  }
}

function afterComment(text: string, first: Line): number {
  let line = first;
  while (isContinued(text, line) && line.next < text.length) line = lineAt(text, line.next);
  return line.next;
}

function definition(text: string, uri: string, from: number): { text: Traced; next: number } {
  const pieces = piecesOf(text, uri);
  let depth = 1;
  let at = from;
  while (at < text.length) {
    const line = lineAt(text, at);
    const start = text.slice(line.start, Math.min(line.end, line.start + 200));
    at = line.next;
    if (/^\s*endef\b/.test(start)) depth -= 1;
    else if (/^\s*(?:(?:override|export|private)\s+)?define\b/.test(start)) depth += 1;
    if (depth === 0) break;
    pieces.keep(line.start, line.end);
    if (line.next > line.end) pieces.keep(line.next - 1, line.next);
  }
  return { text: pieces.done(), next: at };
}

/** Whether a line ends in an odd number of backslashes. */
function isContinued(text: string, { start, end }: Line): boolean {
  let at = end;
  while (at > start && text[at - 1] === '\\') at -= 1;
  return (end - at) % 2 === 1;
}

/** Where a comment begins: at the first `#` without a backslash before it. */
function commentIn(text: string, start: number, end: number): number | undefined {
  const line = text.slice(start, end);
  for (let at = line.indexOf('#'); at !== -1; at = line.indexOf('#', at + 1))
    if (at === 0 || line[at - 1] !== '\\') return start + at;
  return undefined;
}
