import { type Node, nodeAt } from '../../core/tree';
import { besideProxy, type Container } from './container';
import type { Rules } from './rules';
import { booleanOf, firstAt, settingAt, valuePaths } from './settings';

const gatewayKinds = [
  { key: 'ingressGateways', name: 'istio-ingressgateway', usual: true },
  { key: 'egressGateways', name: 'istio-egressgateway', usual: false },
] as const;

/** Whether a component runs; `usual` is what holds where nothing is said about it. */
export type Runs = (component: Node | undefined, usual: boolean) => boolean;

/**
 * The gateways that the merged spec installs. `values.gateways.<name>.enabled` speaks of the gateway of that name to
 * 1.23, and can only turn all of its kind on from 1.24 on (istio operator/pkg/name/name.go ValuesEnablementPathMap,
 * operator/pkg/component/component.go AltEnablementPath). Unvalidated values count there from 1.24 on.
 */
export const runningGateways = (spec: Node, rules: Rules, runs: Runs): readonly Container[] =>
  gatewayKinds.flatMap(kind => gatewaysOf(spec, kind, rules, runs));

function gatewaysOf(
  spec: Node,
  { key, name, usual }: (typeof gatewayKinds)[number],
  rules: Rules,
  runs: Runs,
): readonly Container[] {
  const list = nodeAt(spec, ['components', key]);
  const enabled = ['gateways', name, 'enabled'];
  const byValues = booleanOf(
    rules.presentIsEnabled ? firstAt(spec, valuePaths(...enabled)) : settingAt(spec, ['values', ...enabled]),
  );
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
