import type { ImageUse, Setting } from '../../core/install';
import { literal, type Text, textOf } from '../../core/text';
import type { Node } from '../../core/tree';
import { joined } from './piece';
import { booleanOf, firstAt, type Path, valuePaths } from './settings';
import { type Range, within } from './version';

/** An image of another project that old versions installed along: its hub, its name unless the hub has it, and its tag. */
interface Addon extends Range {
  /** The patch releases of its minor version that have it; absent where all do. */
  readonly patches?: Range;
  readonly key: string;
  readonly workload: string;
  readonly container: string;
  readonly hub: readonly [path: Path, usual: string];
  readonly image?: readonly [path: Path, usual: string];
  readonly tag: readonly [path: Path, usual: string] | undefined;
  /** Runs only if this value is the one that is set; the last part is what holds where nothing is set. */
  readonly only?: readonly [path: Path, value: string, usual: string];
}

const provider: Path = ['tracing', 'provider'];

const tracer = (range: Range, name: string, hub: string, image: string, tag: string): Addon => ({
  ...range,
  key: 'tracing',
  workload: 'Deployment/istio-tracing',
  container: name,
  hub: [['tracing', name, 'hub'], hub],
  image: [['tracing', name, 'image'], image],
  tag: [['tracing', name, 'tag'], tag],
  only: [provider, name, 'jaeger'],
});

const prometheus = (range: Range, tag: string): Addon => ({
  ...range,
  key: 'prometheus',
  workload: 'Deployment/prometheus',
  container: 'prometheus',
  hub: [['prometheus', 'hub'], 'docker.io/prom'],
  image: [['prometheus', 'image'], 'prometheus'],
  tag: [['prometheus', 'tag'], tag],
});

const grafana = (range: Range, tag: string, patches: Range = {}): Addon => ({
  ...range,
  patches,
  key: 'grafana',
  workload: 'Deployment/grafana',
  container: 'grafana',
  hub: [['grafana', 'image', 'repository'], 'grafana/grafana'],
  tag: [['grafana', 'image', 'tag'], tag],
});

const kiali = (range: Range, tag: string, patches: Range = {}): Addon => ({
  ...range,
  patches,
  key: 'kiali',
  workload: 'Deployment/kiali',
  container: 'kiali',
  hub: [['kiali', 'hub'], 'quay.io/kiali'],
  image: [['kiali', 'image'], 'kiali'],
  tag: [['kiali', 'tag'], tag],
});

const coreDns = { to: 8, key: 'istiocoredns', workload: 'Deployment/istiocoredns' };

// istio manifests/profiles/default.yaml (hub and tag) and the telemetry charts (image names) of 1.5.0, 1.6.0, 1.7.0;
// istio/operator 1.4.0 data/profiles/default.yaml. Patch releases that took security fixes of the addons:
// ISTIO-SECURITY-2020-004 (Kiali, 1.4.7 and 1.5.1), istio/istio pull request 24690 and the notes of 1.6.3 (Grafana).
const addons: readonly Addon[] = [
  prometheus({ to: 4 }, 'v2.12.0'),
  prometheus({ from: 5, to: 6 }, 'v2.15.1'),
  prometheus({ from: 7, to: 7 }, 'v2.19.2'),
  grafana({ to: 4 }, '6.4.3'),
  grafana({ from: 5, to: 5 }, '6.5.2', { to: 6 }),
  grafana({ from: 5, to: 5 }, '6.7.4', { from: 7 }),
  grafana({ from: 6, to: 6 }, '6.5.2', { to: 2 }),
  grafana({ from: 6, to: 6 }, '6.7.4', { from: 3 }),
  grafana({ from: 7, to: 7 }, '7.0.5'),
  kiali({ to: 4 }, 'v1.9', { to: 6 }),
  kiali({ to: 4 }, 'v1.15', { from: 7 }),
  kiali({ from: 5, to: 5 }, 'v1.14', { to: 0 }),
  kiali({ from: 5, to: 5 }, 'v1.15', { from: 1 }),
  kiali({ from: 6, to: 6 }, 'v1.18'),
  kiali({ from: 7, to: 7 }, 'v1.22'),
  tracer({ to: 4 }, 'jaeger', 'docker.io/jaegertracing', 'all-in-one', '1.14'),
  tracer({ from: 5, to: 6 }, 'jaeger', 'docker.io/jaegertracing', 'all-in-one', '1.16'),
  tracer({ from: 7, to: 7 }, 'jaeger', 'docker.io/jaegertracing', 'all-in-one', '1.18'),
  tracer({ to: 5 }, 'zipkin', 'docker.io/openzipkin', 'zipkin', '2.14.2'),
  tracer({ from: 6, to: 7 }, 'zipkin', 'docker.io/openzipkin', 'zipkin-slim', '2.20.0'),
  tracer({ to: 5 }, 'opencensus', 'docker.io/omnition', 'opencensus-collector', '0.1.9'),
  {
    ...coreDns,
    container: 'coredns',
    hub: [['istiocoredns', 'coreDNSImage'], 'coredns/coredns'],
    tag: [['istiocoredns', 'coreDNSTag'], '1.6.2'],
  },
  {
    ...coreDns,
    container: 'istio-coredns-plugin',
    hub: [['istiocoredns', 'coreDNSPluginImage'], 'istio/coredns-plugin:0.2-istio-1.1'],
    tag: undefined,
  },
];

