import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkFix } from '../../support/check';
import { installed, manifest, planned } from './fixture';

const repository = 'https://istio-release.storage.googleapis.com/charts';

const chart = (...dependencies: readonly string[]) =>
  manifest(
    `apiVersion: v2\nname: mesh\nversion: 0.1.0\ndependencies:\n${dependencies.map(one => `  - ${one}\n`).join('')}`,
    'file:///folder/Chart.yaml',
  );

const istiod = `{ name: istiod, version: 1.20.1, repository: ${repository} }`;
const cni = `{ name: cni, alias: net, version: 1.20.1, repository: ${repository}, condition: net.enabled }`;
const official = 'docker.io/istio';

const rows: readonly (readonly [
  dependencies: readonly string[],
  values: string | undefined,
  images: readonly string[],
])[] = [
  [[istiod], undefined, [`${official}/pilot:1.20.1`]],
  [[istiod], 'istiod:\n  global:\n    hub: h\n', ['h/pilot:1.20.1']],
  [[istiod], 'pilot:\n  hub: h\n', [`${official}/pilot:1.20.1`]],
  [[istiod], 'global:\n  hub: g\nistiod:\n  global:\n    hub: h\n    tag: t\n', ['g/pilot:t']],
  [[istiod, cni], 'net:\n  cni:\n    hub: h\n', [`${official}/pilot:1.20.1`, 'h/install-cni:1.20.1']],
  [[istiod, cni], 'net:\n  enabled: false\n', [`${official}/pilot:1.20.1`]],
  [[`{ name: redis, version: 1.0.0 }`, istiod], '', [`${official}/pilot:1.20.1`]],
];

for (const [dependencies, values, images] of rows)
  test(`${dependencies.join()} ${values ?? ''}`.replaceAll('\n', ' '), () => {
    const plan = planned(chart(...dependencies), {}, values === undefined ? {} : { 'values.yaml': values });
    assert.deepEqual(installed(plan), images);
    assert.deepEqual(plan.gaps, []);
    assert.deepEqual(plan.reads, ['file:///folder/values.yaml']);
  });

test('a range of versions is open', () => {
  const [gap] = planned(chart(`{ name: istiod, version: ~1.21.0, repository: ${repository} }`)).gaps;
  assert.match(gap?.why ?? '', /~1\.21\.0 stands for the newest release that it allows; write the version/);
});

test('charts of others are none', () =>
  assert.throws(() => planned(chart('{ name: cni, version: 1.0.0 } # not istiod')), /no install/));

const files = (version: string, tag: string) => `
--- mesh/Chart.yaml
apiVersion: v2
name: mesh
dependencies:
  - name: istiod
    version: ${version}
    repository: ${repository}
--- mesh/values.yaml
istiod:
  pilot:
    tag: ${tag}
`;

test('what is wrong stands in Chart.yaml and in its values', () =>
  check(
    files('1.14.1', '1.13.2')
      .replace(
        '    repository',
        '#            ^^^^^^ platform-unsupported: docker.io/istio/proxyv2:1.14.1\n    repository',
      )
      .concat('#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.13.2\n'),
  ));

test('both are raised at once', () =>
  checkFix(files('1.14.1', '1.13.2'), '1.15.7', files('1.15.7', '1.15.7')));
