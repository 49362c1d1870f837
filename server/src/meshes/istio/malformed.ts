import type { Gap } from '../../core/install';
import type { Site } from '../../core/text';
import { type Node, nodeAt } from '../../core/tree';
import { featureOf, lastWithControlPlane } from './controlPlane';
import type { Rules } from './rules';
import { type Path, valuePaths } from './settings';

type Kind = Node['kind'];

const kindNames: Readonly<Record<Kind, string>> = { scalar: 'a single value', map: 'a map', list: 'a list' };

/** The components that an IstioOperator of some version has (istio/api operator/v1alpha1/operator.proto). */
const componentNames = new Set([
  ...['base', 'pilot', 'cni', 'ztunnel', 'istiodRemote', 'ingressGateways', 'egressGateways'],
  ...['proxy', 'sidecarInjector', 'policy', 'telemetry', 'citadel', 'galley', 'nodeAgent', 'certManager'],
]);

const isGateways = (name: string): boolean => name === 'ingressGateways' || name === 'egressGateways';

const workloads = ['pilot', 'cni', 'ztunnel'];
const parts = ['hub', 'tag', 'image', 'variant'];

/** What has to be a single value, and what a map. */
const scalars: readonly Path[] = [
  ...['hub', 'tag', 'profile', 'revision', 'installPackagePath'].map(key => [key]),
  ...[...parts.map(key => [key]), ['proxy', 'image'], ['proxy', 'variant'], ['proxy_init', 'image']].flatMap(
    path => valuePaths('global', ...path),
  ),
  ...workloads.flatMap(name => parts.flatMap(key => valuePaths(name, key))),
  ...workloads.flatMap(name => ['hub', 'tag', 'enabled'].map(key => ['components', name, key])),
];
const maps: readonly Path[] = [
  ['components'],
  ['addonComponents'],
  ['values'],
  ['unvalidatedValues'],
  ...[['global'], ['global', 'proxy'], ['gateways'], ...workloads.map(name => [name])].flatMap(path =>
    valuePaths(...path),
  ),
];

/**
 * Gaps for what istioctl refuses to install from: values of a wrong type, components that no version has, and gateways
 * that lack the name by which 1.7 to 1.23 merge them. `user` is what the user wrote.
 */
export function malformedGaps(user: Node | undefined, rules: Rules): readonly Gap[] {
  const components = nodeAt(user, ['components']);
  const entries = components?.kind === 'map' ? components.entries : [];
  return [
    ...(rules.controlPlanes ? [] : tooOld(user)),
    ...scalars.flatMap(path => wrongKind(user, path, 'scalar')),
    ...maps.flatMap(path => wrongKind(user, path, 'map')),
    ...entries.flatMap(({ key, keySite, value }) => {
      const path = ['components', key];
      if (isExpression(key)) return [];
      if (!componentNames.has(key)) return [unknownComponent(key, keySite)];
      return isGateways(key) ? gatewayGaps(user, path, value, rules) : wrongKind(user, path, 'map');
    }),
  ];
}

/** The features of an IstioControlPlane, where istioctl knows them no more. */
function tooOld(user: Node | undefined): readonly Gap[] {
  const feature = featureOf(user);
  if (feature === undefined) return [];
  const why = `istioctl refuses this: only Istio 1.4 to 1.${lastWithControlPlane} read ${feature.key} of an IstioControlPlane`;
  return [{ what: 'values', why, site: feature.keySite }];
}

/** A key that a template fills in, or a merge that brings keys of its own. */
const isExpression = (key: string): boolean => key === '<<' || /[{$<]/.test(key);

function wrongKind(user: Node | undefined, path: Path, wanted: Kind): readonly Gap[] {
  const node = nodeAt(user, path);
  return node === undefined || isOpen(node) || node.kind === wanted
    ? []
    : [refused(path.join('.'), node, wanted)];
}

/** Null says nothing, and what a template fills in is not known. */
const isOpen = (node: Node): boolean =>
  node.kind === 'scalar' && (node.type === 'null' || node.text.kind === 'dynamic');

function gatewayGaps(user: Node | undefined, path: Path, list: Node, rules: Rules): readonly Gap[] {
  if (list.kind !== 'list') return wrongKind(user, path, 'list');
  return list.items.flatMap(item => {
    if (isOpen(item)) return [];
    if (item.kind !== 'map') return [refused(`an item of ${path.join('.')}`, item, 'map')];
    if (rules.lists !== 'mergeByName' || nodeAt(item, ['name']) !== undefined || holdsMore(item)) return [];
    const why = `istioctl refuses a gateway without a name, because it merges ${path.join('.')} by name`;
    return [{ what: 'values' as const, why, site: item.site }];
  });
}

const holdsMore = (item: Node): boolean =>
  item.kind === 'map' && item.entries.some(({ key }) => isExpression(key));

const refused = (name: string, node: Node, wanted: Kind): Gap => ({
  what: 'values',
  why: `istioctl refuses this: ${name} is ${kindNames[node.kind]} here, and has to be ${kindNames[wanted]}`,
  site: node.site,
});

const unknownComponent = (name: string, site: Site): Gap => ({
  what: 'values',
  why: `istioctl refuses this: there is no component ${name}`,
  site,
});
