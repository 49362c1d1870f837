import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, operator, planned, shown } from '../fixture';
import { onlyGateway, onlyPilot, type SpecRow, testSpecs } from './rows';

const patched = (...patches: readonly string[]): string =>
  `components: {pilot: {k8s: {overlays: [{kind: Deployment, name: istiod, patches: [${patches.map(patch => `{${patch}}`).join(', ')}]}]}}}`;

const containers = 'spec.template.spec.containers';
const discovery = `"${containers}.[name:discovery]"`;
const image = (selector: string, value: string): string =>
  `path: "${containers}${selector}.image", value: ${value}`;

const patches: readonly SpecRow[] = [
  // a container is selected by its name or its place, with a dot before the bracket or without
  [5, 31, onlyPilot(patched(image('.[name:discovery]', 'a/b:1'))), 'a/b:1'],
  [5, 31, onlyPilot(patched(image('[name:discovery]', 'a/b:1'))), 'a/b:1'],
  [5, 31, onlyPilot(patched(image('[0]', 'a/b:1'))), 'a/b:1'],
  [5, 31, onlyPilot(patched(image('.[name:other]', 'a/b:1'))), 'h/pilot:t'],
  // patches are applied in their order
  [5, 31, onlyPilot(patched(image('[0]', 'a/b:1'), image('.[name:discovery]', 'a/b:2'))), 'a/b:2'],
  [
    5,
    31,
    onlyPilot(patched(image('[0]', 'a/b:1'), `path: ${discovery}, value: {name: x, image: a/c:3}`)),
    'a/c:3',
  ],
  // a whole container is replaced, removed or added
  [5, 31, onlyPilot(patched(`path: ${discovery}`)), ''],
  [5, 31, onlyPilot(patched(`path: ${discovery}, value: ~`)), ''],
  [
    5,
    31,
    onlyPilot(patched(`path: "${containers}[1]", value: {name: side, image: a/side:1}`)),
    'h/pilot:t a/side:1',
  ],
  [
    5,
    31,
    onlyPilot(patched(`path: "${containers}[-1]", value: {name: side, image: a/side:1}`)),
    'h/pilot:t a/side:1',
  ],
  [5, 31, onlyPilot(patched(`path: ${containers}, value: [{name: side, image: a/side:1}]`)), 'a/side:1'],
  [
    5,
    31,
    onlyPilot(patched('path: spec.template.spec.initContainers, value: [{name: first, image: a/first:1}]')),
    'h/pilot:t a/first:1',
  ],
  // other parts of a container, other workloads and paths that lead nowhere change no image
  [5, 31, onlyPilot(patched(`path: ${discovery}.env, value: []`.replace('".env', '.env"'))), 'h/pilot:t'],
  [5, 31, onlyPilot(patched('path: spec.replicas, value: 2', 'path: "", value: a', 'value: a')), 'h/pilot:t'],
  [5, 31, onlyPilot(patched('path: [a], value: a')), 'h/pilot:t'],
  [5, 31, onlyPilot(`revision: r, ${patched(image('[0]', 'a/b:1'))}`), 'h/pilot:t'],
  [5, 31, onlyPilot(`revision: r, ${patched(image('[0]', 'a/b:1')).replace('istiod', 'istiod-r')}`), 'a/b:1'],
  [
    5,
    31,
    onlyGateway(
      `k8s: {overlays: [{kind: Deployment, name: istio-ingressgateway, patches: [{${image('[0]', 'a/b:1')}}]}]}`,
    ),
    'a/b:1',
  ],
];

// Nothing of a wrong form changes an image, or breaks the plan.
const malformed: readonly SpecRow[] = [
  'k8s: a',
  'k8s: {overlays: {kind: Deployment}}',
  'k8s: {overlays: [~, a, {kind: Deployment}, {kind: [Deployment], name: istiod, patches: [a]}]}',
  'k8s: {overlays: [{kind: Deployment, name: istiod, patches: {path: a}}]}',
  'k8s: {overlays: [{kind: Deployment, name: istiod, patches: [~, a, [b], {}]}]}',
  `k8s: {overlays: [{kind: Deployment, name: istiod, patches: [{path: "${containers}[0", value: a}]}]}`,
  `k8s: {overlays: [{kind: Deployment, name: istiod, patches: [{path: "${containers}[0].image", value: [a]}]}]}`,
  `k8s: {overlays: [{kind: Deployment, name: istiod, patches: [{path: "${containers}.x", value: a}]}]}`,
].map(own => [5, 31, onlyPilot(`components: {pilot: {${own}}}`), 'h/pilot:t']);

const added: readonly SpecRow[] = [
  // gateways take further containers, and from 1.24 on istiod takes some that run before it
  [
    5,
    31,
    onlyGateway(
      '',
      'values: {gateways: {istio-ingressgateway: {additionalContainers: [{name: x, image: a/x:1}]}}}',
    ),
    'h/proxyv2:t a/x:1',
  ],
  [24, 31, onlyPilot('values: {pilot: {initContainers: [{name: x, image: a/x:1}]}}'), 'h/pilot:t a/x:1'],
  [24, 31, onlyPilot('unvalidatedValues: {initContainers: [{name: x, image: a/x:1}]}'), 'h/pilot:t a/x:1'],
  [5, 23, onlyPilot('values: {pilot: {initContainers: [{name: x, image: a/x:1}]}}'), 'h/pilot:t'],
  [24, 31, onlyPilot('values: {pilot: {initContainers: [{name: x}, y, ~, {image: [a]}]}}'), 'h/pilot:t'],
  [24, 31, onlyPilot('values: {pilot: {initContainers: {name: x, image: a/x:1}}}'), 'h/pilot:t'],
];

testSpecs([...patches, ...malformed, ...added]);

test('a container that is added has its own name in the workload that it runs in', () => {
  const spec = onlyPilot(patched(`path: "${containers}[1]", value: {name: side, image: a/side:1}`));
  const uses = planned(operator(spec), at(24)).images.filter(({ when }) => when === 'install');
  assert.deepEqual(
    uses.map(use => `${use.workload} ${use.container} ${shown(use)}`),
    ['Deployment/istiod discovery h/pilot:t', 'Deployment/istiod side a/side:1'],
  );
});

test('values.revision names istiod before spec.revision does', () => {
  const [use] = planned(operator(onlyPilot('revision: a, values: {revision: b}')), at(14)).images;
  assert.equal(use?.workload, 'Deployment/istiod-b');
});

test('two gateways of one name in two namespaces are two pods', () => {
  const patch = `{kind: Deployment, name: g, patches: [{${image('[0]', 'a/b:1')}}]}`;
  const gateways = `[{name: g, namespace: x, enabled: true}, {name: g, namespace: y, enabled: true, k8s: {overlays: [${patch}]}}]`;
  const plan = planned(operator(`{profile: empty, components: {ingressGateways: ${gateways}}}`), at(24));
  assert.deepEqual(plan.images.map(shown), ['h/proxyv2:t', 'a/b:1']);
});