/**
 * The images of the addons that are enabled in version 1.`minor`.`patch`. Their hubs and tags are not Istio's: each is given
 * as one whole image name, decided by the tag or the hub that is written for it.
 */
export const addonImages = (spec: Node, minor: number, patch: number): readonly ImageUse[] =>
  addons
    .filter(addon => within(addon, minor) && within(addon.patches ?? {}, patch) && runs(spec, addon))
    .map(addon => imageOf(spec, addon));

/**
 * Whether Prometheus runs with a proxy of the mesh beside it (`provisionPrometheusCert`): in 1.5 and 1.6, and in 1.7 where
 * the metrics of a pod are not merged (istio 1.7 istio-telemetry/prometheus/templates/deployment.yaml).
 */
export function prometheusHasProxy(spec: Node, minor: number): boolean {
  const wanted = booleanOf(firstAt(spec, valuePaths('prometheus', 'provisionPrometheusCert')));
  const merging = ['meshConfig', 'enablePrometheusMerge'];
  const merges = booleanOf(firstAt(spec, [...valuePaths(...merging), merging])) ?? true;
  const mayHave = minor === 5 || minor === 6 || (minor === 7 && !merges);
  return mayHave && wanted !== false && enabled(spec, 'prometheus');
}

const runs = (spec: Node, { key, only }: Addon): boolean => {
  if (!enabled(spec, key)) return false;
  if (only === undefined) return true;
  const [path, value, usual] = only;
  const set = firstAt(spec, valuePaths(...path))?.value;
  return (set === undefined ? usual : textOf(set)) === value;
};

/** istio 1.6 operator/pkg/name/name.go: `values.kiali.enabled` decides over `addonComponents.kiali.enabled`. */
const enabled = (spec: Node, key: string): boolean =>
  booleanOf(firstAt(spec, [...valuePaths(key, 'enabled'), ['addonComponents', key, 'enabled']])) === true;

function imageOf(spec: Node, { workload, container, hub, image: name, tag }: Addon): ImageUse {
  const partAt = ([path, usual]: readonly [Path, string]): Setting =>
    firstAt(spec, valuePaths(...path)) ?? {
      value: literal(usual),
      origin: { kind: 'default', because: "the addon's chart" },
    };
  const hubPart = partAt(hub);
  const namePart = name && partAt(name);
  const tagPart = tag && partAt(tag);
  const decider = [tagPart, namePart].find(part => part?.origin.kind === 'written') ?? hubPart;
  const after = (mark: string, part: Setting | undefined): readonly Text[] =>
    part === undefined ? [] : [literal(mark), part.value];
  const reference = joined([hubPart.value, ...after('/', namePart), ...after(':', tagPart)]);
  const image: Setting = { value: reference, origin: decider.origin };
  return { workload, container, when: 'install', reference, parts: { image } };
}
