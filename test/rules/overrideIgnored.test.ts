import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overrideIgnored } from '../../server/src/rules/overrideIgnored';
import { at, operator, planned, scripted } from '../meshes/istio/fixture';
import { check, checkFix } from '../support/check';

const hubs = `
docker.io/istio/pilot:1.20.0              linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.0            linux/amd64 linux/arm64
mirror.example.com/istio/pilot:1.20.0     linux/amd64 linux/arm64
mirror.example.com/istio/proxyv2:1.20.0   linux/amd64 linux/arm64
`;

const context = {
  targets: [],
  judge: () => assert.fail('nothing is asked'),
  remark: () => assert.fail('nothing is asked'),
};

/** What has no effect in version 1.`minor`. */
const ignoredAt = (minor: number, spec: string): readonly string[] =>
  overrideIgnored
    .check(planned(operator(spec), at(minor)), context)
    .map(({ message }) => message.split(' has no effect')[0] ?? '');

const gateway = (key: string): string =>
  `components:\n  ingressGateways:\n  - name: istio-ingressgateway\n    enabled: true\n    ${key}`;
const pilotTwice = 'components: {pilot: {enabled: true, tag: a}}\nvalues: {pilot: {tag: b}}';

for (const [minor, spec, expected] of [
  [6, 'hub: a\nvalues: {global: {hub: b}}', ['spec.hub']],
  [14, 'tag: a\nvalues: {global: {tag: b}}', ['spec.tag']],
  [30, 'hub: a\nvalues: {global: {hub: b}}', ['spec.hub']],
  [20, 'hub: a\nunvalidatedValues: {global: {hub: b}}', ['spec.hub']],
  [20, 'values: {global: {hub: a}}\nunvalidatedValues: {global: {hub: b}}', ['values.global.hub']],
  [20, 'hub: a\nvalues: {global: {hub: a}}', []],
  [20, 'hub: a\ntag: b', []],
  [14, gateway('hub: a'), ['the hub of the gateway istio-ingressgateway']],
  [30, gateway('hub: a'), ['the hub of the gateway istio-ingressgateway']],
  [25, gateway('tag: a'), ['the tag of the gateway istio-ingressgateway']],
  [26, gateway('tag: a'), []],
  [23, pilotTwice, ['components.pilot.tag']],
  [24, pilotTwice, ['values.pilot.tag']],
  [20, 'values: {pilot: {image: x.io/p:1, hub: a}}', ['values.pilot.hub']],
  [15, 'values: {global: {variant: distroless}}', ['values.global.variant']],
  [16, 'values: {global: {variant: distroless}}', []],
] as const)
  test(`1.${minor}: without effect in ${spec.replaceAll('\n', '; ')}: ${expected.join() || 'nothing'}`, () =>
    assert.deepEqual(ignoredAt(minor, spec), expected));

test('the finding is greyed and leads to the value that counts', () => {
  const script = 'istioctl install --set hub=a.io/x --set values.global.hub=b.io/y';
  const [finding] = overrideIgnored.check(planned(scripted(script), at(20)), context);
  assert.deepEqual(finding?.tags, ['unnecessary']);
  const [related] = finding?.related ?? [];
  assert.equal(script.slice(related?.site.span.start, related?.site.span.end), 'b.io/y');
});

test('a flag that beats a file is what flags are for', () =>
  check(`${hubs}
--- install.sh
istioctl install -f iop.yaml --set values.global.hub=docker.io/istio
--- iop.yaml
kind: IstioOperator
spec:
  hub: mirror.example.com/istio
  tag: 1.20.0
`));

test('a flag that a file beats is not', () =>
  check(`${hubs}
--- install.sh
istioctl install -f iop.yaml --set hub=mirror.example.com/istio
#                                      ^^^^^^^^^^^^^^^^^^^^^^^^ override-ignored: Instead values.global.hub, docker.io/istio, is used.
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.20.0
  values:
    global:
      hub: docker.io/istio
`));

test('the fix writes the value where it counts', () =>
  checkFix(
    `${hubs}
--- iop.yaml
kind: IstioOperator
spec:
  hub: mirror.example.com/istio
  tag: 1.20.0
  values:
    global:
      hub: docker.io/istio
`,
    'Write mirror.example.com/istio in values.global.hub, where it counts (every image has linux/arm64',
    `
kind: IstioOperator
spec:
  hub: mirror.example.com/istio
  tag: 1.20.0
  values:
    global:
      hub: mirror.example.com/istio
`,
  ));
