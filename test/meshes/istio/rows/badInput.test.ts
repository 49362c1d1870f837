import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, command, installed, operator, operatorText, planned } from '../fixture';
import { type GapRow, gapsOf, onlyPilot, type SpecRow, testGaps, testSpecs } from './rows';

const gaps: readonly GapRow[] = [
  // wrong types
  [5, 31, '{hub: [1]}', 'hub is a list here, and has to be a single value'],
  [5, 31, '{tag: {}}', 'tag is a map here, and has to be a single value'],
  [5, 31, '{profile: [demo]}', 'profile is a list here'],
  [5, 31, '{revision: {a: b}}', 'revision is a map here'],
  [5, 31, '{values: {global: {hub: [a, b]}}}', 'values.global.hub is a list here'],
  [5, 31, '{values: {global: {proxy: {image: {a: b}}}}}', 'values.global.proxy.image is a map here'],
  [5, 31, '{values: {pilot: {tag: []}}}', 'values.pilot.tag is a list here'],
  [5, 31, '{components: {pilot: {hub: [a]}}}', 'components.pilot.hub is a list here'],
  [5, 31, '{components: {pilot: {enabled: [true]}}}', 'components.pilot.enabled is a list here'],
  [5, 31, '{components: {pilot: true}}', 'components.pilot is a single value here, and has to be a map'],
  [5, 31, '{components: [pilot]}', 'components is a list here, and has to be a map'],
  [5, 31, '{components: pilot}', 'components is a single value here'],
  [
    5,
    31,
    '{components: {ingressGateways: {name: x}}}',
    'components.ingressGateways is a map here, and has to be a list',
  ],
  [
    5,
    31,
    '{components: {ingressGateways: [x]}}',
    'an item of components.ingressGateways is a single value here',
  ],
  [5, 31, '{values: a}', 'values is a single value here, and has to be a map'],
  [5, 31, '{values: {global: a}}', 'values.global is a single value here'],
  [5, 31, '{unvalidatedValues: [a]}', 'unvalidatedValues is a list here'],
  // unknown names
  [5, 31, '{components: {istiod: {enabled: true}}}', 'there is no component istiod'],
  [5, 31, '{components: {ingressGateway: [{name: x}]}}', 'there is no component ingressGateway'],
  [5, 31, '{profile: production}', 'there is no profile production in this version of istioctl, only '],
  [24, 31, '{profile: ./mine.yaml}', 'there is no profile ./mine.yaml'],
  [5, 23, '{profile: ./mine.yaml}', "mine.yaml can't be read"],
  // gateways are merged by name
  [7, 23, '{components: {ingressGateways: [{enabled: true}]}}', 'refuses a gateway without a name'],
  [5, 6, '{components: {ingressGateways: [{enabled: true}]}}', ''],
  [24, 31, '{components: {ingressGateways: [{enabled: true}]}}', ''],
  // nothing is wrong with nothing
  [5, 31, '{hub: , tag: ~, components: {pilot: }, values: }', ''],
  [5, 31, '{components: null}', ''],
  [
    5,
    31,
    '{components: {ingressGateways: null, istiodRemote: {enabled: false}, proxy: {enabled: false}}}',
    '',
  ],
  [5, 31, '{addonComponents: {prometheus: {enabled: false}}}', ''],
  [5, 31, '{values: {unknown: {hub: [a]}}}', ''],
];

const images: readonly SpecRow[] = [
  // null removes to 1.23; from 1.24 on istioctl's own defaults remain
  [7, 23, '{components: null}', ''],
  [24, 31, '{components: null}', 'h/pilot:t h/proxyv2:t'],
  [24, 31, '{profile: ambient, components: null}', 'h/pilot:t-distroless h/proxyv2:t-distroless'],
  [7, 23, '{components: {pilot: null}}', 'h/proxyv2:t'],
  [24, 31, '{components: {pilot: null}}', 'h/pilot:t h/proxyv2:t'],
  [5, 31, onlyPilot('hub: null, tag: null'), 'h/pilot:t'],
  [5, 31, onlyPilot('values: null, unvalidatedValues: null'), 'h/pilot:t'],
  [5, 31, '{profile: minimal, profile: minimal}', 'h/pilot:t'],
];

testGaps(gaps);
testSpecs(images);

const two = `${operatorText('{profile: minimal, hub: a}')}---\n${operatorText('{hub: b}')}`;

test('two IstioOperators in a file: istioctl takes one', () => {
  const plan = planned(command('istioctl install -f two.yaml'), at(14), { 'two.yaml': two });
  assert.match(
    gapsOf(plan),
    /^file: there are 2 IstioOperators in two\.yaml, but istioctl takes one per file/,
  );
});

const sources: readonly (readonly [words: string, gap: RegExp])[] = [
  ['-f none.yaml', /^file: none\.yaml can't be read/],
  ['-f map.yaml', /^file: there is no IstioOperator in map\.yaml/],
  ['-f https://example.org/a.yaml', /^file: Meshfit does not fetch https/],
  ['-f -', /standard input/],
  ['-f $FILE', /^file: the file \$FILE is not known/],
  ['--set hub=$HUB', /^hub: the hub \$HUB is not known/],
  ['--set profile=$PROFILE', /^profile: the profile \$PROFILE is not known/],
  ['--set $KEY=a', /^values: istioctl can't read \$KEY=a/],
];

for (const [words, gap] of sources)
  test(`istioctl install ${words} is open`, () => {
    assert.match(
      gapsOf(planned(command(`istioctl install ${words}`), at(14), { 'map.yaml': 'kind: ConfigMap\n' })),
      gap,
    );
  });

test('what is refused is still shown, as far as it is known', () => {
  const plan = planned(operator('{hub: [a], tag: b, profile: minimal}'), at(14));
  assert.deepEqual(installed(plan), ['h/pilot:b']);
  assert.deepEqual(
    plan.gaps.map(({ what }) => what),
    ['values'],
  );
});

test('a gap stands where the text is wrong', () => {
  const spec = 'components:\n  istiod: {enabled: true}';
  const { start, end } = planned(operator(spec), at(14)).gaps[0]?.site.span ?? { start: 0, end: 0 };
  assert.equal(operatorText(spec).slice(start, end), 'istiod');
});
