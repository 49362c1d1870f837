import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkFix, checkPlan, linksOf } from '../../support/check';
import { installed, manifest, planned } from './fixture';

const application = (files: string, more = '', ref = 'values') => `
apiVersion: argoproj.io/v1alpha1
kind: Application
spec:
  sources:
    - repoURL: https://istio-release.storage.googleapis.com/charts
      chart: istiod
      targetRevision: 1.20.1
      helm: { valueFiles: [${files}]${more} }
    - repoURL: https://git.example.org/mesh.git
      ref: ${ref}
`;

const table = {
  'env/a.yaml': 'global: {hub: a, tag: x}',
  'env/b.yaml': 'global: {hub: b}',
  'env/bad.yaml': '- a',
};

const plan = (...input: Parameters<typeof application>) =>
  planned(manifest(application(...input).slice(1)), {}, table);

const rows: readonly (readonly [files: string, more: string, images: string])[] = [
  ['$values/env/a.yaml', '', 'a/pilot:x'],
  ['$values/env/a.yaml, $values/env/b.yaml', '', 'b/pilot:x'],
  ['$values/env/b.yaml, $values/env/a.yaml', '', 'a/pilot:x'],
  // what stands in the application counts more than any file, and a parameter most
  ['$values/env/a.yaml', ', values: "global: {hub: c}"', 'c/pilot:x'],
  ['$values/env/a.yaml', ', valuesObject: {global: {hub: c}}', 'c/pilot:x'],
  ['$values/env/a.yaml', ', parameters: [{name: global.tag, value: y}]', 'a/pilot:y'],
];

for (const [files, more, image] of rows)
  test(`valueFiles [${files}]${more} lead to ${image}`, () => {
    const { images, gaps } = plan(files, more);
    assert.deepEqual([installed({ ...plan(files, more), images }), gaps], [[image], []]);
  });

const gaps: readonly (readonly [files: string, ref: string, why: RegExp])[] = [
  ['$values/env/none.yaml', 'values', /^\$values\/env\/none\.yaml lies in another source/],
  ['$other/env/a.yaml', 'values', /none has the ref other$/],
  ['env/a.yaml', 'values', /^env\/a\.yaml lies in the chart/],
  ['"$values/{{env}}/a.yaml"', 'values', /is not known: it is filled in later$/],
  ['$values/env/bad.yaml', 'values', /can't be read/],
];

for (const [files, ref, why] of gaps)
  test(`valueFiles [${files}] are open`, () => assert.match(plan(files, '', ref).gaps[0]?.why ?? '', why));

const repository = (tag: string) => `
docker.io/istio/pilot:1.14.1     linux/amd64
docker.io/istio/proxyv2:1.14.1   linux/amd64
docker.io/istio/pilot:1.15.7     linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.15.7   linux/amd64 linux/arm64
--- apps/mesh/app.yaml${application('$values/env/mesh.yaml')}
--- env/mesh.yaml
global:
  tag: ${tag}
`;

test('a file of values is looked for in the folders above, and what is wrong with it stands in it', async () => {
  await checkPlan(repository('1.15.7'), [
    'Deployment/istiod docker.io/istio/pilot:1.15.7',
    'Pod/* docker.io/istio/proxyv2:1.15.7',
  ]);
  await check(`${repository('1.14.1')}#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1\n`);
  await checkFix(repository('1.14.1'), '1.15.7', '\n--- env/mesh.yaml\nglobal:\n  tag: 1.15.7\n');
});

test('the name of the file leads to it', () =>
  assert.deepEqual(linksOf(repository('1.15.7')), [
    'apps/mesh/app.yaml:8 $values/env/mesh.yaml -> env/mesh.yaml',
  ]));
