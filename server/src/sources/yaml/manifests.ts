import type { Manifest } from '../../core/fragment';
import { literalValue, type Site } from '../../core/text';
import { entryOf, type MapNode, type Node } from '../../core/tree';
import { composeNodes } from './compose';
import { mayEmbed, withEmbeddedValues } from './embeddedValues';
import { unreadManifests } from './unread';

/**
 * The manifests of a chunk: every document, item of a list at the top, or item of a `List`, that tells its `kind`, and
 * those that tell none where they may lead to an install. Where the chunk can't be read, empty ones that say why.
 */
export function readManifests(chunk: string, uri: string): readonly Manifest[] {
  const composed = composeNodes(chunk, uri);
  return composed.kind === 'read'
    ? composed.nodes.flatMap(manifestsOf).map(manifest => embedded(manifest, chunk))
    : unreadManifests(chunk, uri, composed.why);
}

/**
 * The first document of a text as a manifest of no kind: the values of a chart, whose keys are the user's own. Where the
 * text can't be read, an empty one that says why.
 */
export function readValues(text: string, uri: string): Manifest {
  const composed = composeNodes(text, uri);
  const nowhere = { uri, span: { start: 0, end: 0 } };
  const empty: MapNode = { kind: 'map', entries: [], site: nowhere };
  const valuesIn = (root: MapNode): Manifest => ({
    kind: 'manifest',
    apiVersion: '',
    kindName: '',
    root,
    anchor: nowhere,
  });
  if (composed.kind === 'unread') return { ...valuesIn(empty), unread: composed.why };
  const [first] = composed.nodes;
  if (first?.kind === 'map') return valuesIn(first);
  const isEmpty = first === undefined || (first.kind === 'scalar' && first.type === 'null');
  return isEmpty ? valuesIn(empty) : { ...valuesIn(empty), unread: 'it is no map of values' };
}

/**
 * Every document of a text that is a map, whatever it is, one that tells no kind as a manifest of none. Where the text
 * can't be read, an empty one that says why.
 */
export function readDocuments(text: string, uri: string): readonly Manifest[] {
  const composed = composeNodes(text, uri);
  if (composed.kind === 'unread') {
    const named = unreadManifests(text, uri, composed.why);
    return named.length > 0 ? named : [readValues(text, uri)];
  }
  return composed.nodes.flatMap(root => (root.kind === 'map' ? embedded(documentOf(root), text) : []));
}

function documentOf(root: MapNode): Manifest {
  const kind = entryOf(root, 'kind')?.value;
  return {
    kind: 'manifest',
    apiVersion: stringOf(entryOf(root, 'apiVersion')?.value) ?? '',
    kindName: stringOf(kind) ?? '',
    root,
    anchor: (kind ?? root).site,
  };
}

const embedded = (manifest: Manifest, chunk: string): Manifest =>
  mayEmbed(chunk) ? { ...manifest, root: withEmbeddedValues(manifest, chunk) } : manifest;

function manifestsOf(node: Node): readonly Manifest[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'list') return node.items.flatMap(manifestsOf);
  const kind = entryOf(node, 'kind')?.value;
  const kindName = stringOf(kind);
  if (kind === undefined) return kindlessIn(node);
  if (!kindName) return [];
  const apiVersion = stringOf(entryOf(node, 'apiVersion')?.value) ?? '';
  return [
    { kind: 'manifest', apiVersion, kindName, root: node, anchor: kind.site },
    ...itemsOf(node, kindName),
  ];
}

/**
 * What says no kind but may lead to an install: a Chart.yaml that takes in other charts (helm pkg/chart/metadata.go), a
 * kustomization that inflates some or names images, a helmfile, and values of istiod's chart.
 */
function kindlessIn(root: MapNode): readonly Manifest[] {
  const kindOf = (key: string) => entryOf(root, key)?.value.kind;
  const manifest = (anchor: Site): readonly Manifest[] => [
    { kind: 'manifest', apiVersion: '', kindName: '', root, anchor },
  ];
  const name = entryOf(root, 'name');
  if (name !== undefined && kindOf('dependencies') === 'list') return manifest(name.value.site);
  const charts = chartLists.flatMap(list => (kindOf(list) === 'list' ? (entryOf(root, list) ?? []) : []));
  if (charts[0] !== undefined) return manifest(charts[0].keySite);
  const key = entryOf(root, kindOf('pilot') === 'map' ? 'global' : 'images');
  if (key === undefined) return [];
  return key.value.kind === (key.key === 'global' ? 'map' : 'list') ? manifest(key.keySite) : [];
}

/** The lists of charts that a kustomization (kustomize api/types/helmchartargs.go) and a helmfile have. */
const chartLists: readonly string[] = ['helmCharts', 'helmChartInflationGenerator', 'releases'];

const itemsOf = (list: MapNode, kindName: string): readonly Manifest[] => {
  const items = entryOf(list, 'items')?.value;
  return kindName.endsWith('List') && items?.kind === 'list' ? items.items.flatMap(manifestsOf) : [];
};

const stringOf = (node: Node | undefined): string | undefined =>
  node?.kind === 'scalar' ? literalValue(node.text) : undefined;
