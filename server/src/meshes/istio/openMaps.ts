import type { Gap } from '../../core/install';
import { type MapNode, type Node, nodeAt } from '../../core/tree';

/** The maps of a spec whose keys decide about images; `*` stands for every key. */
interface Shape {
  readonly [key: string]: Shape;
}

const workload: Shape = {};
const values: Shape = {
  global: { proxy: {}, proxy_init: {} },
  pilot: workload,
  cni: workload,
  ztunnel: workload,
  gateways: { '*': workload },
};
const specShape: Shape = { components: { '*': workload }, values, unvalidatedValues: values };

/**
 * Gaps for the maps of an IstioOperator that a template fills in, wholly or by a line of its own: a hub or a tag may come
 * from there. What is written out beside it still counts.
 */
export const openMapGaps = (root: MapNode): readonly Gap[] => openMaps(nodeAt(root, ['spec']), specShape);

function openMaps(node: Node | undefined, shape: Shape): readonly Gap[] {
  if (node?.kind === 'scalar')
    return node.text.kind === 'literal'
      ? []
      : [{ what: 'values', why: `a hub or a tag may come from here: ${node.text.why}`, site: node.site }];
  if (node?.kind !== 'map') return [];
  return node.entries.flatMap(({ key, value }) => {
    const below = shape[key] ?? shape['*'];
    const filledIn = below === undefined && isExpression(key);
    return below !== undefined || filledIn ? openMaps(value, below ?? {}) : [];
  });
}

/** Whether a key is no name, but an expression or a merge that brings keys of its own. */
const isExpression = (key: string): boolean => key === '<<' || /^(\{\{|\{%|\$\{|<%)/.test(key);
