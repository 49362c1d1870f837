import type { Setting } from '../../core/install';
import { type Node, nodeAt } from '../../core/tree';
import { besideProxy, type Container } from './container';
import { type Runs, runningGateways } from './gateways';
import type { Rules } from './rules';
import { booleanOf, firstAt, type Path, settingAt, valuePaths } from './settings';
import { type Range, within } from './version';

/** A component that either runs or does not. */
interface Component extends Range {
  readonly key: string;
  readonly workload: string;
  readonly container: string;
  readonly image: string;
  readonly values: Path;
  /** Runs in 1.24 and later when nothing is said about it. */
  readonly usual?: true;
  /** Has the proxy beside it: always, or unless this value is false. */
  readonly proxy?: 'always' | Path;
  readonly twins?: readonly Twin[];
}

/** Another container of the same pod with the same image, which a value switches on or off. */
interface Twin extends Range {
  readonly container: string;
  readonly enabled: Path;
  readonly usual: boolean;
}

const mixer = { to: 7, container: 'mixer', image: 'mixer' } as const;
const policy = { ...mixer, key: 'policy', workload: 'Deployment/istio-policy', values: ['mixer', 'policy'] };
const telemetry = {
  ...mixer,
  key: 'telemetry',
  workload: 'Deployment/istio-telemetry',
  values: ['mixer', 'telemetry'],
};
const secured: Path = ['global', 'controlPlaneSecurityEnabled'];

// istio operator/pkg/component/component.go (1.24), operator/pkg/translate/translate.go (1.6 to 1.23),
// operator/data/translateConfig/translateConfig-1.5.yaml. Containers: manifests/charts/**/{deployment,daemonset}.yaml; the
// container repair-cni went into install-cni with 1.11 (istio/istio issue 33712), taint-controller left with 1.18 (44377).
const components: readonly Component[] = [
  {
    key: 'pilot',
    to: 4,
    workload: 'Deployment/istio-pilot',
    container: 'discovery',
    image: 'pilot',
    values: ['pilot'],
    proxy: ['pilot', 'sidecar'],
  },
  {
    key: 'pilot',
    from: 5,
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
    twins: [
      { from: 5, to: 10, container: 'repair-cni', enabled: ['cni', 'repair', 'enabled'], usual: true },
      { from: 8, to: 17, container: 'taint-controller', enabled: ['cni', 'taint', 'enabled'], usual: false },
    ],
  },
  {
    key: 'ztunnel',
    from: 18,
    workload: 'DaemonSet/ztunnel',
    container: 'istio-proxy',
    image: 'ztunnel',
    values: ['ztunnel'],
  },
  { ...policy, to: 4, proxy: 'always' },
  { ...policy, from: 5, proxy: secured },
  { ...telemetry, to: 4, proxy: 'always' },
  { ...telemetry, from: 5, proxy: secured },
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
  const runs: Runs = (component, usual) => {
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
    if (!within(row, minor)) return [];
    const wanted = enabledByValues(spec, row, minor) ?? runs(component, row.usual === true);
    if (!wanted || onlyClusterWide(spec, row, minor)) return [];
    if (row.key === 'pilot' && runsElsewhere(spec)) return [];
    const workload = row.key === 'pilot' ? row.workload + revisionSuffix(spec) : row.workload;
    const container: Container = { ...row, workload, component, gateway: false };
    return [container, ...besides(container, row, spec, minor)];
  });
  return { containers: [...containers, ...runningGateways(spec, rules, runs)], undecided };
}

/** The other containers of the pod that Istio itself puts there. */
function besides(
  container: Container,
  { proxy, twins = [] }: Component,
  spec: Node,
  minor: number,
): readonly Container[] {
  const says = (path: Path): boolean | undefined => booleanOf(firstAt(spec, valuePaths(...path)));
  const hasProxy = proxy !== undefined && (proxy === 'always' || says(proxy) !== false);
  const same = twins.filter(twin => within(twin, minor) && (says(twin.enabled) ?? twin.usual));
  return [
    ...same.map(twin => ({ ...container, container: twin.container, beside: true as const })),
    ...(hasProxy ? [{ ...besideProxy(container.workload), beside: true as const }] : []),
  ];
}

/**
 * To 1.5, `values.pilot.enabled` decides where it is set (istio 1.5 operator/pkg/translate/translate_common.go
 * IsComponentEnabledInSpec). From 1.6.0 on only gateways and addons are looked for in the values (1.6 operator/pkg/name/
 * name.go ValuesEnablementPathMap; istio/istio issue 24470).
 */
const enabledByValues = (spec: Node, { values }: Component, minor: number): boolean | undefined =>
  minor > 5 ? undefined : booleanOf(settingAt(spec, ['values', ...values, 'enabled']));

/** Whether a chart is told to install only what has no namespace, so no pods either (istio 1.28, `resourceScope`). */
function onlyClusterWide(spec: Node, { key }: Component, minor: number): boolean {
  if (minor < 28) return false;
  const own = [...valuePaths('ztunnel', 'resourceScope'), ...valuePaths('resourceScope')];
  const scope = firstAt(spec, key === 'ztunnel' ? own : valuePaths('global', 'resourceScope'))?.value;
  return scope?.kind === 'literal' && scope.value === 'cluster';
}

/** istio 1.24 istio-discovery/templates/deployment.yaml: a remote cluster runs no istiod of its own. */
function runsElsewhere(spec: Node): boolean {
  const remote = booleanOf(firstAt(spec, valuePaths('istiodRemote', 'enabled')));
  const local = booleanOf(firstAt(spec, valuePaths('istiodRemote', 'enabledLocalInjectorIstiod')));
  return remote === true && local !== true;
}

/** `values.revision` beats `spec.revision`, like every value that stands for a field of the spec. */
function revisionSuffix(spec: Node): string {
  const revision = firstAt(spec, [...valuePaths('revision'), ['revision']])?.value;
  return revision?.kind === 'literal' ? `-${revision.value}` : '';
}
