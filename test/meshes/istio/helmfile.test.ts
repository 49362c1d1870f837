import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkFix } from '../../support/check';
import { injected, installed, manifest, planned } from './fixture';

const repositories =
  'repositories:\n- {name: istio, url: "https://istio-release.storage.googleapis.com/charts"}\n- {name: mesh, url: "oci://my.org/istio"}\n';
const table = { 'a.yaml': 'global: {hub: a, tag: x}', 'env/b.yaml': 'global: {hub: b}' };

const plan = (...releases: readonly string[]) =>
  planned(
    manifest(`${repositories}releases:\n${releases.map(one => `- {name: x, ${one}}\n`).join('')}`),
    {},
    table,
  );

const istiod = 'chart: istio/istiod, version: 1.20.1';

const rows: readonly (readonly [release: string, images: string])[] = [
  [istiod, 'docker.io/istio/pilot:1.20.1'],
  ['chart: mesh/cni, version: 1.22.0', 'docker.io/istio/install-cni:1.22.0'],
  ['chart: "oci://gcr.io/istio-release/charts/ztunnel", version: 1.24.0', 'docker.io/istio/ztunnel:1.24.0'],
  [`${istiod}, values: [a.yaml]`, 'a/pilot:x'],
  // files and maps in their order, then set
  [`${istiod}, values: [a.yaml, {global: {hub: c}}, env/b.yaml]`, 'b/pilot:x'],
  [`${istiod}, values: [env/b.yaml, {global: {hub: c}}]`, 'c/pilot:1.20.1'],
  [`${istiod}, values: [a.yaml], set: [{name: global.hub, value: d}]`, 'd/pilot:x'],
  [`${istiod}, setString: [{name: pilot.tag, value: "1.10"}]`, 'docker.io/istio/pilot:1.10'],
  [`${istiod}, installed: false`, ''],
  [`${istiod}, installed: true`, 'docker.io/istio/pilot:1.20.1'],
];

for (const [release, images] of rows)
  test(`a release {${release}} pulls ${images || 'nothing'}`, () => {
    // Another one stands beside it, so that there is an install in any case.
    const both = plan(release, 'chart: istio/base, version: 1.20.1');
    assert.deepEqual([installed(both).join(' '), both.gaps], [images, []]);
  });

test('every release of a file counts, those of others do not', () => {
  const all = plan(istiod, 'chart: istio/cni, version: 1.20.1', 'chart: bitnami/nginx, version: 1.20.1');
  assert.deepEqual(installed(all), ['docker.io/istio/pilot:1.20.1', 'docker.io/istio/install-cni:1.20.1']);
  assert.deepEqual(injected(all), ['docker.io/istio/proxyv2:1.20.1']);
  assert.throws(() => plan('chart: bitnami/nginx, version: 1.20.1'), /no manifest/);
});

for (const [release, why] of [
  ['chart: istio/istiod', /without a version .*; write the version of the release/],
  ['chart: istio/istiod, version: ~1.20.0', /~1\.20\.0 stands for the newest release/],
  ['chart: ./charts/istiod', /nothing here tells its version/],
  [`${istiod}, values: [none.yaml]`, /^none\.yaml can't be read/],
  [
    `${istiod}, values: ["{{ .Environment.Name }}.yaml"]`,
    /^the file {{ \.Environment\.Name }}\.yaml is not known/,
  ],
] as const)
  test(`open: a release {${release}}`, () => assert.match(plan(release).gaps[0]?.why ?? '', why));

const file = (version: string) => `
docker.io/istio/pilot:1.14.1     linux/amd64
docker.io/istio/proxyv2:1.14.1   linux/amd64
docker.io/istio/pilot:1.15.7     linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.15.7   linux/amd64 linux/arm64
--- helmfile.yaml
repositories:
  - name: istio
    url: https://istio-release.storage.googleapis.com/charts
releases:
  - name: istiod
    chart: istio/istiod
    version: ${version}
`;

test('what is wrong stands under the version, and is raised there', async () => {
  await check(`${file('1.14.1')}#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1\n`);
  await checkFix(file('1.14.1'), '1.15.7', file('1.15.7').split('--- helmfile.yaml\n')[1] ?? '');
});
