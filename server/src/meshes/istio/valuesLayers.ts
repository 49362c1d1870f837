import { overlay } from '../../core/overlay';
import { textOf } from '../../core/text';
import type { Node, Scalar } from '../../core/tree';
import type { Piece } from './piece';
import { assignValue, parseStrvals } from './strvals';

/** Values laid over each other as Helm does, the last being the strongest: lists replace each other, and a null takes away. */
export const layered = (layers: readonly (Node | undefined)[]): Node | undefined =>
  layers.reduce<Node | undefined>(
    (below, layer) =>
      layer === undefined ? below : overlay(below, layer, { lists: 'replace', nulls: 'remove' }),
    undefined,
  );

/**
 * The values with one more, at a path as Helm's `--set` writes it; unchanged where that path can't be read. The value is a
 * text of its own, in which a comma means nothing.
 */
export function withValueAt(values: Node | undefined, name: Piece, value: Scalar): Node | undefined {
  if (name.text.kind !== 'literal') return values;
  const path = parseStrvals({ ...name, ...pieceWith(name, '=') }, 'set')?.[0]?.path;
  if (path === undefined) return values;
  return assignValue(values, { path, pathSite: name.site, value: { ...value, type: 'string' } });
}

function pieceWith({ text, traced, site }: Piece, ending: string): Pick<Piece, 'text' | 'traced'> {
  const raw = textOf(text) + ending;
  const last = { length: ending.length, site, exact: false };
  return { text: { kind: 'literal', value: raw }, traced: { raw, stretches: [...traced.stretches, last] } };
}
