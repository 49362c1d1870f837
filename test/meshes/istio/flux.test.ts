import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkFix } from '../../support/check';
import { injected, installed, manifest, planned } from './fixture';

const release = (chart: string, spec = '', apiVersion = 'helm.toolkit.fluxcd.io/v2') =>
  manifest(
    `apiVersion: ${apiVersion}\nkind: HelmRelease\nmetadata:\n  name: mesh\nspec:\n  chart:\n    spec: ${chart}\n${spec.replace(/^(?=.)/gm, '  ')}\n`,
  );

const istiod = '{ chart: istiod, version: 1.20.1, sourceRef: { kind: HelmRepository, name: mesh } }';
const official = 'docker.io/istio';

const rows: readonly (readonly [chart: string, spec: string, images: readonly string[]])[] = [
  [istiod, '', [`${official}/pilot:1.20.1`]],
  ['{ chart: cni, version: 1.14.1, sourceRef: { name: istio } }', '', [`${official}/install-cni:1.14.1`]],
  ['{ chart: ztunnel, version: "1.24.0" }', 'values: {hub: h}', ['h/ztunnel:1.24.0']],
  [istiod, 'values: {global: {hub: h, tag: t}}', ['h/pilot:t']],
  [istiod, 'values: {pilot: {image: a.b/c:1}}', ['a.b/c:1']],
  ['{ chart: istiod, version: 1.24.0 }', 'values: {hub: h}', ['h/pilot:1.24.0']],
];

for (const [chart, spec, images] of rows)
  for (const apiVersion of ['helm.toolkit.fluxcd.io/v2', 'helm.toolkit.fluxcd.io/v2beta1'])
    test(`${apiVersion} ${chart} ${spec}`, () => {
      const plan = planned(release(chart, spec, apiVersion));
      assert.deepEqual(installed(plan), images);
      assert.deepEqual(plan.gaps, []);
    });

test('the first API of Flux named the version beside the repository', () => {
  const old = manifest(`apiVersion: helm.fluxcd.io/v1
kind: HelmRelease
spec:
  chart:
    repository: https://istio-release.storage.googleapis.com/charts
    name: istiod
    version: 1.14.1
  values: { global: { hub: h } }
`);
  assert.deepEqual(installed(planned(old)), ['h/pilot:1.14.1']);
  assert.deepEqual(injected(planned(old)), ['h/proxyv2:1.14.1']);
});

const gaps: readonly (readonly [chart: string, spec: string, what: string, why: RegExp])[] = [
  ['{ chart: istiod, version: ">=1.20.0" }', '', 'version', />=1\.20\.0 stands for the newest release/],
  ['{ chart: istiod }', '', 'version', /write spec\.chart\.spec\.version/],
  [
    '{ chart: istiod, version: "1.20.x" }',
    '',
    'version',
    /the tag of the images comes from the chart istiod/,
  ],
  [istiod, 'valuesFrom: [{ kind: ConfigMap, name: mesh }]', 'values', /ConfigMap mesh/],
  [
    '{ chart: istiod, version: 1.20.1, valuesFiles: [values.yaml, b.yaml] }',
    '',
    'file',
    /b\.yaml lies in the chart/,
  ],
];

for (const [chart, spec, what, why] of gaps)
  test(`open: ${chart} ${spec}`, () => {
    const [gap, ...rest] = planned(release(chart, spec)).gaps;
    assert.equal(gap?.what, what);
    assert.match(gap?.why ?? '', why);
    assert.deepEqual(rest, []);
  });

test('other charts and other resources are no installs', () => {
  for (const chart of ['{ chart: cni, version: 1.0.0 }', '{ chart: redis } # istiod', '{}'])
    assert.throws(() => planned(release(`${chart} # istiod`)), /no install/);
});

const flux = (version: string) => `
--- release.yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: istiod
spec:
  chart:
    spec:
      chart: istiod
      version: ${version}
`;

test('what is wrong stands under the version of the chart, and is raised there', async () => {
  await check(`${flux('1.14.1')}#              ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1\n`);
  await checkFix(flux('1.14.1'), '1.15.7', flux('1.15.7').replace('\n--- release.yaml', ''));
});

test('a hub is written into the values', () =>
  checkFix(
    `
h.example.com/istio/pilot:1.14.1 linux/arm64
h.example.com/istio/proxyv2:1.14.1 linux/arm64
hub: h.example.com/istio${flux('1.14.1')}`,
    'hub to h.example.com',
    `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: istiod
spec:
  values:
    global:
      hub: h.example.com/istio
  chart:
    spec:
      chart: istiod
      version: 1.14.1
`,
  ));
