import { type Word, wordOf } from '../../core/fragment';
import { dynamic, literal, type Text, textOf } from '../../core/text';
import { sliceTraced } from '../../core/traced';

/** A word of a command line or a part of one, with the place that it is written at. */
export type Piece = Word;

/** The part of a piece from `start` to `end`, counted in its own text. */
export const slice = (piece: Piece, start: number, end = textOf(piece.text).length): Piece =>
  wordOf(sliceTraced(piece.traced, start, end));

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
