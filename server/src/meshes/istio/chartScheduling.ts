import type { ImageUse } from '../../core/install';
import { entryOf, type MapNode, type Node, nodeAt } from '../../core/tree';
import type { Container } from './container';
import { withNodeLimits } from './nodeLimits';
import { type Range, type Version, within } from './version';

/** A value that says where pods may run, and the charts that look at it, by what they install. */
interface Heeded extends Range {
  readonly component: string;
  readonly path: readonly [below: 'own' | 'global', key: string];
}

const own = (component: string, key: string, range: Range = {}): Heeded => ({
  component,
  path: ['own', key],
  ...range,
});
const global = (component: string, key: string, range: Range = {}): Heeded => ({
  component,
  path: ['global', key],
  ...range,
});

// istio manifests/charts: istio-control/istio-discovery/templates/deployment.yaml (`_affinity.tpl` to 1.5), istio-cni and
// ztunnel/templates/daemonset.yaml, gateways/istio-{ingress,egress}/templates/deployment.yaml. The daemon sets name
// `kubernetes.io/os: linux` and no selector of the user's, as far as their charts are known here; where they are not, what
// somebody wrote is taken to count.
const heeded: readonly Heeded[] = [
  own('pilot', 'nodeSelector'),
  own('pilot', 'affinity'),
  own('pilot', 'tolerations'),
  global('pilot', 'arch', { to: 5 }),
  global('pilot', 'defaultNodeSelector', { to: 5 }),
  global('pilot', 'defaultTolerations', { to: 5 }),
  own('cni', 'affinity', { from: 17 }),
  own('cni', 'tolerations', { from: 24 }),
  own('cni', 'nodeSelector', { from: 26 }),
  own('ztunnel', 'tolerations', { from: 25 }),
  own('ztunnel', 'nodeSelector', { from: 29 }),
  own('ztunnel', 'affinity', { from: 29 }),
  own('gateways', 'nodeSelector'),
  own('gateways', 'tolerations'),
  global('gateways', 'arch'),
  global('gateways', 'defaultNodeSelector'),
  global('gateways', 'defaultTolerations'),
];

/** The keys that say where pods may run. */
export const schedulingKeys: readonly string[] = ['nodeSelector', 'affinity', 'tolerations'];

const globalKeys: readonly string[] = ['arch', 'defaultNodeSelector', 'defaultTolerations'];

/** The images of a chart with the nodes that the values keep their pods to, as far as the chart of that version heeds them. */
export function withChartLimits(
  images: readonly ImageUse[],
  spec: Node,
  containers: readonly Container[],
  version: Pick<Version, 'minor' | 'patch'>,
): readonly ImageUse[] {
  const [component] = containers.flatMap(({ values }) => values[0] ?? []);
  if (component === undefined) return images;
  return withNodeLimits(images, { spec: onlyHeeded(spec, component, version.minor), containers, version });
}

function onlyHeeded(spec: Node, component: string, minor: number): Node {
  const keys = (below: Heeded['path'][0]): readonly string[] =>
    heeded
      .filter(row => row.component === component && row.path[0] === below && within(row, minor))
      .map(({ path }) => path[1]);
  const values = nodeAt(spec, ['values']);
  if (spec.kind !== 'map' || values?.kind !== 'map') return spec;
  const part = (node: Node, all: readonly string[], counted: readonly string[]): Node =>
    node.kind === 'map'
      ? without(
          node,
          all.filter(key => !counted.includes(key)),
        )
      : node;
  const parts = (node: MapNode): MapNode =>
    mapValues(node, (key, value) => {
      if (key === 'global') return part(value, globalKeys, keys('global'));
      if (key !== component) return value;
      if (component !== 'gateways' || value.kind !== 'map') return part(value, schedulingKeys, keys('own'));
      return mapValues(value, (_, gateway) => part(gateway, schedulingKeys, keys('own')));
    });
  return mapValues(spec, (key, value) => (key === 'values' && value.kind === 'map' ? parts(value) : value));
}

const mapValues = (node: MapNode, change: (key: string, value: Node) => Node): MapNode => ({
  ...node,
  entries: node.entries.map(entry => ({ ...entry, value: change(entry.key, entry.value) })),
});

const without = (node: MapNode, keys: readonly string[]): MapNode =>
  keys.every(key => entryOf(node, key) === undefined)
    ? node
    : { ...node, entries: node.entries.filter(({ key }) => !keys.includes(key)) };
