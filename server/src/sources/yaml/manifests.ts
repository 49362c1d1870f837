import type { Manifest } from '../../core/fragment';
import { literalValue } from '../../core/text';
import { entryOf, type MapNode, type Node } from '../../core/tree';
import { composeNodes } from './compose';
import { unreadManifests } from './unread';

/**
 * The manifests of a chunk: every document, item of a list at the top, or item of a `List`, that tells its `kind`. Where
 * the chunk can't be read, empty ones that say why.
 */
export function readManifests(chunk: string, uri: string): readonly Manifest[] {
  const composed = composeNodes(chunk, uri);
  return composed.kind === 'read'
    ? composed.nodes.flatMap(manifestsOf)
    : unreadManifests(chunk, uri, composed.why);
}

function manifestsOf(node: Node): readonly Manifest[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'list') return node.items.flatMap(manifestsOf);
  const kind = entryOf(node, 'kind')?.value;
  const kindName = stringOf(kind);
  if (kind === undefined || !kindName) return [];
  const apiVersion = stringOf(entryOf(node, 'apiVersion')?.value) ?? '';
  return [
    { kind: 'manifest', apiVersion, kindName, root: node, anchor: kind.site },
    ...itemsOf(node, kindName),
  ];
}

const itemsOf = (list: MapNode, kindName: string): readonly Manifest[] => {
  const items = entryOf(list, 'items')?.value;
  return kindName.endsWith('List') && items?.kind === 'list' ? items.items.flatMap(manifestsOf) : [];
};

const stringOf = (node: Node | undefined): string | undefined =>
  node?.kind === 'scalar' ? literalValue(node.text) : undefined;
