import { overlay } from '../../core/overlay';
import { type Entry, entryOf, type MapNode, type Node, nodeAt } from '../../core/tree';
import { builtinEntry, builtinTree, type Plain } from './builtin';
import type { ChartName } from './charts';
import { withChartProfile } from './merge';
import type { Rules } from './rules';

const because = 'the charts';

/** What the chart installs, as components of an IstioOperator. */
const componentOf: ReadonlyMap<ChartName, string> = new Map([
  ['istiod', 'pilot'],
  ['cni', 'cni'],
  ['ztunnel', 'ztunnel'],
]);

/** From here on the values of istiod and cni stand at the top (istio 1.24 istio-discovery/templates/zzy_descope_legacy.yaml). */
const firstFlat = 24;

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
  return componentSpec(component, valuesOfChart(chart, values, minor), rules, minor);
}

/** The spec of one component alone: `pilot`, `cni` or `ztunnel`; `values` as istioctl has them. */
export function componentSpec(
  component: string,
  values: Node | undefined,
  rules: Rules,
  minor: number,
): Node {
  const enabled: Plain = {
    pilot: { enabled: component === 'pilot' },
    [component]: { enabled: true },
    ingressGateways: [],
    egressGateways: [],
  };
  const spec = mapOf([
    builtinEntry('components', builtinTree(enabled, because), because),
    builtinEntry('values', picked(values, [...shared, component]), because),
  ]);
  return withChartProfile(spec, rules, minor);
}

const shared = ['global', 'meshConfig', 'profile', 'revision', 'istiodRemote'];

/** The values as istioctl has them: below the name of the component. */
function valuesOfChart(chart: ChartName, values: Node | undefined, minor: number): MapNode {
  const own = picked(values, ['hub', 'tag', 'variant', 'image']);
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
