import type { Traced } from '../../core/traced';
import { afterBlanks, beforeBlanks, firstLineOf, type Line, lineAt } from '../makefile/lines';
import { piecesOf } from '../makefile/pieces';

/** A here-document of an instruction: its delimiter, and its text without the delimiter's line. */
export interface HereDocument {
  readonly delimiter: string;
  readonly text: Traced;
}

/** One instruction: its name in capitals, and all that stands after it, without comments and line continuations. */
export interface Instruction {
  readonly name: string;
  readonly text: Traced;
  readonly documents: readonly HereDocument[];
}

/**
 * The instructions of a Dockerfile (docs.docker.com/reference/dockerfile). A backslash at the end of a line stays, for
 * the shell reads it the same way; another escape character, which a directive may name, is left out with the line end.
 */
export function* instructionsOf(text: string, uri: string): Generator<Instruction> {
  const escapeCharacter = escapeOf(text);
  for (let at = firstLineOf(text); at < text.length; ) {
    const line = lineAt(text, at);
    const start = afterBlanks(text, line.start, line.end);
    const name = /^[A-Za-z]{1,20}(?=[ \t]|$)/.exec(text.slice(start, Math.min(line.end, start + 22)))?.[0];
    if (name === undefined) {
      at = line.next;
      continue;
    }
    const body = bodyOf(
      text,
      uri,
      { ...line, start: afterBlanks(text, start + name.length, line.end) },
      escapeCharacter,
    );
    const { documents, next } = documentsOf(text, uri, name, body.text.raw, body.next);
    yield { name: name.toUpperCase(), text: body.text, documents };
    at = next;
  }
}

/** The escape character: that of the directive `# escape=`, which stands before all else, or a backslash. */
function escapeOf(text: string): string {
  for (let at = firstLineOf(text); at < text.length; ) {
    const line = lineAt(text, at);
    const found = /^[ \t]*#[ \t]*(\w{1,20})[ \t]*=[ \t]*(\S)/.exec(text.slice(line.start, line.start + 100));
    if (found === null) break;
    if (found[1]?.toLowerCase() === 'escape') return found[2] === '`' ? '`' : '\\';
    at = line.next;
  }
  return '\\';
}

function bodyOf(
  text: string,
  uri: string,
  first: Line,
  escapeCharacter: string,
): { readonly text: Traced; readonly next: number } {
  const pieces = piecesOf(text, uri);
  let line = first;
  for (;;) {
    const end = beforeBlanks(text, line.start, line.end);
    const goesOn = end > line.start && text[end - 1] === escapeCharacter;
    pieces.keep(line.start, goesOn && escapeCharacter !== '\\' ? end - 1 : end);
    if (!goesOn || line.next >= text.length) return { text: pieces.done(), next: line.next };
    if (escapeCharacter === '\\') pieces.keep(line.next - 1, line.next);
    line = lineAt(text, line.next);
    // Comments and empty lines between continued lines are no part of the instruction.
    while (isPassedOver(text, line)) {
      if (line.next >= text.length) return { text: pieces.done(), next: line.next };
      line = lineAt(text, line.next);
    }
  }
}

function isPassedOver(text: string, { start, end }: Line): boolean {
  const at = afterBlanks(text, start, end);
  return at >= end || text[at] === '#';
}

/** The here-documents that an instruction asks for, which begin at `from`. */
function documentsOf(
  text: string,
  uri: string,
  name: string,
  body: string,
  from: number,
): { readonly documents: readonly HereDocument[]; readonly next: number } {
  const documents: HereDocument[] = [];
  let next = from;
  if (!/^(?:RUN|COPY|ADD)$/i.test(name)) return { documents, next };
  for (const [, dash, quoted, plain] of body.matchAll(/(?<![<\w])<<(-?)(?:["'](\w{1,80})["']|(\w{1,80}))/g)) {
    const delimiter = quoted ?? plain ?? '';
    const pieces = piecesOf(text, uri);
    while (next < text.length) {
      const line = lineAt(text, next);
      next = line.next;
      const start = dash === '-' ? afterTabs(text, line.start, line.end) : line.start;
      if (text.slice(start, Math.min(line.end, start + 100)) === delimiter) break;
      pieces.keep(start, line.end);
      if (line.next > line.end) pieces.keep(line.next - 1, line.next);
    }
    documents.push({ delimiter, text: pieces.done() });
  }
  return { documents, next };
}

function afterTabs(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text[at] === '\t') at += 1;
  return at;
}
