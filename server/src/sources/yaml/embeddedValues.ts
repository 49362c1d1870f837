import type { Manifest } from '../../core/fragment';
import type { MapNode, Node, Scalar } from '../../core/tree';
import { scalarTraced } from '../ci/scalarTraced';
import { readTracedValues } from './traced';

/** Where a resource has texts that are YAML themselves: keys that lead to them, and whether a key's value is such a text. */
interface Embedding {
  readonly holds: (manifest: Pick<Manifest, 'apiVersion' | 'kindName'>) => boolean;
  readonly leads: RegExp;
  readonly isText: (key: string, above: string | undefined) => boolean;
  /** Whether such a text is taken for YAML; absent where all are. */
  readonly isYaml?: (text: string) => boolean;
}

const proxyConfig = 'proxy.istio.io/config';

const embeddings: readonly Embedding[] = [
  // An ApplicationSet has its sources at `spec.template.spec.sources[]`.
  {
    holds: ({ apiVersion }) => apiVersion.startsWith('argoproj.io/'),
    leads: /^(?:spec|template|sources?|helm)$/,
    isText: (key, above) => key === 'values' && above === 'helm',
  },
  // A CronJob has its pods at `spec.jobTemplate.spec.template`.
  {
    holds: () => true,
    leads: /^(?:spec|jobTemplate|template|metadata|annotations)$/,
    isText: key => key === proxyConfig,
  },
  {
    holds: ({ kindName }) => kindName === 'ConfigMap',
    leads: /^data$/,
    isText: (_, above) => above === 'data',
  },
  // The patches of `components.*.k8s.overlays` (istio operator/pkg/tpath/tree.go tryToUnmarshalStringToYAML).
  {
    holds: ({ kindName }) => kindName === 'IstioOperator',
    leads: /^(?:spec|components|\w+Gateways|pilot|cni|ztunnel|policy|telemetry|k8s|overlays|patches)$/,
    isText: (key, above) => key === 'value' && above === 'patches',
    isYaml: text => text.includes(text.includes('\n') ? ':' : ': ') && !isJson(text),
  },
];

/** Whether a chunk may hold such a text, by plain searches. */
export const mayEmbed = (chunk: string): boolean =>
  ['argoproj.io', proxyConfig, 'ConfigMap', 'overlays'].some(word => chunk.includes(word));

/**
 * The tree of a resource in which texts are read that are YAML themselves: `helm.values` of Argo CD, the data of a ConfigMap,
 * the annotation `proxy.istio.io/config`, the patches of an IstioOperator. Their maps stand where the texts did, at the places that they are written at.
 */
export const withEmbeddedValues = (
  manifest: Pick<Manifest, 'apiVersion' | 'kindName' | 'root'>,
  chunk: string,
) =>
  embeddings
    .filter(({ holds }) => holds(manifest))
    .reduce((root, embedding) => mapped(root, undefined, { embedding, chunk }, deepest), manifest.root);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // A text that is no JSON may still be YAML.
    return false;
  }
}

const deepest = 10;

interface Reading {
  readonly embedding: Embedding;
  readonly chunk: string;
}

function mapped(map: MapNode, above: string | undefined, reading: Reading, depth: number): MapNode {
  const { isText, leads } = reading.embedding;
  const entries = map.entries.map(entry => {
    const { key, value } = entry;
    if (value.kind === 'scalar')
      return isText(key, above) ? { ...entry, value: readText(value, reading) } : entry;
    return depth > 0 && leads.test(key) ? { ...entry, value: below(value, key, reading, depth - 1) } : entry;
  });
  return { ...map, entries };
}

function below(node: Node, key: string, reading: Reading, depth: number): Node {
  if (node.kind === 'map') return mapped(node, key, reading, depth);
  if (node.kind === 'list')
    return { ...node, items: node.items.map(item => below(item, key, reading, depth)) };
  return node;
}

/** The map that a text holds; the text itself where it holds none. */
function readText(scalar: Scalar, { embedding: { isYaml }, chunk }: Reading): Node {
  if (scalar.type !== 'string' || scalar.text.kind !== 'literal') return scalar;
  if (isYaml?.(scalar.text.value) === false) return scalar;
  const { root, unread } = readTracedValues(scalarTraced(chunk, scalar));
  return unread === undefined ? { ...root, site: scalar.site } : scalar;
}
