import { overlay } from '../../core/overlay';
import { type Entry, entryOf, type MapNode, type Node, nodeAt } from '../../core/tree';
import { builtinEntry, builtinTree, type Plain } from './builtin';
import { schedulingKeys } from './chartScheduling';
import type { ChartName } from './charts';
import { withChartProfile } from './merge';
import type { Rules } from './rules';

const because = 'the charts';

/** What the chart installs, as components of an IstioOperator. */
const componentOf: ReadonlyMap<ChartName, string> = new Map([
  ['istiod', 'pilot'],
  ['cni', 'cni'],
  ['ztunnel', 'ztunnel'],
  ['ingress', 'ingress'],
  ['egress', 'egress'],
]);

/** From here on the values of istiod and cni stand at the top (istio 1.24 istio-discovery/templates/zzy_descope_legacy.yaml). */
const firstFlat = 24;

/**
 * The key below which a chart has its own defaults, so that a profile can be laid between them and the user's values: what a
 * user writes there counts least of all (istio 1.21 and 1.24 manifests/zzz_profile.yaml).
 */
export function defaultsKey(minor: number): string | undefined {
  if (minor < 21) return undefined;
  return minor < firstFlat ? 'defaults' : '_internal_defaults_do_not_set';
}

/**
 * The spec with which istioctl installs what the chart does with these values, so that one set of rules says which images
 * that are. `undefined` for a chart that names no image.
 */
export function specOfChart(
  chart: ChartName,
  values: Node | undefined,
  rules: Rules,
  minor: number,
): Node | undefined {
  const component = componentOf.get(chart);
  if (component === undefined) return undefined;
  const spec = componentSpec(component, valuesOfChart(chart, values, minor), rules, minor);
  const key = defaultsKey(minor);
  const defaults = key === undefined ? undefined : nodeAt(values, [key]);
  if (defaults === undefined) return spec;
  const below = builtinEntry('values', valuesOfChart(chart, defaults, minor), because);
  return overlay(mapOf([below]), spec, rules);
}

/** The spec of one component alone: `pilot`, `cni`, `ztunnel` or a gateway; `values` as istioctl has them. */
export function componentSpec(
  component: string,
  values: Node | undefined,
  rules: Rules,
  minor: number,
): Node {
  const gateways = (kind: string): Plain =>
    component === kind ? [{ name: `istio-${kind}gateway`, enabled: true }] : [];
  const enabled: Plain = {
    pilot: { enabled: component === 'pilot' },
    [component]: { enabled: true },
    ingressGateways: gateways('ingress'),
    egressGateways: gateways('egress'),
  };
  const spec = mapOf([
    builtinEntry('components', builtinTree(enabled, because), because),
    builtinEntry(
      'values',
      picked(values, [...shared, isGateway(component) ? 'gateways' : component]),
      because,
    ),
  ]);
  return withChartProfile(spec, rules, minor);
}

const isGateway = (component: string): boolean => component === 'ingress' || component === 'egress';

const shared = ['global', 'meshConfig', 'profile', 'revision', 'istiodRemote'];

/** The values as istioctl has them: below the name of the component. */
function valuesOfChart(chart: ChartName, values: Node | undefined, minor: number): MapNode {
  const own = picked(values, ['hub', 'tag', 'variant', 'image', 'env', ...schedulingKeys]);
  const isFlat = minor >= firstFlat;
  switch (chart) {
    case 'istiod':
    case 'cni': {
      const key = chart === 'istiod' ? 'pilot' : 'cni';
      if (!isFlat) return picked(values, [...shared, key]);
      const scoped = nodeAt(values, [key]);
      const merged = scoped?.kind === 'map' ? overlay(own, scoped, replace) : own;
      return mapOf([...picked(values, shared).entries, builtinEntry(key, merged, because)]);
    }
    case 'ztunnel': {
      // Before 1.24 the chart looked at nothing global but the profile.
      const profile = entryOf(values, 'profile') ?? entryOf(nodeAt(values, ['global']), 'profile');
      const above = isFlat ? picked(values, shared).entries : profile === undefined ? [] : [profile];
      return mapOf([...above, builtinEntry('ztunnel', own, because)]);
    }
    case 'ingress':
    case 'egress':
      return picked(values, [...shared, 'gateways']);
    case 'gateway':
    case 'base':
      return mapOf([]);
  }
}

const replace = { lists: 'replace', nulls: 'remove' } as const;

const picked = (values: Node | undefined, keys: readonly string[]): MapNode =>
  mapOf(keys.flatMap(key => entryOf(values, key) ?? []));

const mapOf = (entries: readonly Entry[]): MapNode => ({
  kind: 'map',
  entries,
  site: builtinTree({}, because).site,
});
