import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { InstallPlan } from '../../../server/src/core/install';
import { dynamic, literal } from '../../../server/src/core/text';
import type { Entry, MapNode, Node, Scalar } from '../../../server/src/core/tree';
import { istio } from '../../../server/src/meshes/istio/index';
import { command, files, scripted } from './fixture';

const site = { uri: 'file:///x.yaml', span: { start: 1, end: 2 } };

/** Keys that mean something, so that the values below them are looked at. */
const keys = fc.constantFrom(
  ...['spec', 'profile', 'hub', 'tag', 'components', 'pilot', 'cni', 'ztunnel', 'ingressGateways', 'values'],
  ...['global', 'proxy', 'image', 'variant', 'unvalidatedValues', 'gateways', 'istio-ingressgateway', 'name'],
  ...['enabled', 'addonComponents', 'prometheus', 'kiali', 'revision', 'k8s', 'overlays', 'patches', 'path'],
  ...['installPackagePath', 'injectionTemplate', 'istiodRemote', '', '__proto__', 'constructor'],
);

const texts = fc.oneof(
  fc
    .constantFrom('true', 'default', 'empty', 'ambient', 'remote', '1.14.1', '1.10', '', 'a/b', './p.yaml')
    .map(literal),
  fc.constant(dynamic('{{ .x }}', 'it is filled in later')),
  fc.string().map(literal),
);

const scalars: fc.Arbitrary<Scalar> = fc.record({
  kind: fc.constant('scalar'),
  text: texts,
  type: fc.constantFrom('string', 'number', 'boolean', 'null'),
  site: fc.constant(site),
});

const trees = fc.letrec<{ node: Node; map: MapNode }>(tie => ({
  node: fc.oneof(
    { depthSize: 'medium' },
    scalars,
    tie('map'),
    fc.array(tie('node'), { maxLength: 3 }).map((items): Node => ({ kind: 'list', items, site })),
  ),
  map: fc.uniqueArray(fc.tuple(keys, tie('node')), { maxLength: 6, selector: ([key]) => key }).map(pairs => ({
    kind: 'map',
    entries: pairs.map(([key, value]): Entry => ({ key, keySite: site, value })),
    site,
  })),
}));

const versions = fc.option(
  fc.integer({ min: 0, max: 40 }).map(minor => `1.${minor}.1`),
  { nil: undefined },
);

/** What every plan keeps to, whatever it was made from. */
function assertSound(plan: InstallPlan | undefined): void {
  assert.ok(plan !== undefined);
  for (const { reference, parts } of plan.images) {
    if (reference.kind === 'dynamic')
      assert.ok(plan.gaps.length > 0, `${reference.raw} is unknown without a gap`);
    assert.equal(parts.hub === undefined, parts.tag === undefined);
  }
}

test('no tree is too strange to be planned', () => {
  const property = fc.property(trees.map, versions, (spec, istioVersion) => {
    const root: MapNode = { kind: 'map', entries: [{ key: 'spec', keySite: site, value: spec }], site };
    const settings = { hubs: ['my.org'], ...(istioVersion === undefined ? {} : { istioVersion }) };
    const operator = {
      kind: 'manifest',
      apiVersion: '',
      kindName: 'IstioOperator',
      root,
      anchor: site,
    } as const;
    const plan = istio.plan(operator, settings, files({}));
    assertSound(plan);
    if (plan === undefined) return;
    for (const atFault of [plan.images, plan.images.slice(1)])
      istio.remedies(plan, settings, [{ os: 'linux', architecture: 'arm64' }], atFault);
  });
  fc.assert(property, { numRuns: 2000 });
});

test('no command is too strange to be planned', () => {
  const words = fc.oneof(
    fc.constantFrom(
      '-f',
      '-f=',
      '--set',
      '--set=',
      '-s',
      '-',
      '--',
      '-yf',
      '--filename',
      'x.yaml',
      '$X',
      '--set=$X',
    ),
    keys.map(key => `--set=${key}=x`),
    fc.tuple(keys, keys, fc.string()).map(([a, b, value]) => `${a}.${b}[0]=${value}`),
    fc.string(),
  );
  const property = fc.property(fc.array(words), versions, (rest, istioVersion) => {
    const settings = { hubs: [], ...(istioVersion === undefined ? {} : { istioVersion }) };
    const line = command(`istioctl install ${rest.join(' ')}`);
    const plan = istio.plan(line, settings, files({}));
    if (plan !== undefined) assertSound(plan);
  });
  fc.assert(property, { numRuns: 2000 });
});

