import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InstallPlan } from '../../../../server/src/core/install';
import { at, command, injected, installed, planned } from '../fixture';
import { gapsOf, minorsOf } from './rows';

const plan = (minor: number | undefined, words: string): InstallPlan =>
  planned(command(`istioctl manifest generate ${words}`), minor === undefined ? {} : at(minor));

const demo = '--set profile=demo --set components.cni.enabled=true --set values.cni.repair.enabled=false';
const all = 'h/pilot:t h/install-cni:t h/proxyv2:t h/proxyv2:t';

/** Versions, what follows the command, the images at once, and those of pods. */
const rows: readonly (readonly [number, number, words: string, now: string, later: string])[] = [
  [8, 23, demo, all, 'h/proxyv2:t'],
  // one component, several, and lists with commas
  [8, 23, `${demo} --component Pilot`, 'h/pilot:t', 'h/proxyv2:t'],
  [8, 23, `${demo} --component=Cni`, 'h/install-cni:t', ''],
  [8, 23, `${demo} --component IngressGateways --component EgressGateways`, 'h/proxyv2:t h/proxyv2:t', ''],
  [8, 23, `${demo} --component Base,Pilot,IngressGateways`, 'h/pilot:t h/proxyv2:t', 'h/proxyv2:t'],
  [8, 23, `${demo} --component Base`, '', ''],
  [
    18,
    23,
    '--set profile=empty --set components.ztunnel.enabled=true --component Ztunnel',
    'h/ztunnel:t',
    '',
  ],
  [
    8,
    8,
    '--set profile=empty --set addonComponents.istiocoredns.enabled=true --component AddonComponents',
    'coredns/coredns:1.6.2 istio/coredns-plugin:0.2-istio-1.1',
    '',
  ],
  // templates of the charts, which count from 1.14 to 1.23
  [14, 23, `${demo} --filter templates/deployment.yaml`, 'h/pilot:t h/proxyv2:t h/proxyv2:t', ''],
  [14, 23, `${demo} --filter templates/daemonset.yaml`, 'h/install-cni:t', ''],
  [14, 23, `${demo} --filter templates/istiod-injector-configmap.yaml`, '', 'h/proxyv2:t'],
  [14, 23, `${demo} --component Pilot --filter templates/deployment.yaml`, 'h/pilot:t', ''],
  [24, 31, `${demo} --filter templates/deployment.yaml`, all, 'h/proxyv2:t'],
];

for (const [first, last, words, now, later] of rows)
  test(`1.${first} to 1.${last} manifest generate ${words} prints ${now || 'no image'}`, () => {
    for (const minor of minorsOf(first, last)) {
      const read = plan(minor, words);
      assert.deepEqual(
        [installed(read).join(' '), injected(read).join(' '), gapsOf(read)],
        [now, later, ''],
        `1.${minor}`,
      );
    }
  });

/** Versions, words, and what is said; everything is shown then. */
const open: readonly (readonly [number, number, words: string, why: RegExp])[] = [
  [5, 7, '--component Pilot', /istioctl 1\.\d+ has no flag --component, and refuses the command/],
  [24, 31, '--component Pilot', /istioctl 1\.\d+ has no flag --component, and refuses the command/],
  [5, 13, '--filter templates/deployment.yaml', /has no flag --filter/],
  [8, 23, '--component pilot', /there is no component pilot, only Base, Pilot, Cni, /],
  [8, 17, '--component Ztunnel', /there is no component Ztunnel/],
  [8, 23, '--component $PARTS', /only a part of the install is printed, and which one is not known: \$PARTS/],
  [14, 23, '--filter $FILES', /which one is not known: \$FILES/],
];

for (const [first, last, words, why] of open)
  test(`1.${first} to 1.${last} manifest generate ${words} is open`, () => {
    for (const minor of minorsOf(first, last)) {
      const read = plan(minor, `--set profile=minimal ${words}`);
      assert.match(gapsOf(read), why, `1.${minor}`);
      assert.deepEqual(installed(read), ['h/pilot:t'], `1.${minor}`);
    }
  });

test('where nothing tells the version, --component tells that it is 1.23 at most', () => {
  const read = plan(undefined, '--set hub=a --set tag=b --set profile=demo --component IngressGateways');
  assert.deepEqual(installed(read), ['a/proxyv2:b']);
});

test('what is printed to nowhere is no install', () => {
  const isInstall = (words: string): boolean => {
    try {
      return plan(14, words).images.length > 0;
    } catch {
      // The fixture throws where there is no plan.
      return false;
    }
  };
  assert.equal(isInstall('--dry-run'), true);
  assert.equal(isInstall('-o out'), true);
  assert.equal(isInstall('-o out --dry-run'), false);
  assert.equal(isInstall('-o out --dry-run=false'), true);
});
