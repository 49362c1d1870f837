import { wordOf } from '../../core/fragment';
import { tracedAt, tracedUnknown } from '../../core/traced';
import { type Node, nodeAt, type Scalar } from '../../core/tree';
import type { Piece } from './piece';

/** The scalar at a path as a text that can be taken apart; `undefined` where there is none, or nothing in it. */
export function pieceAt(node: Node | undefined, path: readonly string[]): Piece | undefined {
  const scalar = nodeAt(node, path);
  return scalar?.kind === 'scalar' ? pieceOf(scalar) : undefined;
}

/** A scalar as such a text. */
export function pieceOf({ text, type, site }: Scalar): Piece | undefined {
  if (type === 'null') return undefined;
  if (text.kind === 'dynamic') return wordOf(tracedUnknown(text.raw, site, text.why));
  return text.value === '' ? undefined : wordOf(tracedAt(text.value, site));
}
