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
  /** Has the proxy beside it. */
  readonly proxy?: true;
}

// istio operator/pkg/component/component.go (1.24), operator/pkg/translate/translate.go (1.6 to 1.23),
// operator/data/translateConfig/translateConfig-1.5.yaml.
const components: readonly Component[] = [
  {
    key: 'pilot',
    to: 4,
    workload: 'Deployment/istio-pilot',
    container: 'discovery',
    image: 'pilot',
    values: ['pilot'],
    proxy: true,
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
    if (!within(row, minor) || !runs(component, row.usual === true)) return [];
    if (row.key === 'pilot' && runsElsewhere(spec)) return [];
    const workload = row.key === 'pilot' ? row.workload + revisionSuffix(spec) : row.workload;
    const container: Container = { ...row, workload, component, gateway: false };
    return row.proxy === true ? [container, besideProxy(workload)] : [container];
  });
  return { containers: [...containers, ...runningGateways(spec, rules, runs)], undecided };
}

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
