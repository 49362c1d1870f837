import type { Word } from '../../core/fragment';
import { dynamic, literal, type Site, type Text, textOf } from '../../core/text';

/** A word of a command line or a part of one, with the place that it is written at. */
export type Piece = Word;

/** What shells and templates put where a value is filled in later. */
const placeholder = /\$|`|\{\{|<\(|%[A-Za-z_]\w*%/;

/**
 * The part of a piece from `start` to `end`, counted in its own text. What holds no placeholder is literal, also when
 * other parts of the word are not.
 */
export function slice(piece: Piece, start: number, end = textOf(piece.text).length): Piece {
  const raw = textOf(piece.text);
  const part = raw.slice(start, end);
  return { text: partText(piece.text, part), site: sliceSite(piece.site, raw.length, start, end) };
}

function partText(text: Text, part: string): Text {
  if (text.kind === 'literal') return literal(part);
  return placeholder.test(part) || !placeholder.test(text.raw) ? dynamic(part, text.why) : literal(part);
}

/**
 * Where a part stands. In `tag="1.14.1"` the word is two quotes longer than its text; the part up to the end is then
 * what the quotes enclose. Where quotes or escapes hide the exact place, the whole word stands for the part.
 */
function sliceSite({ uri, span }: Site, length: number, start: number, end: number): Site {
  const hidden = span.end - span.start - length;
  if (hidden === 0) return { uri, span: { start: span.start + start, end: span.start + end } };
  if (hidden === 2 && end === length && start > 0)
    return { uri, span: { start: span.end - 1 - (end - start), end: span.end - 1 } };
  return { uri, span };
}

/** The parts of a piece between commas. */
export function splitAtCommas(piece: Piece): readonly Piece[] {
  let at = 0;
  return textOf(piece.text)
    .split(',')
    .map(part => {
      const start = at;
      at += part.length + 1;
      return slice(piece, start, start + part.length);
    });
}

/** Texts put together; dynamic if one of them is. */
export function joined(texts: readonly Text[]): Text {
  const raw = texts.map(textOf).join('');
  const unknown = texts.find(text => text.kind === 'dynamic');
  return unknown?.kind === 'dynamic' ? dynamic(raw, unknown.why) : literal(raw);
}
