import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blame } from '../../../server/src/core/install';
import { imagesAt, operator, operatorText, planned, shown } from './fixture';

const rows: readonly [minor: number, spec: string, images: string][] = [
  [5, '{addonComponents: {kiali: {enabled: true}}}', 'quay.io/kiali/kiali:v1.14'],
  [6, '{addonComponents: {kiali: {enabled: true}}}', 'quay.io/kiali/kiali:v1.18'],
  [6, '{addonComponents: {kiali: {enabled: true}}, values: {kiali: {hub: my, tag: v2}}}', 'my/kiali:v2'],
  [6, '{addonComponents: {kiali: {enabled: true}}, values: {kiali: {enabled: false}}}', ''],
  [6, '{values: {grafana: {enabled: true, image: {tag: 6.4.3}}}}', 'grafana/grafana:6.4.3'],
  [6, '{values: {tracing: {enabled: true}}}', 'docker.io/jaegertracing/all-in-one:1.16'],
  [6, '{values: {tracing: {enabled: true, provider: zipkin}}}', 'docker.io/openzipkin/zipkin-slim:2.20.0'],
  [7, '{addonComponents: {prometheus: {enabled: true}}}', 'docker.io/prom/prometheus:v2.19.2'],
  [
    6,
    '{values: {prometheus: {enabled: true, provisionPrometheusCert: false}}}',
    'docker.io/prom/prometheus:v2.15.1',
  ],
  [6, '{values: {prometheus: {enabled: true}}}', 'h/proxyv2:t docker.io/prom/prometheus:v2.15.1'],
  [
    8,
    '{addonComponents: {istiocoredns: {enabled: true}}}',
    'coredns/coredns:1.6.2 istio/coredns-plugin:0.2-istio-1.1',
  ],
  [9, '{addonComponents: {istiocoredns: {enabled: true}, kiali: {enabled: true}}}', ''],
  [14, '{values: {kiali: {enabled: true, hub: quay.io/kiali, tag: v1.14}}}', ''],
];

for (const [minor, spec, images] of rows)
  test(`1.${minor} ${spec} installs ${images || 'nothing'}`, () => {
    assert.equal(imagesAt(minor, `{profile: empty, ${spec.slice(1)}`).join(' '), images);
  });

test('the tag of an addon decides for the addon, and for nothing of Istio', () => {
  const spec =
    'profile: empty\ncomponents: {pilot: {enabled: true}}\nvalues: {kiali: {enabled: true, tag: v1.9}}';
  const { images, anchor, version } = planned(operator(spec), { istioVersion: '1.6.0' });
  const kiali = images.find(use => shown(use).includes('kiali'));
  assert.ok(kiali);
  assert.equal(operatorText(spec).slice(...Object.values(blame(kiali, anchor, 'tag').span)), 'v1.9');
  assert.deepEqual(Object.keys(kiali.parts), ['image']);
  assert.equal(version?.version, '1.6.0');
});
