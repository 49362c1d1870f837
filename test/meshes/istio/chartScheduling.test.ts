import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkFix } from '../../support/check';
import { command, manifest, planned } from './fixture';

const amd64 = 'nodeSelector: {kubernetes.io/arch: amd64}';
const affinity =
  'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/arch, operator: In, values: [amd64]}]}]}}}';
const byDefault = 'global: {defaultNodeSelector: {kubernetes.io/arch: amd64}, arch: {amd64: 2}}';

/** The architectures of the nodes that the pods of a chart of 1.`minor` may run on. */
const limitOf = (chart: string, minor: number, values: string): string => {
  const fragment = command(`helm install x ${chart} --version 1.${minor}.0 -f v.yaml`);
  const [use] = planned(fragment, {}, { 'v.yaml': values }).images;
  assert.ok(use);
  return use.nodes?.architectures.join(' ') ?? 'any';
};

const rows: readonly (readonly [chart: string, minors: readonly number[], values: string, nodes: string])[] =
  [
    ['istio/istiod', [12, 20, 23, 24, 31], `pilot: {${amd64}}`, 'amd64'],
    ['istio/istiod', [12, 20, 23, 24, 31], `pilot: {${affinity}}`, 'amd64'],
    // what stands at the top is read from 1.24 on
    ['istio/istiod', [12, 23], amd64, 'any'],
    ['istio/istiod', [24, 31], amd64, 'amd64'],
    ['istio/istiod', [24, 31], affinity, 'amd64'],
    // no chart of a published repository reads the selector for all or the weights
    ['istio/istiod', [12, 20, 24, 31], byDefault, 'any'],
    ['istio/cni', [16], `cni: {${affinity}}`, 'any'],
    ['istio/cni', [17, 23, 24, 31], `cni: {${affinity}}`, 'amd64'],
    ['istio/cni', [24, 31], affinity, 'amd64'],
    ['istio/cni', [17, 25], `cni: {${amd64}}`, 'any'],
    ['istio/cni', [20, 31], byDefault, 'any'],
    ['istio/ztunnel', [18, 24, 28], amd64, 'any'],
    ['istio/ztunnel', [18, 24, 28], affinity, 'any'],
  ];

for (const [chart, minors, values, nodes] of rows)
  test(`${chart} of 1.${minors.join(', 1.')} with ${values} runs on ${nodes}`, () => {
    for (const minor of minors) assert.equal(limitOf(chart, minor, values), nodes, `1.${minor}`);
  });

test('the Sail Operator hands the values to the charts', () => {
  const sail = (values: string) =>
    planned(
      manifest(
        `apiVersion: sailoperator.io/v1\nkind: Istio\nspec: {version: v1.28.3, values: {${values}}}\n`,
      ),
    ).images[0]?.nodes;
  assert.deepEqual(sail(`pilot: {${amd64}}`)?.architectures, ['amd64']);
  assert.equal(sail(byDefault), undefined);
});

const pinned = (values: string) => `
--- release.yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
spec:
  chart: { spec: { chart: istiod, version: 1.14.1 } }
  values: { ${values} }
`;

test('a chart that is pinned to amd64 on purpose is not flagged', () => check(pinned(`pilot: {${amd64}}`)));

const egress = 'helm template egress istio-1.10.0/manifests/charts/gateways/istio-egress';
const charts = (flags = '') => `
ghcr.io/resf/istio/proxyv2:1.11.8 linux/amd64 linux/arm64
--- run.sh
${egress} --set global.hub=ghcr.io/resf/istio --set global.tag=1.11.8${flags}
`;

test('the old charts of gateways keep their pods off arm64 themselves', async () => {
  const carets = ' '.repeat(
    egress.length + ' --set global.hub=ghcr.io/resf/istio --set global.tag='.length - 1,
  );
  await check(`${charts()}#${carets}^^^^^^ scheduling-excludes-platform: global.arch\n`);
  await checkFix(
    charts(),
    'Let the pods run on arm64 nodes too, by global.arch',
    `${egress} --set global.hub=ghcr.io/resf/istio --set global.tag=1.11.8 --set global.arch.arm64=2\n`,
  );
});

test('a weight for arm64 is enough there', () => check(charts(' --set global.arch.arm64=2')));
