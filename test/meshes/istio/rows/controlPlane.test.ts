import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, command, injected, installed, manifest, planned } from '../fixture';
import { gapsOf } from './rows';

/** An IstioControlPlane, which is what Istio 1.4 had. */
const controlPlane = (spec: string): string =>
  `apiVersion: install.istio.io/v1alpha2\nkind: IstioControlPlane\nspec: ${spec}\n`;

const pilot = 'h/pilot:t h/proxyv2:t';
const mixers = 'h/mixer:t h/proxyv2:t h/mixer:t h/proxyv2:t';
const rest = 'h/citadel:t h/galley:t h/sidecar_injector:t';
const prometheus = 'docker.io/prom/prometheus:v2.12.0';

const rows: readonly (readonly [spec: string, images: string])[] = [
  ['{}', `${pilot} ${mixers} ${rest} h/proxyv2:t ${prometheus}`],
  ['{profile: minimal}', pilot],
  ['{profile: empty}', ''],
  ['{profile: remote}', 'h/citadel:t h/sidecar_injector:t'],
  ['{profile: sds}', `${pilot} ${mixers} ${rest} h/node-agent-k8s:t h/proxyv2:t ${prometheus}`],
  [
    '{profile: demo}',
    `${pilot} ${mixers} ${rest} h/proxyv2:t h/proxyv2:t ${prometheus} grafana/grafana:6.4.3 quay.io/kiali/kiali:v1.9 docker.io/jaegertracing/all-in-one:1.14`,
  ],
  ['{profile: minimal, hub: a, tag: b}', 'a/pilot:b a/proxyv2:b'],
  ['{profile: minimal, hub: a, values: {global: {hub: b}, pilot: {tag: c}}}', 'b/pilot:c b/proxyv2:t'],
  ['{profile: minimal, values: {kiali: {enabled: true}}}', `${pilot} quay.io/kiali/kiali:v1.9`],
  // a component runs where both its feature and the component itself are enabled
  ['{profile: minimal, telemetry: {enabled: true}}', `${pilot} h/mixer:t h/proxyv2:t`],
  ['{profile: minimal, gateways: {enabled: true}}', `${pilot} h/proxyv2:t`],
  [
    '{profile: minimal, gateways: {enabled: true, components: {ingressGateway: {enabled: false}, egressGateway: {enabled: true}}}}',
    `${pilot} h/proxyv2:t`,
  ],
  ['{profile: minimal, security: {components: {nodeAgent: {enabled: true}}}}', `${pilot} h/node-agent-k8s:t`],
  ['{profile: minimal, trafficManagement: {enabled: false, components: {pilot: {enabled: true}}}}', ''],
  ['{profile: minimal, cni: {enabled: true}}', `${pilot} h/install-cni:t`],
  [
    '{policy: {enabled: false}, telemetry: {enabled: false}, autoInjection: {enabled: false}}',
    `${pilot} h/citadel:t h/galley:t h/proxyv2:t ${prometheus}`,
  ],
];

for (const [spec, images] of rows)
  test(`1.4 ${spec} pulls ${images || 'nothing'}`, () => {
    assert.equal(installed(planned(manifest(controlPlane(spec)), at(4))).join(' '), images);
    const byFile = planned(command('istioctl manifest apply -f cp.yaml'), at(4), {
      'cp.yaml': controlPlane(spec),
    });
    assert.equal(installed(byFile).join(' '), images);
  });

test('the flags of 1.4 use its names, too', () => {
  const line = 'istioctl manifest apply --set profile=minimal --set telemetry.enabled=true --set tag=x';
  assert.equal(
    installed(planned(command(line), at(4))).join(' '),
    'h/pilot:x h/proxyv2:x h/mixer:x h/proxyv2:x',
  );
});

test('injected pods of 1.4 get the proxy', () => {
  assert.deepEqual(injected(planned(manifest(controlPlane('{}')), at(4))), ['h/proxyv2:t']);
});

test('without a version, an IstioControlPlane is read as Istio 1.4', () => {
  const { images } = planned(manifest(controlPlane('{hub: a, tag: b}')));
  assert.ok(images.some(({ workload }) => workload === 'Deployment/istio-galley'));
});

test('a later istioctl refuses it', () => {
  const spec = '{trafficManagement: {enabled: true}}';
  assert.equal(gapsOf(planned(manifest(controlPlane(spec)), at(6))), '');
  assert.match(gapsOf(planned(manifest(controlPlane(spec)), at(14))), /only Istio 1\.4 to 1\.6/);
});
