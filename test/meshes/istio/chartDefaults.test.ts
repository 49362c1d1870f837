import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InstallPlan } from '../../../server/src/core/install';
import { command, installed, planned } from './fixture';

const plan = (chart: string, minor: number, values: string): InstallPlan =>
  planned(
    command(`helm install x istio/${chart} --version 1.${minor}.0 -f v.yaml`),
    {},
    { 'v.yaml': values },
  );

const internal = '_internal_defaults_do_not_set';

const rows: readonly (readonly [chart: string, minors: readonly number[], values: string, image: string])[] =
  [
    // what stands below `defaults` takes the place of the chart's own defaults, from 1.21 to 1.23
    ['istiod', [21, 22, 23], 'defaults: {global: {hub: a}}', 'a/pilot:1.MINOR.0'],
    ['istiod', [21, 22, 23], 'defaults: {pilot: {hub: a, tag: b}}', 'a/pilot:b'],
    ['cni', [21, 22, 23], 'defaults: {cni: {hub: a}}', 'a/install-cni:1.MINOR.0'],
    ['ztunnel', [21, 22, 23], 'defaults: {hub: a, tag: b}', 'a/ztunnel:b'],
    // it counts less than what stands in its usual place, and than a profile
    ['istiod', [21, 22, 23], '{defaults: {global: {hub: a}}, global: {hub: b}}', 'b/pilot:1.MINOR.0'],
    ['istiod', [21, 22, 23], '{defaults: {pilot: {hub: a}}, global: {hub: b}}', 'a/pilot:1.MINOR.0'],
    [
      'istiod',
      [22, 23],
      '{profile: ambient, defaults: {global: {variant: debug}}}',
      'docker.io/istio/pilot:1.MINOR.0-distroless',
    ],
    // before it is no key of the charts, and later its name is another one
    ['istiod', [20], 'defaults: {global: {hub: a}}', 'docker.io/istio/pilot:1.MINOR.0'],
    ['istiod', [24, 29], 'defaults: {global: {hub: a}}', 'docker.io/istio/pilot:1.MINOR.0'],
    ['istiod', [24, 31], `${internal}: {global: {hub: a}}`, 'a/pilot:1.MINOR.0'],
    ['istiod', [24, 31], `{${internal}: {hub: a}, global: {hub: b}}`, 'a/pilot:1.MINOR.0'],
    ['istiod', [24, 31], `{${internal}: {hub: a}, pilot: {hub: b}}`, 'b/pilot:1.MINOR.0'],
    ['istiod', [23], `${internal}: {global: {hub: a}}`, 'docker.io/istio/pilot:1.MINOR.0'],
  ];

for (const [chart, minors, values, image] of rows)
  test(`${chart} of 1.${minors.join(', 1.')} with ${values} pulls ${image}`, () => {
    for (const minor of minors)
      assert.deepEqual(installed(plan(chart, minor, values)), [image.replace('MINOR', String(minor))]);
  });

test('from 1.24 on the charts refuse values below defaults, and that is said', () => {
  const gaps = (minor: number, values: string) => plan('istiod', minor, values).gaps.map(({ why }) => why);
  for (const minor of [24, 31])
    assert.match(gaps(minor, 'defaults: {hub: a}')[0] ?? '', /^the charts of Istio 1\.24 and later refuse/);
  assert.deepEqual(gaps(24, 'defaults: {}'), []);
  assert.deepEqual(gaps(23, 'defaults: {pilot: {hub: a}}'), []);
});
