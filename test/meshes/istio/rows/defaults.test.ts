import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command, installed, operator, planned } from '../fixture';
import { gapsOf } from './rows';

const minimal = operator('profile: minimal');

/** What istioctl itself brings along, by its version. */
const hubs: readonly (readonly [version: string, image: string])[] = [
  ['1.5.0', 'docker.io/istio/pilot:1.5.0'],
  ['1.6.14', 'docker.io/istio/pilot:1.6.14'],
  ['1.7.8', 'docker.io/istio/pilot:1.7.8'],
  ['1.13.0', 'docker.io/istio/pilot:1.13.0'],
  ['1.14.1', 'docker.io/istio/pilot:1.14.1'],
  ['1.23.6', 'docker.io/istio/pilot:1.23.6'],
  ['1.24.0', 'docker.io/istio/pilot:1.24.0'],
  ['1.29.2', 'docker.io/istio/pilot:1.29.2'],
  ['1.30.0', 'registry.istio.io/release/pilot:1.30.0'],
  ['1.30.3', 'registry.istio.io/release/pilot:1.30.3'],
  ['1.31.0-rc.0', 'docker.io/istio/pilot:1.31.0-rc.0'],
  ['1.31.0', 'docker.io/istio/pilot:1.31.0'],
  ['v1.20.1', 'docker.io/istio/pilot:1.20.1'],
];

for (const [istioVersion, image] of hubs)
  test(`istioctl ${istioVersion} installs ${image}`, () => {
    const plan = planned(minimal, { istioVersion });
    assert.deepEqual(installed(plan), [image]);
    assert.equal(gapsOf(plan), '');
  });

const profiles: readonly (readonly [version: string, profile: string, hub: string])[] = [
  ['1.24.0', 'ambient', 'docker.io/istio/ztunnel:1.24.0-distroless'],
  ['1.30.0', 'ambient', 'registry.istio.io/release/ztunnel:1.30.0-distroless'],
  ['1.19.0', 'ambient', 'docker.io/istio/ztunnel:1.19.0'],
];

for (const [istioVersion, profile, image] of profiles)
  test(`istioctl ${istioVersion} with the profile ${profile} installs ${image}`, () => {
    assert.equal(installed(planned(operator(`profile: ${profile}`), { istioVersion })).at(-1), image);
  });

const unknown: readonly (readonly [version: string, gap: RegExp])[] = [
  // newer than any that is known: the newest rules, and it says so
  ['1.32.0', /^version: Meshfit knows Istio up to 1\.31; what 1\.32\.0 installs .* the rules of 1\.31$/],
  ['1.99.0', /rules of 1\.31/],
  ['2.0.0', /rules of 1\.31/],
  // never released
  ['1.14.99', /^version: there is no Istio 1\.14\.99: the last release of 1\.14 is 1\.14\.6/],
  ['1.5.11', /the last release of 1\.5 is 1\.5\.10/],
];

for (const [istioVersion, gap] of unknown)
  test(`istioctl ${istioVersion} is not known, and that is said`, () => {
    const plan = planned(minimal, { istioVersion });
    assert.match(gapsOf(plan), gap);
    assert.deepEqual(installed(plan), [`docker.io/istio/pilot:${istioVersion}`]);
  });

test('a patch release that came after the data were read is none that never was', () => {
  assert.equal(gapsOf(planned(minimal, { istioVersion: '1.31.40' })), '');
});

test('a tag of one’s own need not be a release of Istio', () => {
  assert.equal(gapsOf(planned(operator('{hub: my.org/istio, tag: 1.14.99}'))), '');
});

test('the version is said to be unknown where the script tells it', () => {
  const plan = planned(command('istioctl-1.14.99 install'));
  assert.match(gapsOf(plan), /there is no Istio 1\.14\.99/);
});

test('the compiled-in hub beats that of a profile file, and loses to the user', () => {
  const table = { 'p.yaml': 'kind: IstioOperator\nspec: {hub: mine, tag: old}\n' };
  const line = (words: string) =>
    installed(
      planned(command(`istioctl install --set profile=p.yaml ${words}`), { istioVersion: '1.20.1' }, table),
    );
  assert.equal(line('')[0], 'docker.io/istio/pilot:1.20.1');
  assert.equal(line('--set hub=x')[0], 'x/pilot:1.20.1');
});

test('charts and profiles of one’s own are open', () => {
  for (const words of ['-d ./manifests', '--manifests=x', '--charts x', '--set installPackagePath=./m'])
    assert.match(
      gapsOf(planned(command(`istioctl install ${words}`), { istioVersion: '1.14.1' })),
      /charts and profiles/,
    );
});
