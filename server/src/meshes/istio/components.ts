import type { Setting } from '../../core/install';
import { entryOf, type Node, nodeAt } from '../../core/tree';
import { originOf } from './builtin';
import type { Rules } from './rules';
import { booleanOf, firstAt, type Path, settingAt, valuePaths } from './settings';
import { type Range, within } from './version';

/** A container that istioctl installs, and where its image is decided. */
export interface Container {
  /** `Deployment/istiod`. */
  readonly workload: string;
  readonly container: string;
  readonly image: string;
  /** Where the component's own values stand: `pilot` for `values.pilot.hub`. */
  readonly values: Path;
  /** The node under `components` that it belongs to, which may hold a hub and a tag. */
  readonly component: Node | undefined;
  readonly gateway: boolean;
}

/** A component that either runs or does not. */
interface Component extends Range {
  readonly key: string;
  readonly workload: string;
  readonly container: string;
  readonly image: string;
  readonly values: Path;
  /** Runs in 1.24 and later when nothing is said about it. */
  readonly usual?: true;
  /** Has the proxy beside it. */
  readonly proxy?: true;
}

// istio operator/pkg/component/component.go (1.24), operator/pkg/translate/translate.go (1.6 to 1.23),
// operator/data/translateConfig/translateConfig-1.5.yaml.
const components: readonly Component[] = [
  {
    key: 'pilot',
    workload: 'Deployment/istiod',
    container: 'discovery',
    image: 'pilot',
    values: ['pilot'],
    usual: true,
  },
  {
    key: 'cni',
    workload: 'DaemonSet/istio-cni-node',
    container: 'install-cni',
    image: 'install-cni',
    values: ['cni'],
  },
  {
    key: 'ztunnel',
    from: 18,
    workload: 'DaemonSet/ztunnel',
    container: 'istio-proxy',
    image: 'ztunnel',
    values: ['ztunnel'],
  },
  {
    key: 'policy',
    to: 7,
    workload: 'Deployment/istio-policy',
    container: 'mixer',
    image: 'mixer',
    values: ['mixer', 'policy'],
    proxy: true,
  },
  {
    key: 'telemetry',
    to: 7,
    workload: 'Deployment/istio-telemetry',
    container: 'mixer',
    image: 'mixer',
    values: ['mixer', 'telemetry'],
    proxy: true,
  },
  {
    key: 'citadel',
    to: 5,
    workload: 'Deployment/istio-citadel',
    container: 'citadel',
    image: 'citadel',
    values: ['security'],
  },
  {
    key: 'galley',
    to: 5,
    workload: 'Deployment/istio-galley',
    container: 'galley',
    image: 'galley',
    values: ['galley'],
  },
  {
    key: 'sidecarInjector',
    to: 5,
    workload: 'Deployment/istio-sidecar-injector',
    container: 'sidecar-injector-webhook',
    image: 'sidecar_injector',
    values: ['sidecarInjectorWebhook'],
  },
  {
    key: 'nodeAgent',
    to: 5,
    workload: 'DaemonSet/istio-nodeagent',
    container: 'nodeagent',
    image: 'node-agent-k8s',
    values: ['nodeagent'],
  },
];

const gatewayKinds = [
  { key: 'ingressGateways', name: 'istio-ingressgateway', usual: true },
  { key: 'egressGateways', name: 'istio-egressgateway', usual: false },
] as const;

/** What runs, and the settings that leave open whether something runs. */
export interface Running {
  readonly containers: readonly Container[];
  readonly undecided: readonly Setting[];
}

/**
 * The containers that the merged spec installs. A component whose `enabled` is not known is counted as running and
 * reported in `undecided`.
 */
