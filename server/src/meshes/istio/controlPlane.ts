import { type Entry, entryOf, type MapNode, type Node, nodeAt } from '../../core/tree';
import { builtinEntry, builtinTree } from './builtin';

/** The last version that an IstioControlPlane is made for; 1.5 and 1.6 still read it, and so does no later one. */
export const lastControlPlane = 4;
export const lastWithControlPlane = 6;

/** A component of a feature: its name there, its name in an IstioOperator, and whether it comes with the feature. */
type Part = readonly [name: string, component: string, usual: boolean];

// istio/operator 1.4.0 data/profiles/default.yaml, pkg/name/name.go.
const features: readonly (readonly [feature: string, parts: readonly Part[]])[] = [
  ['trafficManagement', [['pilot', 'pilot', true]]],
  ['policy', [['policy', 'policy', true]]],
  ['telemetry', [['telemetry', 'telemetry', true]]],
  [
    'security',
    [
      ['citadel', 'citadel', true],
      ['nodeAgent', 'nodeAgent', false],
    ],
  ],
  ['configManagement', [['galley', 'galley', true]]],
  ['autoInjection', [['injector', 'sidecarInjector', true]]],
  [
    'gateways',
    [
      ['ingressGateway', 'ingressGateways', true],
      ['egressGateway', 'egressGateways', false],
    ],
  ],
  ['cni', [['cni', 'cni', true]]],
];

const gatewayNames: Readonly<Record<string, string>> = {
  ingressGateways: 'istio-ingressgateway',
  egressGateways: 'istio-egressgateway',
};

/** The first key of a spec that only an IstioControlPlane has. */
export const featureOf = (spec: Node | undefined): Entry | undefined =>
  features.map(([name]) => entryOf(spec, name)).find(entry => entry !== undefined);

/**
 * The spec of an IstioControlPlane of Istio 1.4, whose components stand below features, in the shape of an IstioOperator's.
 * A component runs where its feature and the component itself are enabled. Any other spec stays as it is.
 */
export function inOperatorShape(spec: Node | undefined): Node | undefined {
  if (spec?.kind !== 'map' || featureOf(spec) === undefined) return spec;
  const found = features.flatMap(([name, parts]) => {
    const feature = nodeAt(spec, [name]);
    return feature?.kind === 'map' ? parts.flatMap(part => componentOf(feature, part)) : [];
  });
  const own = nodeAt(spec, ['components']);
  const components: MapNode = {
    kind: 'map',
    entries: [...(own?.kind === 'map' ? own.entries : []), ...found],
    site: spec.site,
  };
  const others = spec.entries.filter(
    ({ key }) => key !== 'components' && !features.some(([name]) => name === key),
  );
  return {
    ...spec,
    entries: [...others, { key: 'components', keySite: spec.site, value: components }],
  };
}

function componentOf(feature: MapNode, [name, component, usual]: Part): readonly Entry[] {
  const entry = entryOf(nodeAt(feature, ['components']), name);
  const whole = entryOf(feature, 'enabled');
  const isOff = whole?.value.kind === 'scalar' && /^(?:false|no|off)$/i.test(textOf(whole.value));
  const own = entry?.value.kind === 'map' ? entry.value.entries : [];
  const says = isOff
    ? whole
    : (own.find(({ key }) => key === 'enabled') ?? (whole !== undefined && usual ? whole : undefined));
  if (entry === undefined && says === undefined) return [];
  const entries = [...own.filter(({ key }) => key !== 'enabled'), ...(says === undefined ? [] : [says])];
  const value: MapNode = { kind: 'map', entries, site: entry?.value.site ?? feature.site };
  const keySite = entry?.keySite ?? whole?.keySite ?? feature.site;
  return [{ key: component, keySite, value: listed(component, value) }];
}

function listed(component: string, value: MapNode): Node {
  const name = gatewayNames[component];
  if (name === undefined) return value;
  const named = { ...value, entries: [nameEntry(name), ...value.entries] };
  return { kind: 'list', items: [named], site: value.site };
}

const nameEntry = (name: string): Entry => builtinEntry('name', builtinTree(name, 'Istio 1.4'), 'Istio 1.4');

const textOf = (node: Node): string =>
  node.kind === 'scalar' && node.text.kind === 'literal' ? node.text.value : '';
