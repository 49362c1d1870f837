import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installed, operator, planned } from '../fixture';
import { type SpecRow, testSpecs } from './rows';

const addon = (name: string, more = ''): string =>
  `{profile: empty, addonComponents: {${name}: {enabled: true}}${more && `, ${more}`}}`;

const rows: readonly SpecRow[] = [
  [5, 6, addon('prometheus'), 'h/proxyv2:t docker.io/prom/prometheus:v2.15.1'],
  [5, 6, addon('grafana'), 'grafana/grafana:6.5.2'],
  [5, 5, addon('kiali'), 'quay.io/kiali/kiali:v1.14'],
  [6, 6, addon('kiali'), 'quay.io/kiali/kiali:v1.18'],
  [5, 6, addon('tracing'), 'docker.io/jaegertracing/all-in-one:1.16'],
  [5, 5, addon('tracing', 'values: {tracing: {provider: zipkin}}'), 'docker.io/openzipkin/zipkin:2.14.2'],
  [
    6,
    6,
    addon('tracing', 'values: {tracing: {provider: zipkin}}'),
    'docker.io/openzipkin/zipkin-slim:2.20.0',
  ],
  [
    5,
    5,
    addon('tracing', 'values: {tracing: {provider: opencensus}}'),
    'docker.io/omnition/opencensus-collector:0.1.9',
  ],
  [5, 8, addon('istiocoredns'), 'coredns/coredns:1.6.2 istio/coredns-plugin:0.2-istio-1.1'],
  [9, 31, addon('istiocoredns'), ''],
  [8, 31, addon('kiali'), ''],
  // an addon has a hub and a tag of its own, and spec.hub is none of its business
  [6, 6, addon('kiali', 'hub: a, tag: b, values: {kiali: {hub: my.org}}'), 'my.org/kiali:v1.18'],
  [6, 6, addon('grafana', 'hub: a, tag: b'), 'grafana/grafana:6.5.2'],
  [6, 6, addon('grafana', 'values: {grafana: {image: {repository: a/b, tag: c}}}'), 'a/b:c'],
  [
    6,
    6,
    addon('prometheus', 'hub: a, values: {prometheus: {tag: v3}}'),
    'a/proxyv2:t docker.io/prom/prometheus:v3',
  ],
  // the name of its image is a value, too
  [
    5,
    7,
    addon('prometheus', 'values: {prometheus: {image: mine, provisionPrometheusCert: false, tag: x}}'),
    'docker.io/prom/mine:x',
  ],
  [6, 6, addon('kiali', 'values: {kiali: {image: mine}}'), 'quay.io/kiali/mine:v1.18'],
  // in 1.7 Prometheus has a proxy only if it does not read the metrics of pods merged
  [7, 7, addon('prometheus'), 'docker.io/prom/prometheus:v2.19.2'],
  [
    7,
    7,
    addon('prometheus', 'meshConfig: {enablePrometheusMerge: false}'),
    'h/proxyv2:t docker.io/prom/prometheus:v2.19.2',
  ],
  [8, 31, addon('prometheus', 'meshConfig: {enablePrometheusMerge: false}'), ''],
  // values enable and disable an addon, too
  [5, 6, '{profile: empty, values: {kiali: {enabled: true, tag: x}}}', 'quay.io/kiali/kiali:x'],
  [5, 6, addon('grafana', 'values: {grafana: {enabled: false}}'), ''],
];

testSpecs(rows);

/** Patch releases that took security fixes of the addons. */
const patches: readonly (readonly [version: string, name: string, image: string])[] = [
  ['1.4.6', 'kiali', 'quay.io/kiali/kiali:v1.9'],
  ['1.4.7', 'kiali', 'quay.io/kiali/kiali:v1.15'],
  ['1.4.10', 'kiali', 'quay.io/kiali/kiali:v1.15'],
  ['1.5.0', 'kiali', 'quay.io/kiali/kiali:v1.14'],
  ['1.5.1', 'kiali', 'quay.io/kiali/kiali:v1.15'],
  ['1.5.10', 'kiali', 'quay.io/kiali/kiali:v1.15'],
  ['1.5', 'kiali', 'quay.io/kiali/kiali:v1.15'],
  ['1.6.14', 'kiali', 'quay.io/kiali/kiali:v1.18'],
  ['1.4.10', 'grafana', 'grafana/grafana:6.4.3'],
  ['1.5.6', 'grafana', 'grafana/grafana:6.5.2'],
  ['1.5.8', 'grafana', 'grafana/grafana:6.7.4'],
  ['1.6.2', 'grafana', 'grafana/grafana:6.5.2'],
  ['1.6.3', 'grafana', 'grafana/grafana:6.7.4'],
  ['1.6.14', 'grafana', 'grafana/grafana:6.7.4'],
  ['1.7.8', 'grafana', 'grafana/grafana:7.0.5'],
];

for (const [version, name, image] of patches)
  test(`${version} brings ${image}`, () => {
    const plan = planned(operator(`{profile: empty, values: {${name}: {enabled: true}}}`), {
      istioVersion: version,
    });
    assert.deepEqual(installed(plan), [image]);
  });
