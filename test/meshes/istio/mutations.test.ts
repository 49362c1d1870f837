import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseImage } from '../../../server/src/core/image';
import { readSettings } from '../../../server/src/core/settings';
import { defaults } from '../../../server/src/defaults';
import { createEngine } from '../../../server/src/engine';
import { minorsOf } from './rows/rows';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const overlays = [
  {
    kind: 'Deployment',
    name: 'istiod',
    patches: [
      { path: 'spec.template.spec.containers.[name:discovery].image', value: 'my.org/pilot:1' },
      { path: 'spec.template.spec.containers[1]', value: { name: 'side', image: 'my.org/side:1' } },
    ],
  },
];
const k8s = { overlays, nodeSelector: { 'kubernetes.io/arch': 'amd64' }, affinity: { nodeAffinity: {} } };

/** Specs that istioctl takes, with everything that decides about images. */
const specs: readonly Json[] = [
  { profile: 'demo', hub: 'my.org/istio', tag: '1.14.1', revision: 'canary' },
  {
    profile: 'ambient',
    components: { cni: { enabled: true, hub: 'a' }, ztunnel: { enabled: true, tag: 'b' } },
    values: { global: { variant: 'distroless', platform: 'gke' }, ztunnel: { variant: 'debug' } },
  },
  {
    components: {
      pilot: { k8s },
      ingressGateways: [
        { name: 'istio-ingressgateway', enabled: true, tag: 'c', k8s },
        { name: 'inner', namespace: 'inner', enabled: false },
      ],
      egressGateways: [{ name: 'istio-egressgateway', enabled: true }],
    },
    values: {
      gateways: { 'istio-egressgateway': { enabled: false, additionalContainers: [{ image: 'x/y:1' }] } },
      pilot: { image: 'pilot', env: { PILOT_ENABLE_AGENTGATEWAY: 'true' }, initContainers: [{ name: 'i' }] },
    },
  },
  {
    profile: 'empty',
    addonComponents: { prometheus: { enabled: true }, kiali: { enabled: true }, tracing: { enabled: true } },
    values: { kiali: { hub: 'my.org', tag: 'v1' }, tracing: { provider: 'zipkin' } },
    meshConfig: { defaultConfig: { image: { imageType: 'debug' } } },
  },
  {
    tag: 1.2,
    values: {
      global: { hub: 'my.org', tag: 'x', proxy: { image: 'proxyv2' }, proxy_init: { image: 'a/b:c' } },
      defaultRevision: 'default',
    },
    unvalidatedValues: { global: { arch: { amd64: 2, arm64: 0 } }, cni: { taint: { enabled: true } } },
    components: { policy: { enabled: true }, telemetry: { enabled: true }, base: { enabled: true } },
  },
];

const nested = (depth: number): Json => {
  let value: Json = 'deep';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { key: value };
  return value;
};

/** What is put where something else belongs. */
const strange: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    false,
    0,
    -1,
    1.1,
    1e21,
    '',
    ' ',
    'no',
    '~',
    '{{ .x }}',
    '$HUB',
    'a/b:c@d',
  ),
  fc.constantFrom<Json>(
    [],
    {},
    [null],
    [[]],
    { name: null },
    [{ name: [] }],
    '../..',
    'a:b:c',
    'https://a/b',
  ),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('x', 'é/', '\n', '0').map(text => text.repeat(20_000)),
  fc.constantFrom(30, 199, 260, 3000).map(nested),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);

type Change = 'replace' | 'remove' | 'wrap' | 'repeat' | 'rename';

interface Mutation {
  readonly at: number;
  readonly change: Change;
  readonly value: Json;
}

const mutations: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(200),
  change: fc.constantFrom<Change>('replace', 'replace', 'remove', 'wrap', 'repeat', 'rename'),
  value: strange,
});

