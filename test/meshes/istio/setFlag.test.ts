import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parsePath, type Segment } from '../../../server/src/meshes/istio/setFlag';
import { at, command, installed, operatorText, planned } from './fixture';

const paths: readonly [path: string, segments: string][] = [
  ['hub', 'hub'],
  ['values.global.hub', 'values global hub'],
  ['a.b\\.c', 'a b.c'],
  ['a[0].b', 'a 0 b'],
  ['a.[0].b', 'a 0 b'],
  ['a.[name:x.y].b', 'a name:x.y b'],
  ['a.[x]', 'a x:'],
];

for (const [path, expected] of paths)
  test(`${path} is read as ${expected}`, () => {
    assert.equal((parsePath(path) ?? []).map(shown).join(' '), expected);
  });

test('a path that is empty or not closed is refused', () => {
  for (const path of ['', '.', 'a[0', 'a.[']) assert.equal(parsePath(path), undefined, path);
});

test('no path is too strange to be read', () => {
  fc.assert(
    fc.property(fc.string(), path => {
      for (const segment of parsePath(path) ?? []) assert.ok(['key', 'index', 'item'].includes(segment.kind));
    }),
  );
});

const gateways = operatorText(
  '{components: {pilot: {enabled: false}, ingressGateways: [{name: x, enabled: true}]}}',
);

const rows: readonly [minor: number, flag: string, gatewayCount: number][] = [
  // A flag changes the user's own list; in 1.7 to 1.23 that is merged with the profile's by name.
  [14, 'components.ingressGateways[0].enabled=false', 1],
  [14, 'components.ingressGateways.[name:istio-ingressgateway].enabled=false', 2],
  [14, 'components.ingressGateways.[name:x].enabled=false', 1],
  [14, 'components.ingressGateways[9].enabled=true', 3],
  // From 1.24 on it replaces the profile's.
  [24, 'components.ingressGateways[0].enabled=false', 0],
  [24, 'components.ingressGateways.[name:x].enabled=false', 0],
  [24, 'components.ingressGateways.[name:istio-ingressgateway].enabled=false', 1],
];

for (const [minor, flag, count] of rows)
  test(`1.${minor} --set ${flag} leaves ${count} gateways`, () => {
    const plan = planned(command(`istioctl install -f a.yaml --set ${flag}`), at(minor), {
      'a.yaml': gateways,
    });
    assert.equal(installed(plan).length, count);
  });

function shown(segment: Segment): string {
  switch (segment.kind) {
    case 'key':
      return segment.key;
    case 'index':
      return String(segment.index);
    case 'item':
      return `${segment.key}:${segment.value}`;
  }
}
