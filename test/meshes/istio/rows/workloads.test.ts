import assert from 'node:assert/strict';
import { test } from 'node:test';
import { istio } from '../../../../server/src/meshes/istio/index';
import { check } from '../../../support/check';
import { files, injected, manifest, planned } from '../fixture';
import { gapsOf } from './rows';

const proxy = (image: string): string => `{sidecar.istio.io/proxyImage: "${image}"}`;
const pods = (image: string): string => `{template: {metadata: {annotations: ${proxy(image)}}}}`;

const rows: readonly (readonly [kind: string, rest: string, images: string])[] = [
  ['Deployment', `spec: ${pods('a/proxyv2:1')}`, 'a/proxyv2:1'],
  ['StatefulSet', `spec: ${pods('a/proxyv2:1')}`, 'a/proxyv2:1'],
  ['Job', `spec: ${pods('a/proxyv2:1')}`, 'a/proxyv2:1'],
  ['CronJob', `spec: {jobTemplate: {spec: ${pods('a/proxyv2:1')}}}`, 'a/proxyv2:1'],
  ['Pod', `metadata: {annotations: ${proxy('a/b@sha256:0')}}`, 'a/b@sha256:0'],
  [
    'Gateway',
    'spec: {infrastructure: {annotations: {gateway.istio.io/agentgatewayImage: a/agentgateway:1}}}',
    'a/agentgateway:1',
  ],
  // without a slash it has no effect, and neither has it on the workload itself
  ['Deployment', `spec: ${pods('proxyv2')}`, ''],
  ['Deployment', `metadata: {annotations: ${proxy('a/b:1')}}\nspec: {}`, ''],
  ['ConfigMap', `metadata: {annotations: ${proxy('a/b:1')}}`, ''],
  ['Deployment', 'spec: {template: {metadata: {annotations: {sidecar.istio.io/proxyImage: [a/b]}}}}', ''],
  ['Deployment', 'spec: [sidecar.istio.io/proxyImage]', ''],
];

for (const [kind, rest, images] of rows)
  test(`a ${kind} with ${rest.split('\n')[0]} pulls ${images || 'no proxy of its own'}`, () => {
    const text = `# sidecar.istio.io/proxyImage\napiVersion: apps/v1\nkind: ${kind}\n${rest}\n`;
    const plan = istio.plan(manifest(text), { hubs: [] }, files({}));
    assert.equal(plan === undefined ? '' : injected(plan).join(' '), images);
  });

test('an image that a template fills in is open', () => {
  const plan = planned(manifest(`kind: Deployment\nspec: ${pods('{{ .Values.hub }}/proxyv2:1')}\n`));
  assert.match(gapsOf(plan), /^image: the image {{ \.Values\.hub }}\/proxyv2:1 is not known/);
});

test('the image of an annotation is checked like any other', () =>
  check(`
docker.io/istio/proxyv2:1.14.1  linux/amd64
--- app.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    metadata:
      annotations:
        sidecar.istio.io/proxyImage: docker.io/istio/proxyv2:1.14.1
#                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ platform-unsupported: linux/amd64 only
`));
