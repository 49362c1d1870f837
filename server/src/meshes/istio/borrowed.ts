import type { ListNode, MapNode, Node } from '../../core/tree';
import { builtinTree } from './builtin';

/**
 * A tree whose values were written in another document, of which no place can be named: each of them says `because` where it
 * comes from.
 */
export function borrowed(node: Node, because: string): Node {
  const { site } = builtinTree({}, because);
  const map = (part: MapNode): MapNode => ({
    kind: 'map',
    entries: part.entries.map(({ key, value }) => ({ key, keySite: site, value: elsewhere(value) })),
    site,
  });
  const list = (part: ListNode): ListNode => ({ kind: 'list', items: part.items.map(elsewhere), site });
  const elsewhere = (part: Node): Node => {
    switch (part.kind) {
      case 'scalar':
        return { ...part, site };
      case 'map':
        return map(part);
      case 'list':
        return list(part);
    }
  };
  return elsewhere(node);
}
