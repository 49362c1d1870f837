import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MeshSettings } from '../../../../server/src/core/mesh';
import { istio } from '../../../../server/src/meshes/istio/index';
import { check, checkFix } from '../../../support/check';
import { at, files, injected, manifest, operatorText } from '../fixture';
import { gapsOf, minorsOf } from './rows';

const pods = (annotations: string): string => `spec: {template: {metadata: {annotations: {${annotations}}}}}`;
const typed = (type: string): string => `sidecar.istio.io/proxyImageType: ${type}`;
const config = (type: string): string => `proxy.istio.io/config: "{image: {imageType: ${type}}}"`;

/** The plan of the first document of a file, and of the file as it stands on the disk. */
const planOf = (text: string, settings: Partial<MeshSettings> = {}, onDisk = text) =>
  istio.plan(manifest(text), { hubs: [], ...settings }, files({ 'iop.yaml': onDisk }));

const imagesOf = (...input: Parameters<typeof planOf>): string => {
  const plan = planOf(...input);
  return plan === undefined ? '' : injected(plan).join(' ');
};

const workloads: readonly (readonly [kind: string, rest: string, image: string])[] = [
  ['Deployment', pods(typed('distroless')), 'h/proxyv2:t-distroless'],
  ['DaemonSet', pods(typed('debug')), 'h/proxyv2:t-debug'],
  ['StatefulSet', pods(typed('default')), 'h/proxyv2:t'],
  ['Job', pods(config('distroless')), 'h/proxyv2:t-distroless'],
  ['CronJob', `spec: {jobTemplate: {${pods(typed('debug'))}}}`, 'h/proxyv2:t-debug'],
  ['Pod', `metadata: {annotations: {${typed('debug')}}}`, 'h/proxyv2:t-debug'],
  // the annotation of its own beats the config, and a whole image name beats both
  ['Deployment', pods(`${config('debug')}, ${typed('distroless')}`), 'h/proxyv2:t-distroless'],
  ['Deployment', pods(`${typed('debug')}, sidecar.istio.io/proxyImage: a/b:1`), 'a/b:1'],
  // not on the workload itself, not empty, not on other kinds
  ['Deployment', `metadata: {annotations: {${typed('debug')}}}`, ''],
  ['Deployment', pods(typed('""')), ''],
  ['Service', pods(typed('debug')), ''],
  ['Deployment', pods('proxy.istio.io/config: "imageType: ["'), ''],
];

for (const [kind, rest, image] of workloads)
  test(`a ${kind} with ${rest} gets ${image || 'no image of its own'}`, () => {
    const text = `apiVersion: apps/v1\nkind: ${kind}\n${rest}\n`;
    for (const minor of minorsOf(13, 31)) assert.equal(imagesOf(text, at(minor)), image, `1.${minor}`);
  });

const resource = (type: string): string =>
  `apiVersion: networking.istio.io/v1beta1\nkind: ProxyConfig\nspec: {image: {imageType: ${type}}}\n`;

test('a ProxyConfig chooses the type for the pods that it selects', () => {
  assert.equal(imagesOf(resource('debug'), at(20)), 'h/proxyv2:t-debug');
  assert.equal(imagesOf(resource('debug').replace('networking.istio.io', 'other.io'), at(20)), '');
});

const app = `apiVersion: apps/v1\nkind: Deployment\n${pods(typed('debug'))}\n`;

test('types exist from 1.13 on', () => {
  for (const minor of minorsOf(5, 12)) assert.equal(imagesOf(app, at(minor)), '', `1.${minor}`);
});

test('a type alone says nothing: where no install is known, nothing is guessed', () => {
  assert.equal(planOf(app), undefined);
  assert.equal(planOf(app, { defaultHub: 'h' }), undefined);
  assert.equal(planOf(app, { istioVersion: '1.20' }), undefined);
  assert.equal(imagesOf(app, { istioVersion: '1.20.1' }), 'docker.io/istio/proxyv2:1.20.1-debug');
  assert.equal(imagesOf(app, { defaultHub: 'h', defaultTag: 't' }), 'h/proxyv2:t-debug');
});

/** What the Deployment gets with this install behind it in the file. */
const beside = (spec: string, settings: Partial<MeshSettings> = {}): string =>
  imagesOf(`${app}---\n${operatorText(spec)}`, settings);