test('no script is too strange, and what tells the version is exactly that text', () => {
  const parts = fc.constantFrom(
    ...[
      'istio-1.14.1',
      'istioctl-1-14',
      'istio-1.14.1-linux-arm64.tar.gz',
      'istioctl@v1.20',
      '1.31.0-rc.0',
      '-',
    ],
    ...['\ncd ', '\ncurl /releases/download/', '\nPATH=', '\nISTIO_VERSION=1.14.1\n', '\nexport ', '\ngh '],
    ...[
      ' | ISTIO_VERSION=1.14.2 sh -',
      '\ncurl istio.io/downloadIstio',
      '\nasdf install istioctl ',
      ' --version=',
    ],
    ...['$X', '@', ':', ' ', '\n', '"', '\\', '/bin/', 'TARGET_ARCH=', 'v'],
  );
  const lines = fc.array(fc.oneof({ weight: 20, arbitrary: parts }, fc.string()), { maxLength: 12 });
  const property = fc.property(lines, pieces => {
    const text = `${pieces.join('')}\nistioctl install`;
    const plan = istio.plan(scripted(text), { hubs: [] }, files({}));
    assertSound(plan);
    const origin = plan?.images[0]?.parts.tag?.origin;
    for (const { span } of (origin?.kind === 'default' ? origin.told : undefined) ?? [])
      assert.equal(text.slice(span.start, span.end).replace(/^(\d+)-(\d+)/, '$1.$2'), plan?.version?.version);
  });
  fc.assert(property, { numRuns: 2000 });
});

test('no tree is too strange for the other ways to install', () => {
  const kinds = fc.constantFrom(
    ...[
      ['sailoperator.io/v1', 'Istio', ['spec']],
      ['sailoperator.io/v1', 'ZTunnel', ['spec', 'values']],
      ['argoproj.io/v1alpha1', 'Application', ['spec', 'source', 'helm', 'valuesObject']],
      ['argoproj.io/v1alpha1', 'Application', ['spec', 'source']],
      ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', ['spec', 'values']],
      ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', ['spec', 'chart']],
      ['', '', []],
      ['', 'Kustomization', []],
    ].map(([apiVersion, kindName, path]) => ({ apiVersion, kindName, path }) as ManifestShape),
  );
  const own = fc.constantFrom(
    'chart',
    'version',
    'targetRevision',
    'dependencies',
    'images',
    'newTag',
    'helm',
  );
  const extra = fc.option(fc.tuple(own, trees.node), { nil: undefined });
  const property = fc.property(
    kinds,
    trees.map,
    extra,
    versions,
    ({ path, ...kind }, tree, more, istioVersion) => {
      const added = more && { key: more[0], keySite: site, value: more[1] };
      const inner: MapNode = added === undefined ? tree : { ...tree, entries: [...tree.entries, added] };
      const root = withCharts(path, inner);
      const settings = { hubs: ['my.org'], ...(istioVersion === undefined ? {} : { istioVersion }) };
      const plan = istio.plan({ kind: 'manifest', ...kind, root, anchor: site }, settings, files({}));
      if (plan === undefined) return;
      assertSound(plan);
      istio.remedies(plan, settings, [{ os: 'linux', architecture: 'arm64' }], plan.images);
    },
  );
  fc.assert(property, { numRuns: 2000 });
});

interface ManifestShape {
  readonly apiVersion: string;
  readonly kindName: string;
  readonly path: readonly string[];
}

const scalarOf = (value: string): Scalar => ({ kind: 'scalar', text: literal(value), type: 'string', site });

/** A tree below a path, beside which a chart is named wherever one can be. */
function withCharts([key, ...rest]: readonly string[], tree: MapNode): MapNode {
  if (key === undefined) return tree;
  const entryAt = (name: string, value: Node): Entry => ({ key: name, keySite: site, value });
  const chart = key === 'values' || key === 'helm' ? 'spec' : key;
  const named = { ...tree, entries: [entryAt('chart', scalarOf('istiod'))] };
  const beside = key === 'values' ? [entryAt('chart', { ...named, entries: [entryAt(chart, named)] })] : [];
  const own = key === 'helm' ? [entryAt('chart', scalarOf('istiod'))] : [];
  return { kind: 'map', entries: [entryAt(key, withCharts(rest, tree)), ...beside, ...own], site };
}

test('no command of Helm is too strange to be planned', () => {
  const words = fc.oneof(
    fc.constantFrom(
      '-f',
      '-f=',
      '--set',
      '--set=',
      '--set-json',
      '--set-json={',
      '--version',
      '--repo',
      '--',
    ),
    fc.constantFrom(
      '-',
      '1.20.1',
      'x.yaml',
      '$X',
      '--set=$X',
      'istio/cni',
      '--reuse-values',
      '--dry-run=none',
    ),
    fc.tuple(keys, keys, fc.string()).map(([a, b, value]) => `--set=${a}.${b}[0]=${value}`),
    fc.string(),
  );
  const property = fc.property(fc.array(words), rest => {
    const line = command(`helm install istiod istio/istiod ${rest.join(' ')}`);
    const plan = istio.plan(line, { hubs: [] }, files({ 'x.yaml': 'global: 1' }));
    if (plan !== undefined) assertSound(plan);
  });
  fc.assert(property, { numRuns: 2000 });
});