const isMap = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** How many values there are below one, to a depth that any mutation is put into. */
const sizeOf = (value: Json, depth = 12): number => {
  if (depth === 0) return 0;
  const below = isList(value) ? value : isMap(value) ? Object.values(value) : [];
  return below.reduce<number>((sum, inner) => sum + 1 + sizeOf(inner, depth - 1), 0);
};

/** The value with one change at the value number `at` below it. */
function mutated(root: Json, { at, change, value }: Mutation): Json {
  let left = at % Math.max(1, sizeOf(root));
  const pairs = (key: string, inner: Json): readonly (readonly [string, Json])[] => {
    switch (change) {
      case 'replace':
        return [[key, value]];
      case 'remove':
        return [];
      case 'wrap':
        return [[key, [inner]]];
      case 'repeat':
        return [
          [key, inner],
          [`${key}2`, inner],
        ];
      case 'rename':
        return [[String(value).slice(0, 30), inner]];
    }
  };
  const walk = (node: Json, depth: number): Json => {
    if (depth === 0 || (!isList(node) && !isMap(node))) return node;
    const entries = isList(node) ? node.map((item): [string, Json] => ['', item]) : Object.entries(node);
    const next = entries.flatMap(([key, inner]) =>
      left-- === 0 ? pairs(key, inner) : [[key, walk(inner, depth - 1)] as const],
    );
    return isList(node) ? next.map(([, inner]) => inner) : Object.fromEntries(next);
  };
  return walk(root, 12);
}

const uri = 'file:///iop.json';
const readFile = (reference: string) => ({ uri: reference, text: undefined });

/** What the product says of a file with this spec in version 1.`minor`.0, before any registry has answered. */
function examined(spec: Json, minor: number) {
  const text = `${JSON.stringify({ apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', spec })}\n`;
  const { settings } = readSettings({ istioVersion: `1.${minor}.0` }, defaults);
  const context = { settings, readFile, ask: () => ({ kind: 'pending' }) as const };
  const engine = createEngine('index');
  const planned = engine.plan({ uri, text }, context);
  const findings = engine.check(planned, context).map(({ finding }) => finding);
  return { plans: planned.installs.map(({ plan }) => plan), findings };
}

/** A valid name, or a name that a finding calls invalid, or one that is open for a reason that is told. */
function assertAccounted(spec: Json, minor: number): void {
  const { plans, findings } = examined(spec, minor);
  assert.equal(plans.length, 1, 'one IstioOperator is one install');
  const reported = new Set(
    findings.filter(({ code }) => code === 'image-invalid').flatMap(({ images }) => images),
  );
  for (const { images, gaps } of plans)
    for (const { reference } of images) {
      if (reference.kind === 'dynamic')
        assert.ok(gaps.length > 0, `${reference.raw.slice(0, 99)} without a gap`);
      else if (parseImage(reference.value).kind === 'invalid')
        assert.ok(reported.has(reference.value), `${reference.value.slice(0, 99)} is not reported`);
    }
}

const longest = 2000;

test('no change of a valid IstioOperator breaks a plan, takes long, or gives an image that nobody accounts for', () => {
  const property = fc.property(
    fc.constantFrom(...specs),
    fc.array(mutations, { minLength: 1, maxLength: 4 }),
    (spec, changes) => {
      const changed = changes.reduce(mutated, spec);
      for (const minor of minorsOf(4, 31)) {
        const start = performance.now();
        assertAccounted(changed, minor);
        const took = performance.now() - start;
        assert.ok(took < longest, `1.${minor} took ${took} ms`);
      }
    },
  );
  fc.assert(property, { numRuns: 100 });
});

test('every spec that is changed here is valid in some version, and has images', () => {
  for (const spec of specs) {
    const versions = minorsOf(5, 31).map(minor => examined(spec, minor).plans[0]);
    assert.ok(versions.some(plan => plan !== undefined && plan.images.length > 0));
  }
});

test('a name that no container runtime takes is reported', () => {
  const [finding] = examined({ profile: 'minimal', hub: 'a b' }, 24).findings;
  assert.equal(finding?.code, 'image-invalid');
});
