import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkPlan } from '../../support/check';
import { injected, installed, manifest, planned } from './fixture';

const repo = 'https://istio-release.storage.googleapis.com/charts';
const table = {
  'a.yaml': 'global: {hub: a, tag: x}',
  'b.yaml': 'global: {hub: b}',
};

const plan = (text: string) => planned(manifest(text), {}, table);

const charts = (item: string) => `helmCharts:\n- {name: istiod, repo: "${repo}", version: 1.20.1${item}}\n`;

const rows: readonly (readonly [item: string, image: string])[] = [
  ['', 'docker.io/istio/pilot:1.20.1'],
  [', valuesFile: a.yaml', 'a/pilot:x'],
  [', valuesInline: {global: {hub: c}}', 'c/pilot:1.20.1'],
  // the values in the kustomization beat the file, unless valuesMerge says otherwise
  [', valuesFile: a.yaml, valuesInline: {global: {hub: c}}', 'c/pilot:x'],
  [', valuesFile: a.yaml, valuesInline: {global: {hub: c}}, valuesMerge: override', 'c/pilot:x'],
  [', valuesFile: a.yaml, valuesInline: {global: {hub: c}}, valuesMerge: merge', 'a/pilot:x'],
  [', valuesFile: a.yaml, valuesInline: {global: {hub: c}}, valuesMerge: replace', 'c/pilot:1.20.1'],
  [', valuesFile: a.yaml, additionalValuesFiles: [b.yaml]', 'b/pilot:x'],
];

for (const [item, image] of rows)
  test(`helmCharts with ${item.slice(2) || 'a version'} pulls ${image}`, () => {
    for (const text of [charts(item), `kind: Kustomization\n${charts(item)}`]) {
      const { images, gaps } = plan(text);
      assert.deepEqual([installed({ ...plan(text), images }), gaps], [[image], []]);
    }
  });

test('the field that helmCharts replaced, and a generator in a file of its own', () => {
  const former = `helmChartInflationGenerator:\n- {chartName: istiod, chartRepoUrl: "${repo}", chartVersion: 1.14.1, values: a.yaml}\n`;
  assert.deepEqual(installed(plan(former)), ['a/pilot:x']);
  const generator = `apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: mesh}\nname: cni\nrepo: "${repo}/istio"\nversion: 1.20.1\nvaluesInline: {global: {hub: c}}\n`;
  assert.deepEqual(installed(plan(generator)), ['c/install-cni:1.20.1']);
});

const renames: readonly (readonly [image: string, result: string])[] = [
  ['{name: docker.io/istio/pilot, newTag: y}', 'docker.io/istio/pilot:y'],
  ['{name: docker.io/istio/pilot, newName: my.org/mesh/pilot}', 'my.org/mesh/pilot:1.20.1'],
  ['{name: docker.io/istio/pilot, newName: my.org/mesh/pilot, newTag: y}', 'my.org/mesh/pilot:y'],
  ['{name: docker.io/istio/pilot, digest: "sha256:0"}', 'docker.io/istio/pilot@sha256:0'],
  ['{name: istio/pilot, newTag: y}', 'docker.io/istio/pilot:1.20.1'],
];

for (const [image, result] of renames)
  test(`images: [${image}] make it ${result}`, () => {
    const renamed = plan(`${charts('')}images: [${image}, {name: docker.io/istio/proxyv2, newTag: z}]\n`);
    assert.deepEqual(installed(renamed), [result]);
    // The template of injected pods is a text, in which kustomize renames nothing.
    assert.deepEqual(injected(renamed), ['docker.io/istio/proxyv2:1.20.1']);
  });

for (const [item, why] of [
  [', valuesFile: none.yaml', /^none\.yaml can't be read/],
  [', valuesMerge: append', /^kustomize knows override, replace and merge/],
] as const)
  test(`open: ${item.slice(2)}`, () => assert.match(plan(charts(item)).gaps[0]?.why ?? '', why));

test('without a version it is the newest of the day', () => {
  const [gap] = plan(charts('').replace(', version: 1.20.1', '')).gaps;
  assert.match(
    gap?.why ?? '',
    /without a version it is the newest one of the day; write the version of the chart/,
  );
});

test('charts of others are none of ours', () =>
  assert.throws(() => plan(charts('').replace('istiod', 'nginx')), /no manifest/));

test('a kustomization is checked as it stands in a file', async () => {
  const file = (version: string) => `
docker.io/istio/pilot:1.14.1     linux/amd64
docker.io/istio/proxyv2:1.14.1   linux/amd64
--- kustomization.yaml
helmCharts:
  - name: istiod
    repo: ${repo}
    version: ${version}
`;
  await check(`${file('1.14.1')}#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1\n`);
  checkPlan(file('1.15.7'), [
    'Deployment/istiod docker.io/istio/pilot:1.15.7',
    'Pod/* docker.io/istio/proxyv2:1.15.7',
  ]);
});
