import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command, imagesAt, installed, operator, operatorText, planned } from './fixture';

const usual = 'h/pilot:t h/proxyv2:t';
const prometheus = 'docker.io/prom/prometheus:v2.15.1';

/** Minor versions from first to last, the profile, and what it installs; `h` and `t` are compiled in. */
const rows: readonly [first: number, last: number, profile: string, images: string][] = [
  [5, 6, 'default', `${usual} h/proxyv2:t ${prometheus}`],
  [7, 31, 'default', usual],
  [7, 31, 'demo', `${usual} h/proxyv2:t`],
  [5, 31, 'minimal', 'h/pilot:t'],
  [5, 31, 'empty', ''],
  [
    5,
    5,
    'separate',
    `h/pilot:t h/mixer:t h/proxyv2:t h/citadel:t h/galley:t h/sidecar_injector:t h/proxyv2:t h/proxyv2:t ${prometheus}`,
  ],
  [7, 31, 'preview', usual],
  [5, 14, 'remote', usual],
  [16, 31, 'remote', ''],
  [10, 21, 'external', ''],
  [8, 10, 'openshift', 'h/pilot:t h/install-cni:t h/install-cni:t h/proxyv2:t'],
  [11, 31, 'openshift', 'h/pilot:t h/install-cni:t h/proxyv2:t'],
  [16, 17, 'ambient', usual],
  [18, 19, 'ambient', 'h/pilot:t h/install-cni:t h/ztunnel:t'],
  [20, 21, 'ambient', 'h/pilot:t-distroless h/install-cni:t h/ztunnel:t-distroless'],
  [22, 31, 'ambient', 'h/pilot:t-distroless h/install-cni:t-distroless h/ztunnel:t-distroless'],
  [22, 31, 'openshift-ambient', 'h/pilot:t-distroless h/install-cni:t-distroless h/ztunnel:t-distroless'],
  [22, 31, 'stable', usual],
];

for (const [first, last, profile, images] of rows)
  test(`profile ${profile} of 1.${first} to 1.${last}`, () => {
    for (let minor = first; minor <= last; minor++)
      assert.equal(imagesAt(minor, `profile: ${profile}`).join(' '), images, `1.${minor}`);
  });

const absent: readonly [minor: number, profile: string][] = [
  [15, 'remote'],
  [6, 'separate'],
  [9, 'external'],
  [22, 'external'],
  [15, 'ambient'],
  [21, 'stable'],
  [14, 'nonsense'],
];

for (const [minor, profile] of absent)
  test(`1.${minor} has no profile ${profile}`, () => {
    const { gaps } = planned(operator(`profile: ${profile}`), { istioVersion: `1.${minor}.0` });
    assert.match(
      gaps.map(gap => `${gap.what}: ${gap.why}`).join(),
      /^profile: .*only (ambient, )?default, demo, empty, /,
    );
  });

test('the value that selects the profile is known, with its place', () => {
  const text = operatorText('profile: demo');
  const { profile } = planned(operator('profile: demo'));
  assert.ok(profile?.origin.kind === 'written');
  const { start, end } = profile.origin.site.span;
  assert.equal(text.slice(start, end), 'demo');
});

test('a profile may be a file up to 1.23; the compiled-in hub still beats its hub', () => {
  const custom = {
    'my/profile.yaml': operatorText(
      '{hub: mine, components: {ingressGateways: [{name: istio-ingressgateway, enabled: false}]}}',
    ),
  };
  const line = command('istioctl install --set profile=my/profile.yaml --set tag=x');
  const old = planned(line, { istioVersion: '1.23.1' }, custom);
  assert.deepEqual(installed(old), ['docker.io/istio/pilot:x']);
  assert.deepEqual(old.reads, ['file:///folder/my/profile.yaml']);
  const recent = planned(line, { istioVersion: '1.24.1' }, custom);
  assert.equal(recent.gaps[0]?.what, 'profile');
});

test('a profile file that is missing is a gap', () => {
  const { gaps, images } = planned(operator('profile: ./mine.yaml'), { istioVersion: '1.14.1' });
  assert.match(gaps[0]?.why ?? '', /mine\.yaml can't be read/);
  assert.equal(images.length, 3);
});
