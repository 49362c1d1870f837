import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IgnoredOverride } from '../../../../server/src/core/notice';
import { at, command, installed, operator, operatorText, planned } from '../fixture';
import {
  type GapRow,
  gapsOf,
  minorsOf,
  onlyGateway,
  onlyPilot,
  type SpecRow,
  testGaps,
  testSpecs,
} from './rows';

const overlay = (workload: string, ...patches: readonly string[]): string => {
  const [kind, name] = workload.split('/');
  return `{kind: ${kind}, name: ${name}, patches: [${patches.map(patch => `{${patch}}`).join(', ')}]}`;
};
const overlays = (...all: readonly string[]): string =>
  `components: {pilot: {k8s: {overlays: [${all.join(', ')}]}}}`;

const containers = 'spec.template.spec.containers';
const image = (selector: string, value = 'a/b:1'): string =>
  `path: "${containers}.${selector}.image", value: "${value}"`;
const lost = image('[name:other]');

const refusedPatch =
  'istioctl refuses this patch: there is no container other in Deployment/istiod, only discovery';
const refusedOverlay =
  'istioctl refuses this overlay: this component has no Deployment istio-pilot, only istiod';
const env = `path: "${containers}.[name:other].env", value: []`;

const gaps: readonly GapRow[] = [
  // what selects a container that is not there is an error to 1.23, and nothing later
  [6, 23, onlyPilot(overlays(overlay('Deployment/istiod', lost))), refusedPatch],
  [24, 31, onlyPilot(overlays(overlay('Deployment/istiod', lost))), ''],
  [6, 23, onlyPilot(overlays(overlay('Deployment/istiod', env))), refusedPatch],
  [6, 31, onlyPilot(overlays(overlay('Deployment/istiod', image('[name:discovery]')))), ''],
  [6, 31, onlyPilot(overlays(overlay('Deployment/istiod', image('[0]')))), ''],
  // a container that a patch has taken away is not there any more, one that it has added is
  [
    6,
    23,
    onlyPilot(
      overlays(
        overlay('Deployment/istiod', `path: "${containers}.[name:discovery]"`, image('[name:discovery]')),
      ),
    ),
    'there is no container discovery in Deployment/istiod',
  ],
  [
    6,
    23,
    onlyPilot(overlays(overlay('Deployment/istiod', `path: "${containers}[9]", value: {name: other}`, lost))),
    '',
  ],
  // the charts have init containers that are not known here
  [
    6,
    31,
    onlyPilot(
      overlays(
        overlay('Deployment/istiod', `path: "spec.template.spec.initContainers.[name:x].image", value: a`),
      ),
    ),
    '',
  ],
  // an overlay for a workload that is not there
  [6, 23, onlyPilot(overlays(overlay('Deployment/istio-pilot', lost))), refusedOverlay],
  [24, 31, onlyPilot(overlays(overlay('Deployment/istio-pilot', lost))), ''],
  [
    6,
    23,
    onlyPilot(`revision: r, ${overlays(overlay('Deployment/istiod', lost))}`),
    'has no Deployment istiod, only istiod-r',
  ],
  [6, 31, onlyPilot(`revision: "{{ .r }}", ${overlays(overlay('Deployment/istiod-r', lost))}`), ''],
  [
    6,
    31,
    onlyPilot(overlays(overlay('Service/istiod', 'path: spec.type, value: a'), overlay('ConfigMap/x'))),
    '',
  ],
  [
    6,
    23,
    onlyGateway(`k8s: {overlays: [${overlay('Deployment/istio-ingress', lost)}]}`),
    'this component has no Deployment istio-ingress, only istio-ingressgateway',
  ],
  // one that is off patches nothing
  [
    6,
    31,
    `{profile: empty, components: {pilot: {enabled: false, k8s: {overlays: [${overlay('Deployment/x', lost)}]}}}}`,
    '',
  ],
];

testGaps(gaps);

const text = (value: string): string => `path: "${containers}.[name:discovery]", value: "${value}"`;

