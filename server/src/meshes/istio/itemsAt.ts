import { type Node, nodeAt } from '../../core/tree';

/** The items of the list at a path; none where there is no list. */
export function itemsAt(node: Node | undefined, path: readonly string[]): readonly Node[] {
  const list = nodeAt(node, path);
  return list?.kind === 'list' ? list.items : [];
}
