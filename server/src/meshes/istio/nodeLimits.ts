import type { ImageUse, NodeLimit, Setting } from '../../core/install';
import { literalValue, textOf } from '../../core/text';
import { type Node, nodeAt } from '../../core/tree';
import { originOf } from './builtin';
import { chartArchitectures, readsArchitectures, type WorkloadKind } from './chartArchitectures';
import type { Container } from './container';
import { affinityArchitectures } from './nodeAffinity';
import { patchAt } from './patches';
import { firstAt, type Path, settingAt, valuePaths } from './settings';
import type { Version } from './version';

/** What decides where the pods of an install may run. */
export interface Placing {
  readonly spec: Node;
  readonly containers: readonly Container[];
  readonly version: Pick<Version, 'minor' | 'patch'>;
}

/** The labels of a node that tell its architecture. */
const architectureLabels: readonly string[] = ['kubernetes.io/arch', 'beta.kubernetes.io/arch'];

/**
 * The images with the nodes that their pods are kept to: by a nodeSelector, by required node affinity, by
 * `values.global.arch`, or by the charts of that version (istio operator/pkg/translate/translate.go OverlayK8sSettings;
 * manifests/charts `_affinity.tpl`). An injected sidecar follows the pod that it is in; it is bound with the install only
 * where the user binds every other pod.
 */
export function withNodeLimits(images: readonly ImageUse[], placing: Placing): readonly ImageUse[] {
  const { spec, containers } = placing;
  const containerOf = new Map(containers.toReversed().map(container => [container.workload, container]));
  const shared = sharedLimits(placing);
  const placed = images.map(use => {
    if (use.when === 'injection') return use;
    const container = containerOf.get(use.workload);
    const nodes = together(limitsOf(use.workload, container, spec, shared), container, spec);
    return nodes === undefined ? use : { ...use, nodes };
  });
  const installed = placed.filter(({ when }) => when === 'install');
  const limits = installed.flatMap(({ nodes }) => (nodes?.site === undefined ? [] : [nodes]));
  const [first] = limits;
  if (first === undefined || limits.length < installed.length) return placed;
  const architectures = common(limits);
  const all: NodeLimit = { ...first, architectures, by: `${first.by}, like every pod of this install` };
  return placed.map(use => (use.when === 'injection' ? { ...use, nodes: all } : use));
}

/** What holds for every workload, found once. */
interface SharedLimits {
  readonly byDefault: NodeLimit | undefined;
  readonly byChart: (kind: WorkloadKind) => NodeLimit | undefined;
  readonly minor: number;
}

function sharedLimits(placing: Placing): SharedLimits {
  const known = new Map<WorkloadKind, NodeLimit | undefined>();
  const selectors = valuePaths('global', 'defaultNodeSelector').map(
    path => ['values.global.defaultNodeSelector', nodeAt(placing.spec, path)] as const,
  );
  return {
    minor: placing.version.minor,
    byDefault: limitIn(selectors),
    byChart(kind) {
      if (!known.has(kind)) known.set(kind, chartLimit(kind, placing));
      return known.get(kind);
    },
  };
}

function limitsOf(
  workload: string,
  container: Container | undefined,
  spec: Node,
  { byDefault, byChart, minor }: SharedLimits,
): readonly NodeLimit[] {
  const selected = selectorLimit(container, spec, minor) ?? byDefault;
  const own = container && affinityOf(container, spec);
  const byAffinity = own ?? byChart(kindOf(workload, container));
  return [selected, byAffinity].flatMap(limit => limit ?? []);
}

const labelPaths: readonly Path[] = architectureLabels.map(label => [label]);

function selectorLimit(container: Container | undefined, spec: Node, minor: number): NodeLimit | undefined {
  const places: readonly (readonly [string, Node | undefined])[] = [
    ['a patch of its nodeSelector', container && patchedSelector(container, minor)],
    ['its nodeSelector', nodeAt(container?.component, ['k8s', 'nodeSelector'])],
    ...valuesOf(container, 'nodeSelector', spec).map(node => ['its nodeSelector', node] as const),
  ];
  return limitIn(places);
}

function limitIn(places: readonly (readonly [string, Node | undefined])[]): NodeLimit | undefined {
  for (const [by, node] of places) {
    const setting = node && firstAt(node, labelPaths);
    const limit = setting && limitBy(setting, by);
    if (limit !== undefined) return limit;
  }
  return undefined;
}

