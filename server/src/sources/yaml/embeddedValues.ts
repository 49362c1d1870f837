import { entryOf, type MapNode, type Node } from '../../core/tree';
import { scalarTraced } from '../ci/scalarTraced';
import { readTracedValues } from './traced';

/**
 * The tree of a resource of Argo CD in which the text of `helm.values`, which is YAML itself, is read: its map stands where
 * the text did, at the places that it is written at.
 */
export function withEmbeddedValues(root: MapNode, chunk: string): MapNode {
  return mapped(root, chunk, deepest);
}

/** An ApplicationSet has its sources at `spec.template.spec.sources[]`. */
const deepest = 8;

function mapped(map: MapNode, chunk: string, depth: number): MapNode {
  const entries = map.entries.map(entry => {
    const { key, value } = entry;
    if (key === 'helm' && value.kind === 'map') return { ...entry, value: withValues(value, chunk) };
    if (value.kind === 'scalar' || depth === 0 || !leading.has(key)) return entry;
    return { ...entry, value: below(value, chunk, depth - 1) };
  });
  return { ...map, entries };
}

const leading: ReadonlySet<string> = new Set(['spec', 'template', 'source', 'sources']);

function below(node: Node, chunk: string, depth: number): Node {
  if (node.kind === 'map') return mapped(node, chunk, depth);
  if (node.kind === 'list') return { ...node, items: node.items.map(item => below(item, chunk, depth)) };
  return node;
}

function withValues(helm: MapNode, chunk: string): MapNode {
  const values = entryOf(helm, 'values')?.value;
  if (values?.kind !== 'scalar' || values.type !== 'string' || values.text.kind !== 'literal') return helm;
  const { root, unread } = readTracedValues(scalarTraced(chunk, values));
  if (unread !== undefined) return helm;
  const own: MapNode = { ...root, site: values.site };
  return {
    ...helm,
    entries: helm.entries.map(entry => (entry.key === 'values' ? { ...entry, value: own } : entry)),
  };
}
