import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkFix, checkPlan, fixTitles } from '../../support/check';
import { installed, manifest, planned } from './fixture';

const repository = 'https://istio-release.storage.googleapis.com/charts';

const application = (source: string) =>
  manifest(
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    repoURL: ${repository}\n${source.replace(/^(?=.)/gm, '    ')}\n`,
  );

const istiod = 'chart: istiod\ntargetRevision: 1.20.1';
const official = 'docker.io/istio';

const rows: readonly (readonly [source: string, images: readonly string[]])[] = [
  [istiod, [`${official}/pilot:1.20.1`]],
  ['chart: cni\ntargetRevision: v1.24.1', [`${official}/install-cni:1.24.1`]],
  ['chart: ztunnel\ntargetRevision: "1.24.1"', [`${official}/ztunnel:1.24.1`]],
  [`${istiod}\nhelm:\n  valuesObject:\n    global: { hub: h }`, ['h/pilot:1.20.1']],
  [`${istiod}\nhelm:\n  values: |\n    global:\n      hub: h\n      tag: t`, ['h/pilot:t']],
  [`${istiod}\nhelm:\n  values: |-\n    global: {hub: h}`, ['h/pilot:1.20.1']],
  [`${istiod}\nhelm:\n  values: "global:\\n  hub: h"`, ['h/pilot:1.20.1']],
  // The object counts more than the text, a parameter more than both.
  [
    `${istiod}\nhelm:\n  values: "global: {hub: a, tag: t}"\n  valuesObject: {global: {hub: b}}`,
    ['b/pilot:1.20.1'],
  ],
  [
    `${istiod}\nhelm:\n  valuesObject: {global: {hub: b}}\n  parameters:\n    - name: global.hub\n      value: c`,
    ['c/pilot:1.20.1'],
  ],
  [`${istiod}\nhelm:\n  parameters: [{name: global.tag, value: "1.10"}]`, [`${official}/pilot:1.10`]],
  [`${istiod}\nhelm:\n  parameters: [{name: pilot.hub, value: "a,b"}]`, ['a,b/pilot:1.20.1']],
];

for (const [source, images] of rows)
  test(`Application: ${source.replaceAll('\n', ' ')}`, () => {
    const plan = planned(application(source));
    assert.deepEqual(installed(plan), images);
    assert.deepEqual(plan.gaps, []);
  });

const gaps: readonly (readonly [source: string, what: string, why: RegExp])[] = [
  ['chart: istiod\ntargetRevision: 1.21.*', 'version', /1\.21\.\* stands for the newest release/],
  ['chart: istiod\ntargetRevision: "*"', 'version', /the hub and the tag/],
  ['chart: istiod', 'version', /without a version/],
  [`${istiod}\nhelm: {valueFiles: [$values/a.yaml]}`, 'file', /another source of the application/],
  [`${istiod}\nhelm: {valueFiles: [values.yaml, a.yaml]}`, 'file', /a\.yaml lies in the chart/],
  [`${istiod}\nhelm: {values: "- a"}`, 'values', /can't be read/],
  [`${istiod}\nhelm: {values: "{{ .Values.x }}"}`, 'values', /can't be read/],
];

for (const [source, what, why] of gaps)
  test(`open: ${source.replaceAll('\n', ' ')}`, () => {
    const [gap, ...rest] = planned(application(source)).gaps;
    assert.equal(gap?.what, what);
    assert.match(gap?.why ?? '', why);
    assert.deepEqual(rest, []);
  });

test('what is no chart of Istio is none of its installs', () => {
  for (const source of ['chart: redis # not istiod', 'path: manifests/charts/istiod'])
    assert.throws(() => planned(application(source)), /no install/);
});

test('several sources and application sets', () =>
  checkPlan(
    `
--- apps.yaml
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
spec:
  template:
    spec:
      sources:
        - { chart: cni, repoURL: ${repository}, targetRevision: 1.24.1 }
        - chart: istiod
          repoURL: ${repository}
          targetRevision: 1.24.2
          helm:
            values: |
              hub: h
        - repoURL: https://example.com/x.git
          ref: values
---
apiVersion: argoproj.io/v1alpha1
kind: Application
spec: { source: { chart: redis, repoURL: https://example.com/istiod } }
`,
    [
      'DaemonSet/istio-cni-node docker.io/istio/install-cni:1.24.1',
      'Deployment/istiod h/pilot:1.24.2',
      'Pod/* docker.io/istio/proxyv2:1.24.2',
    ],
  ));

test('what is wrong stands in the text of the values', () =>
  check(`
--- app.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
spec:
  source:
    chart: istiod
    repoURL: ${repository}
    targetRevision: 1.20.1
    helm:
      values: |
        # what is pinned
        global:
          tag: "1.14.1"
#               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('what is wrong stands under the revision, and is raised there', async () => {
  const app = (revision: string) => `
--- app.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
spec:
  source:
    chart: istiod
    repoURL: ${repository}
    targetRevision: ${revision}
`;
  await check(
    `${app('1.14.1')}#                   ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1\n`,
  );
  await checkFix(app('1.14.1'), '1.15.7', app('1.15.7').replace('\n--- app.yaml', ''));
});

const mirrored = `
h.example.com/istio/pilot:1.14.1 linux/arm64
h.example.com/istio/proxyv2:1.14.1 linux/arm64
hub: h.example.com/istio
--- app.yaml
`;

const appWith = (helm: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
spec:
  source:
    chart: istiod
    targetRevision: 1.14.1
${helm}    repoURL: ${repository}
`;

test('a hub is written into the object of values', () =>
  checkFix(
    mirrored + appWith(''),
    'hub to h.example.com',
    `
apiVersion: argoproj.io/v1alpha1
kind: Application
spec:
  source:
    helm:
      valuesObject:
        global:
          hub: h.example.com/istio
    chart: istiod
    targetRevision: 1.14.1
    repoURL: ${repository}
`,
  ));

test('a hub is written into the text of values', async () => {
  const before = appWith('    helm:\n      values: |\n        global:\n          logging: {}\n');
  assert.ok((await fixTitles(mirrored + before)).some(title => title.includes('h.example.com')));
  await checkFix(
    mirrored + before,
    'hub to h.example.com',
    `\n${before.replace('          logging', '          hub: h.example.com/istio\n          logging')}`,
  );
});