/** A `k8s.overlays` patch of the whole nodeSelector, or of the label in it. */
function patchedSelector(container: Container, minor: number): Node | undefined {
  if (nodeAt(container.component, ['k8s', 'overlays']) === undefined) return undefined;
  const path = 'spec.template.spec.nodeSelector';
  const whole = patchAt(container, path, minor);
  if (whole?.value.kind === 'map') return whole.value;
  const entries = architectureLabels.flatMap(label => {
    const entry = patchAt(container, `${path}.${label.replaceAll('.', '\\.')}`, minor);
    return entry === undefined ? [] : [{ ...entry, key: label }];
  });
  const [first] = entries;
  return first && { kind: 'map', entries, site: first.value.site };
}

function limitBy({ value, origin }: Setting, by: string): NodeLimit | undefined {
  const architecture = literalValue(value);
  if (architecture === undefined) return undefined;
  return { architectures: [architecture], by, ...(origin.kind === 'written' && { site: origin.site }) };
}

function affinityOf(container: Container, spec: Node): NodeLimit | undefined {
  const places = [nodeAt(container.component, ['k8s', 'affinity']), ...valuesOf(container, 'affinity', spec)];
  for (const node of places) {
    const found = affinityArchitectures(node);
    if (found !== undefined) return { ...found, by: 'its node affinity' };
  }
  return undefined;
}

/** What stands under a key of the component's own Helm values. */
const valuesOf = (
  container: Container | undefined,
  key: string,
  spec: Node,
): readonly (Node | undefined)[] =>
  container === undefined || container.values.length === 0
    ? []
    : valuePaths(...container.values, key).map(path => nodeAt(spec, path));

const archPaths: readonly Path[] = valuePaths('global', 'arch');

/** What `values.global.arch` and the defaults below it come to: every architecture with a weight above 0. */
function chartLimit(kind: WorkloadKind, { spec, version }: Placing): NodeLimit | undefined {
  if (!readsArchitectures(kind, version.minor)) return undefined;
  const weights = new Map(chartArchitectures(version).map(name => [name, 2]));
  const written = archPaths.toReversed().flatMap(path => {
    const node = nodeAt(spec, path);
    return node?.kind === 'map' ? node.entries : [];
  });
  for (const { key, value } of written)
    weights.set(key, value.kind === 'scalar' ? Number(textOf(value.text)) : Number.NaN);
  // A weight that is not known leaves everything open.
  if ([...weights.values()].some(Number.isNaN)) return undefined;
  const architectures = [...weights].filter(([, weight]) => weight > 0).map(([name]) => name);
  if (architectures.length === 0) return undefined;
  const [entry] = written;
  const origin = entry === undefined ? undefined : originOf(entry);
  return origin?.kind === 'written'
    ? { architectures, by: 'values.global.arch', site: origin.site }
    : { architectures, by: `the charts of Istio 1.${version.minor}` };
}

function kindOf(workload: string, container: Container | undefined): WorkloadKind {
  if (container === undefined) return /coredns/.test(workload) ? 'coredns' : 'addon';
  if (container.image === 'mixer') return 'mixer';
  if (container.image === 'install-cni') return 'cni';
  return container.gateway ? 'gateway' : 'other';
}

/** All limits hold at once. What the user wrote tells more than what the charts do. */
function together(
  limits: readonly NodeLimit[],
  container: Container | undefined,
  spec: Node,
): NodeLimit | undefined {
  const limit = limits.find(({ site }) => site !== undefined) ?? limits[0];
  if (limit === undefined) return undefined;
  const architectures = common(limits);
  const needs = limit.site !== undefined && architectures.includes('arm64') && !toleratesArm(container, spec);
  return { ...limit, architectures, ...(needs && { remark: gkeTaint }) };
}

const common = ([first, ...rest]: readonly NodeLimit[]): readonly string[] =>
  (first?.architectures ?? []).filter(name =>
    rest.every(({ architectures }) => architectures.includes(name)),
  );

/** cloud.google.com/kubernetes-engine/docs/how-to/prepare-arm-workloads-for-deployment. */
export const gkeTaint =
  'On GKE, Arm nodes carry the taint kubernetes.io/arch=arm64:NoSchedule; the pods also need a toleration for it.';

function toleratesArm(container: Container | undefined, spec: Node): boolean {
  const lists = [
    nodeAt(container?.component, ['k8s', 'tolerations']),
    ...valuesOf(container, 'tolerations', spec),
    ...valuePaths('global', 'defaultTolerations').map(path => nodeAt(spec, path)),
  ];
  return lists.some(
    list =>
      list?.kind === 'list' &&
      list.items.some(item => {
        const key = settingAt(item, ['key']);
        return key === undefined || architectureLabels.includes(textOf(key.value));
      }),
  );
}