export function runningContainers(spec: Node, rules: Rules, minor: number): Running {
  const undecided: Setting[] = [];
  const runs = (component: Node | undefined, usual: boolean): boolean => {
    const enabled = settingAt(component, ['enabled']);
    if (enabled?.value.kind === 'dynamic') {
      undecided.push(enabled);
      return true;
    }
    if (!rules.presentIsEnabled) return booleanOf(enabled) === true;
    return component?.kind === 'map' ? booleanOf(enabled) !== false : usual;
  };
  const containers = components.flatMap((row): readonly Container[] => {
    const component = nodeAt(spec, ['components', row.key]);
    if (!within(row, minor) || !runs(component, row.usual === true)) return [];
    if (row.key === 'pilot' && runsElsewhere(spec)) return [];
    const workload = row.key === 'pilot' ? row.workload + revisionSuffix(spec) : row.workload;
    const container: Container = { ...row, workload, component, gateway: false };
    return row.proxy === true ? [container, besideProxy(workload)] : [container];
  });
  const gateways = gatewayKinds.flatMap(kind => runningGateways(spec, kind, rules, runs));
  return { containers: [...containers, ...gateways], undecided };
}

/** The proxy that runs beside another container of a workload. */
export const besideProxy = (workload: string): Container => ({
  workload,
  container: 'istio-proxy',
  image: 'proxyv2',
  values: [],
  component: undefined,
  gateway: true,
});

/** istio 1.24 istio-discovery/templates/deployment.yaml: a remote cluster runs no istiod of its own. */
function runsElsewhere(spec: Node): boolean {
  const remote = booleanOf(firstAt(spec, valuePaths('istiodRemote', 'enabled')));
  const local = booleanOf(firstAt(spec, valuePaths('istiodRemote', 'enabledLocalInjectorIstiod')));
  return remote === true && local !== true;
}

function revisionSuffix(spec: Node): string {
  const revision = firstAt(spec, [['revision'], ...valuePaths('revision')])?.value;
  return revision?.kind === 'literal' ? `-${revision.value}` : '';
}

function runningGateways(
  spec: Node,
  { key, name, usual }: (typeof gatewayKinds)[number],
  rules: Rules,
  runs: (component: Node | undefined, usual: boolean) => boolean,
): readonly Container[] {
  const list = nodeAt(spec, ['components', key]);
  const byValues = booleanOf(firstAt(spec, valuePaths('gateways', name, 'enabled')));
  const gateway = (item: Node | undefined): Container => ({
    ...besideProxy(`Deployment/${gatewayName(item) ?? name}`),
    values: ['gateways', name],
    component: item,
  });
  if (list?.kind !== 'list') {
    const wanted = rules.presentIsEnabled ? usual || byValues === true : byValues === true;
    return wanted ? [gateway(undefined)] : [];
  }
  const running = list.items.filter(item => {
    if (rules.presentIsEnabled) return byValues === true || (item.kind === 'map' && runs(item, true));
    return byValues !== undefined && gatewayName(item) === name ? byValues : runs(item, false);
  });
  const missing =
    !rules.presentIsEnabled && byValues === true && !list.items.some(item => gatewayName(item) === name);
  return [...running, ...(missing ? [undefined] : [])].map(gateway);
}

function gatewayName(item: Node | undefined): string | undefined {
  const name = settingAt(item, ['name'])?.value;
  return name?.kind === 'literal' ? name.value : undefined;
}

/** A whole image name that a `k8s.overlays` patch puts into a container of a component. */
export function patchedImage({ component, workload, container }: Container): Setting | undefined {
  const overlays = nodeAt(component, ['k8s', 'overlays']);
  const [kind, name] = workload.split('/');
  if (overlays?.kind !== 'list') return undefined;
  const patches = overlays.items
    .filter(item => textAt(item, 'kind') === kind && textAt(item, 'name') === name)
    .flatMap(item => {
      const list = nodeAt(item, ['patches']);
      return list?.kind === 'list' ? list.items : [];
    });
  const path = `spec.template.spec.containers.[name:${container}].image`;
  const patch = patches.findLast(
    item => textAt(item, 'path')?.replaceAll('.[', '[') === path.replaceAll('.[', '['),
  );
  const value = entryOf(patch, 'value');
  if (value?.value.kind !== 'scalar') return undefined;
  return { value: value.value.text, origin: originOf(value) };
}

function textAt(node: Node, key: string): string | undefined {
  const text = settingAt(node, [key])?.value;
  return text?.kind === 'literal' ? text.value : undefined;
}