const images: readonly SpecRow[] = [
  // a container may be written as YAML in a text, but not as JSON
  [5, 31, onlyPilot(overlays(overlay('Deployment/istiod', text('name: x\\nimage: a/x:1')))), 'a/x:1'],
  [5, 31, onlyPilot(overlays(overlay('Deployment/istiod', text('image: a/x:1')))), 'a/x:1'],
  [5, 31, onlyPilot(overlays(overlay('Deployment/istiod', text('{\\"image\\": \\"a/x:1\\"}')))), 'h/pilot:t'],
  [
    5,
    31,
    onlyPilot(overlays(overlay('Deployment/istiod', image('[0]', 'localhost:5000/a/x:1')))),
    'localhost:5000/a/x:1',
  ],
  // of several overlays for one workload the last counts in 1.7 to 1.23
  [
    7,
    23,
    onlyPilot(
      overlays(
        overlay('Deployment/istiod', image('[0]')),
        overlay('Deployment/istiod', 'path: spec.replicas, value: 2'),
      ),
    ),
    'h/pilot:t',
  ],
  [
    24,
    31,
    onlyPilot(
      overlays(
        overlay('Deployment/istiod', image('[0]')),
        overlay('Deployment/istiod', 'path: spec.replicas, value: 2'),
      ),
    ),
    'a/b:1',
  ],
];

testSpecs(images);

const noticesAt = (minor: number, spec: string): readonly string[] =>
  (planned(operator(spec), at(minor)).notices ?? [])
    .filter((notice): notice is IgnoredOverride => notice.code === 'override-ignored')
    .map(({ name, value, why }) => `${name} ${value}: ${why}`);

test('from 1.24 on an image that is patched into nothing is told to have no effect', () => {
  assert.deepEqual(noticesAt(24, onlyPilot(overlays(overlay('Deployment/istiod', lost)))), [
    'The patch a/b:1: There is no container other in Deployment/istiod, only discovery, and istioctl 1.24 passes over such a patch without a word.',
  ]);
  assert.deepEqual(noticesAt(24, onlyPilot(overlays(overlay('Deployment/istio-pilot', lost)))), [
    'The patch a/b:1: This component has no Deployment istio-pilot, only istiod, and istioctl 1.24 passes over such a patch without a word.',
  ]);
  assert.deepEqual(noticesAt(24, onlyPilot(overlays(overlay('Deployment/istiod', env)))), []);
});

test('an image in an overlay that another one displaces is told to have no effect', () => {
  const spec = onlyPilot(overlays(overlay('Deployment/istiod', image('[0]')), overlay('Deployment/istiod')));
  assert.match(
    noticesAt(14, spec).join(),
    /To 1\.23 only the last of several overlays of Deployment\/istiod/,
  );
  assert.deepEqual(noticesAt(24, spec), []);
});

test('the gap stands at the path, and the image is that without the patch', () => {
  const spec = onlyPilot(overlays(overlay('Deployment/istiod', lost)));
  const plan = planned(operator(spec), at(14));
  const { start, end } = plan.gaps[0]?.site.span ?? { start: 0, end: 0 };
  assert.equal(operatorText(spec).slice(start, end), `${containers}.[name:other].image`);
  assert.deepEqual(installed(plan), ['h/pilot:t']);
});

test('the overlays of a later file take the place of those before, and its gateways join them', () => {
  const first = onlyPilot(overlays(overlay('Deployment/istiod', image('[0]'))));
  const second = `{${overlays(overlay('Deployment/istiod', 'path: spec.replicas, value: 2'))}}`;
  for (const minor of minorsOf(5, 31)) {
    const plan = planned(command('istioctl install -f a.yaml -f b.yaml'), at(minor), {
      'a.yaml': operatorText(first),
      'b.yaml': operatorText(second),
    });
    assert.deepEqual([installed(plan), gapsOf(plan)], [['h/pilot:t'], ''], `1.${minor}`);
  }
});
