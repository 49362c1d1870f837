import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installed } from '../fixture';
import { type CommandRow, gapsOf, minorsOf, planCommand, testCommands } from './rows';

const f = '-f mine.yaml';
const minimal = '--set profile=minimal';

const order: readonly CommandRow[] = [
  // -f, then --set in order; profile by --set beats the file's
  [5, 31, `${minimal} --set hub=a --set hub=b`, '', 'b/pilot:t'],
  [5, 31, `${f} --set hub=b`, '{profile: minimal, hub: a}', 'b/pilot:t'],
  [5, 31, `${f} ${minimal}`, '{profile: empty}', 'h/pilot:t'],
  [5, 31, `-s profile=minimal -s tag=x`, '', 'h/pilot:x'],
  // values.global.hub beats spec.hub, even where that came later
  [5, 31, `${f} --set hub=b`, '{profile: minimal, values: {global: {hub: a}}}', 'a/pilot:t'],
  [5, 31, `${minimal} --set values.global.hub=a --set hub=b`, '', 'a/pilot:t'],
  [5, 23, `${minimal} --set components.pilot.hub=a --set values.pilot.hub=b`, '', 'b/pilot:t'],
  [24, 31, `${minimal} --set components.pilot.hub=a --set values.pilot.hub=b`, '', 'a/pilot:t'],
  // a revision changes names only
  [6, 31, `${minimal} -r canary`, '', 'h/pilot:t'],
  [6, 31, `${minimal} --revision=canary --set tag=x`, '', 'h/pilot:x'],
];

const syntax: readonly CommandRow[] = [
  // commas stay in the value, braces mean nothing
  [5, 31, `${minimal} --set tag=a,hub=b`, '', 'h/pilot:t'],
  [5, 31, `${minimal} --set values.global.hub={a}`, '', '{a}/pilot:t'],
  // `spec.` in front is tolerated to 1.23, and a path of its own from 1.24 on
  [5, 23, `${minimal} --set spec.hub=a`, '', 'a/pilot:t'],
  [24, 31, `${minimal} --set spec.hub=a`, '', 'h/pilot:t'],
  // list items by their place and by a key
  [
    24,
    31,
    `--set components.ingressGateways[0].name=x --set components.pilot.enabled=false`,
    '',
    'h/proxyv2:t',
  ],
  [24, 31, `--set components.ingressGateways.[0].enabled=false`, '', 'h/pilot:t'],
  [
    26,
    31,
    `${f} --set components.ingressGateways.[name:a].tag=x`,
    '{profile: minimal, components: {ingressGateways: [{name: a}]}}',
    'h/pilot:t h/proxyv2:x',
  ],
  [
    7,
    23,
    `--set components.egressGateways[0].name=istio-egressgateway --set components.egressGateways[0].enabled=true`,
    '',
    'h/pilot:t h/proxyv2:t h/proxyv2:t',
  ],
  [
    7,
    23,
    `--set components.ingressGateways[0].name=istio-ingressgateway --set components.ingressGateways[0].enabled=false`,
    '',
    'h/pilot:t',
  ],
  // in 1.5 and 1.6 the list of the flags replaces the profile's: the gateway is gone
  [
    5,
    6,
    `${f} --set components.ingressGateways[0].k8s.replicaCount=2`,
    '{addonComponents: {prometheus: {enabled: false}}}',
    'h/pilot:t',
  ],
];

const types: readonly CommandRow[] = [
  // numbers, then booleans, else text; from 1.24 on the tag of the install stays text
  [5, 23, `${minimal} --set tag=1.10`, '', 'h/pilot:1.1'],
  [24, 31, `${minimal} --set tag=1.10`, '', 'h/pilot:1.10'],
  [5, 23, `${minimal} --set values.global.tag=1.20`, '', 'h/pilot:1.2'],
  [24, 31, `${minimal} --set values.global.tag=1.20`, '', 'h/pilot:1.20'],
  [5, 31, `${minimal} --set components.pilot.tag=1.10`, '', 'h/pilot:1.1'],
  [5, 31, `${minimal} --set values.pilot.tag=1.10`, '', 'h/pilot:1.1'],
  [5, 31, `${minimal} --set tag=1.10.0`, '', 'h/pilot:1.10.0'],
  [5, 23, `${minimal} --set tag=1e3`, '', 'h/pilot:1000'],
  [24, 31, `${minimal} --set tag=1e3`, '', 'h/pilot:1e3'],
  [5, 23, `${minimal} --set tag=010`, '', 'h/pilot:10'],
  [24, 31, `${minimal} --set tag=010`, '', 'h/pilot:010'],
  [5, 23, `${minimal} --set tag=true`, '', 'h/pilot:true'],
  [5, 23, `${minimal} --set tag=20261123`, '', 'h/pilot:2.0261123e+07'],
  [24, 31, `${minimal} --set tag=20261123`, '', 'h/pilot:20261123'],
];

testCommands([...order, ...syntax, ...types]);

const refused: readonly (readonly [first: number, last: number, words: string, why: RegExp])[] = [
  [5, 31, '--set hub', /exactly one equals sign/],
  [5, 31, '--set hub=a=b', /exactly one equals sign/],
  [5, 31, '--set components.ingressGateways.[name:x].enabled=false', /no such item/],
  [7, 23, '--set components.ingressGateways[0].enabled=false', /without a name/],
];

for (const [first, last, words, why] of refused)
  test(`1.${first} to 1.${last} ${words} is refused`, () => {
    for (const minor of minorsOf(first, last))
      assert.match(gapsOf(planCommand(minor, words)), why, `1.${minor}`);
  });

test('a revision is in the name of istiod alone', () => {
  const { images } = planCommand(14, '-r canary');
  assert.deepEqual(
    images.map(({ workload }) => workload),
    ['Deployment/istiod-canary', 'Deployment/istio-ingressgateway', 'Pod/*'],
  );
});

test('the files lie over one another in their order, also where one flag names several', () => {
  const words = '-f mine.yaml,mine.yaml -f mine.yaml';
  assert.equal(installed(planCommand(14, words, '{profile: minimal, tag: x}')).join(), 'h/pilot:x');
});
