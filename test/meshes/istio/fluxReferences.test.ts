import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkPlan } from '../../support/check';
import { injected, installed, manifest, planned } from './fixture';

const release = (spec: string) =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: mesh, namespace: istio-system }\nspec: { ${spec} }\n`;
const repository = (url: string, ref: string) =>
  `---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: { name: charts }\nspec: { url: "${url}", ref: ${ref} }\n`;
const configMap = (data: string, name = 'mesh') =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata:\n${data.replace(/^(?=.)/gm, '  ')}\n`;

/** The plan of the release that begins the file. */
const planIn = (text: string) => planned(manifest(text), {}, { 'iop.yaml': text });

const reference = 'chartRef: { kind: OCIRepository, name: charts }';
const address = 'oci://gcr.io/istio-release/charts/istiod';

const references: readonly (readonly [source: string, image: string])[] = [
  [repository(address, '{ tag: 1.20.1 }'), 'docker.io/istio/pilot:1.20.1'],
  [repository(address, '{ tag: 1.20.1, semver: 1.21.0 }'), 'docker.io/istio/pilot:1.21.0'],
  [repository('oci://my.org/istio/charts/cni', '{ tag: v1.22.0 }'), 'docker.io/istio/install-cni:1.22.0'],
  [
    '---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmChart\nmetadata: { name: charts }\nspec: { chart: ztunnel, version: 1.24.0 }\n',
    'docker.io/istio/ztunnel:1.24.0',
  ],
];

for (const [source, image] of references)
  test(`a release refers to ${source.replaceAll('\n', ' ')}`, () => {
    const kind = source.includes('HelmChart') ? reference.replace('OCIRepository', 'HelmChart') : reference;
    const plan = planIn(release(kind) + source);
    assert.deepEqual([installed(plan), plan.gaps], [[image], []]);
  });

const open: readonly (readonly [text: string, why: RegExp])[] = [
  [
    release('chartRef: { kind: OCIRepository, name: istiod }'),
    /the OCIRepository istiod is not in this file/,
  ],
  [release(`releaseName: istiod, ${reference}`), /the OCIRepository charts is not in this file/],
  [release(reference) + repository(address, '{ semver: 1.21.x }'), /1\.21\.x stands for the newest release/],
  [release(reference) + repository(address, '{ digest: "sha256:0" }'), /a digest tells no version/],
  [release(reference) + repository(address, '{}'), /without a version/],
];

for (const [text, why] of open)
  test(`open: ${text.split('\n')[3]} … ${text.split('\n').at(-2)}`, () =>
    assert.match(planIn(text).gaps[0]?.why ?? '', why));

test('a chart of somebody else, or one that nothing names, is none of ours', () => {
  const nginx = release(reference) + repository('oci://my.org/charts/nginx', '{ tag: 1.20.1 }');
  assert.throws(() => planIn(nginx), /no install/);
  assert.throws(() => planIn(release(reference)), /no install/);
});

test('the version of the resource is seen, and shown where the release refers to it', () =>
  check(`
docker.io/istio/pilot:1.14.1     linux/amd64
docker.io/istio/proxyv2:1.14.1   linux/amd64
--- mesh.yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: charts }
spec: { url: "${address}", ref: { tag: 1.14.1 } }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
#     ^^^^^^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
metadata: { name: mesh }
spec: { ${reference} }
`));

const chart = 'chart: { spec: { chart: istiod, version: 1.20.1 } }';
const from = (...items: readonly string[]) => `${chart}, valuesFrom: [${items.join()}]`;
const values = 'values.yaml: |\n  global:\n    hub: a\n    tag: x';

const valuesFrom: readonly (readonly [spec: string, data: string, image: string])[] = [
  [from('{ kind: ConfigMap, name: mesh }'), values, 'a/pilot:x'],
  [from('{ kind: ConfigMap, name: mesh, valuesKey: own }'), 'own: "{global: {hub: b}}"', 'b/pilot:1.20.1'],
  // the release itself counts more
  [`${from('{ kind: ConfigMap, name: mesh }')}, values: {global: {hub: c}}`, values, 'c/pilot:x'],
  [
    from('{ kind: ConfigMap, name: mesh, valuesKey: hub, targetPath: pilot.hub }'),
    'hub: d.org',
    'd.org/pilot:1.20.1',
  ],
];

for (const [spec, data, image] of valuesFrom)
  test(`${spec} with ${data.replaceAll('\n', ' ')} pulls ${image}`, () => {
    const plan = planIn(release(spec) + configMap(data));
    assert.deepEqual([installed(plan), plan.gaps], [[image], []]);
  });

test('of several ConfigMaps the later one counts more', () => {
  const spec = from('{ kind: ConfigMap, name: mesh }', '{ kind: ConfigMap, name: more }');
  const plan = planIn(
    release(spec) + configMap(values) + configMap('values.yaml: "global: {tag: z}"', 'more'),
  );
  assert.deepEqual([installed(plan), injected(plan)], [['a/pilot:z'], ['a/proxyv2:z']]);
});

for (const [spec, data, why] of [
  [from('{ kind: Secret, name: mesh }'), values, /values come from Secret mesh as well/],
  [from('{ kind: ConfigMap, name: other }'), values, /values come from ConfigMap other as well/],
  [from('{ kind: ConfigMap, name: mesh, valuesKey: own }'), values, /ConfigMap mesh has no key own/],
  [
    from('{ kind: ConfigMap, name: mesh }'),
    'values.yaml: "- hub:"',
    /the values of ConfigMap mesh can't be read/,
  ],
] as const)
  test(`what ${spec} leads to is open: ${data.split('\n')[0]}`, () =>
    assert.match(planIn(release(spec) + configMap(data)).gaps[0]?.why ?? '', why));

test('the documents of a real file are seen in any order', () =>
  checkPlan(
    `--- mesh.yaml\n${configMap(values).slice(4)}---\n${release(from('{ kind: ConfigMap, name: mesh }'))}`,
    ['Deployment/istiod a/pilot:x', 'Pod/* a/proxyv2:x'],
  ));