const installs: readonly (readonly [spec: string, image: string])[] = [
  ['{hub: a, tag: 1.20.0}', 'a/proxyv2:1.20.0-debug'],
  ['{hub: a, tag: 1.20.0-distroless}', 'a/proxyv2:1.20.0-debug'],
  [
    '{hub: a, tag: 1.20.0, values: {global: {variant: distroless, proxy: {image: mine}}}}',
    'a/mine:1.20.0-debug',
  ],
  [
    '{hub: a, tag: 1.20.0, meshConfig: {defaultConfig: {image: {imageType: distroless}}}}',
    'a/proxyv2:1.20.0-debug',
  ],
  ['{hub: a, tag: 1.20.0, components: {pilot: {tag: b}}}', 'a/proxyv2:1.20.0-debug'],
  // a whole image name has no type, 1.12 has none, and an install without istiod injects nothing
  ['{hub: a, tag: 1.20.0, values: {global: {proxy: {image: a/b:1}}}}', ''],
  ['{hub: a, tag: 1.12.0}', ''],
  ['{hub: a, tag: 1.20.0, profile: empty}', ''],
  ['{hub: a}', ''],
];

for (const [spec, image] of installs)
  test(`beside an IstioOperator ${spec} it is ${image || 'not known'}`, () =>
    assert.equal(beside(spec), image));

test('an install in the same file tells more than the settings', () => {
  assert.equal(beside('{hub: a, tag: 1.20.0}', at(22)), 'a/proxyv2:1.20.0-debug');
  assert.equal(beside('{profile: empty}', at(22)), '');
});

test('two installs that differ leave it open', () => {
  const second = (hub: string) =>
    `${app}---\n${operatorText('{hub: a, tag: 1.20.0}')}---\n${operatorText(`{hub: ${hub}, tag: 1.20.0}`)}`;
  assert.equal(imagesOf(second('b')), '');
  assert.equal(imagesOf(second('a')), 'a/proxyv2:1.20.0-debug');
});

test('another file of that name tells nothing, nor does one that cannot be read', () => {
  assert.equal(imagesOf(app, {}, operatorText('{hub: a, tag: 1.20.0}')), 'a/proxyv2:1.20.0-debug');
  assert.equal(istio.plan(manifest(app), { hubs: [] }, files({})), undefined);
});

test('a type that a template fills in is open', () => {
  const plan = planOf(`kind: Deployment\n${pods(typed('"{{ .Values.type }}"'))}\n`, at(20));
  assert.match(
    plan === undefined ? '' : gapsOf(plan),
    /^tag: the image type {{ \.Values\.type }} is not known/,
  );
});

test('what is wrong with the image stands under the type', () =>
  check(`
docker.io/istio/pilot:1.20.0                linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.0              linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.0-distroless   linux/amd64
--- all.yaml
kind: IstioOperator
spec:
  hub: docker.io/istio
  tag: 1.20.0
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  template:
    metadata:
      annotations:
        proxy.istio.io/config: |
          image:
            imageType: distroless
#                      ^^^^^^^^^^ platform-unsupported: docker.io/istio/proxyv2:1.20.0-distroless
`));

test('a type that nobody builds is said, with one that is', () =>
  check(`
docker.io/istio/proxyv2:1.20.0   linux/amd64 linux/arm64
istioVersion: 1.20.0
--- app.yaml
apiVersion: networking.istio.io/v1beta1
kind: ProxyConfig
spec:
  image:
    imageType: alpine
#              ^^^^^^ image-not-found: docker.io/istio/proxyv2:1.20.0-alpine
#              ^^^^^^ variant-unpublished: distroless
`));

const file = (type: string): string => `
docker.io/istio/pilot:1.20.0                linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.0              linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.0-distroless   linux/amd64 linux/arm64
--- all.yaml
kind: IstioOperator
metadata: { name: mesh, labels: { a: b } }
spec: { hub: docker.io/istio, tag: 1.20.0 }
---
apiVersion: networking.istio.io/v1beta1
kind: ProxyConfig
spec: { image: { imageType: ${type} } }
---
apiVersion: v1
kind: Pod
metadata: { annotations: { sidecar.istio.io/proxyImageType: default } }
`;

test('the type is replaced where it stands, and the install of the file still tells the rest', () =>
  checkFix(
    file('alpine'),
    'Use the variant distroless',
    file('distroless').split('--- all.yaml\n')[1] ?? '',
  ));
