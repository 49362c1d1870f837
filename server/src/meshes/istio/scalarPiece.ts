import { wordOf } from '../../core/fragment';
import { tracedAt, tracedUnknown } from '../../core/traced';
import { type Node, nodeAt } from '../../core/tree';
import type { Piece } from './piece';

/** The scalar at a path as a text that can be taken apart; `undefined` where there is none, or nothing in it. */
export function pieceAt(node: Node | undefined, path: readonly string[]): Piece | undefined {
  const scalar = nodeAt(node, path);
  if (scalar?.kind !== 'scalar' || scalar.type === 'null') return undefined;
  const { text, site } = scalar;
  if (text.kind === 'dynamic') return wordOf(tracedUnknown(text.raw, site, text.why));
  return text.value === '' ? undefined : wordOf(tracedAt(text.value, site));
}
