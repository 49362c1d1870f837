import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asked, check, checkFix, fixTitles, recipeLines } from '../support/check';

const operator = (hub: string) => `--- iop.yaml
kind: IstioOperator
spec:
  profile: minimal
  hub: ${hub}
  tag: 1.24.2
`;
const mirror = 'registry.example.com/istio';
const mirrored = (arm64: string) => `
${mirror}/pilot:1.24.2    linux/amd64 linux/arm64${arm64}
${mirror}/proxyv2:1.24.2  linux/amd64 linux/arm64
`;
const official = `
docker.io/istio/pilot:1.24.2    linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.24.2  linux/amd64 linux/arm64
`;

test('an index is taken at its word as long as nobody wants more', () =>
  check(`${mirrored('=linux/amd64')}${operator(mirror)}`));

test('an image for another platform than its index says is an error, once it was read', () =>
  check(`verify: yes
${mirrored('=linux/amd64')}${operator(mirror)}#      ^^^^^^ index-contradicts-image: The index of ${mirror}/pilot:1.24.2 says linux/arm64, but the image behind that is linux/amd64: on linux/arm64 nodes the containers end with "exec format error".
`));

test('an image that its index lists and the registry does not have is an error', () =>
  check(`verify: yes
${mirrored('=missing')}${operator(mirror)}#      ^^^^^^ child-missing: The index of ${mirror}/pilot:1.24.2 lists linux/arm64, but the registry does not have that image: pulls fail
`));

test('an image that can not be read is not called broken', () =>
  check(`verify: yes
${mirrored('=unread')}${operator(mirror)}#      ^^^^^^ could-not-check: Could not check ${mirror}/pilot:1.24.2: the index lists linux/arm64, but the image behind that could not be read: it has a problem of its own (HTTP 503).
`));

test('only what the nodes get counts', () =>
  check(`verify: yes
platform: linux/amd64
${mirrored('=missing')}${operator(mirror)}`));

test('a platform that is not listed and one that is a lie are two findings', () =>
  check(`verify: yes
platform: linux/arm64
platform: linux/s390x
${mirrored('=linux/amd64')}${mirror}/proxyv2:1.24.2  linux/arm64 linux/s390x
${operator(mirror)}#      ^^^^^^ platform-unsupported: exists for linux/amd64 only, not for linux/s390x
#      ^^^^^^ index-contradicts-image: says linux/arm64
`));

test('an image of a higher variant is not said to end with an exec format error', () =>
  check(`verify: yes
${mirrored('=linux/arm64/v9')}${operator(mirror)}#      ^^^^^^ index-contradicts-image: is linux/arm64/v9: linux/arm64 nodes may lack what its programs need
`));

test('another hub is offered where an image is not what the index says', () =>
  checkFix(
    `verify: yes
${mirrored('=linux/amd64')}${official}${operator(mirror)}`,
    'Switch the hub to docker.io/istio',
    operator('docker.io/istio').replace('--- iop.yaml\n', ''),
  ));

test('and so is the copy that mends the mirror', async () => {
  const lines = await recipeLines(`verify: yes
${mirrored('=missing')}${official}${operator(mirror)}`);
  assert.ok(
    lines.includes(`skopeo copy --all docker://docker.io/istio/pilot:1.24.2 docker://${mirror}/pilot:1.24.2`),
  );
});

const old = `
docker.io/istio/pilot:1.14.1    linux/amd64
docker.io/istio/proxyv2:1.14.1  linux/amd64
docker.io/istio/pilot:1.15.7    linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.15.7  linux/amd64 linux/arm64
`;
const community = (arm64: string) => `
ghcr.io/resf/istio/pilot:1.14.1    linux/amd64 linux/arm64${arm64}
ghcr.io/resf/istio/proxyv2:1.14.1  linux/amd64 linux/arm64
`;
const install = operator('docker.io/istio').replace('1.24.2', '1.14.1');

test('a fix that leads to a hub of others is offered after its images were read, and says so', async () => {
  assert.deepEqual(await fixTitles(`${old}${community('')}${install}`), [
    'Switch the hub to ghcr.io/resf/istio (every image has linux/arm64, and was read at the registry)',
    'Move to tag 1.15.7 (every image has linux/arm64, the registry says)',
  ]);
});

for (const [behind, words] of [
  ['=linux/amd64', 'is for another platform'],
  ['=missing', 'is not there'],
  ['=unread', 'can not be read'],
] as const)
  test(`a fix is not offered where an image that it leads to ${words}`, async () => {
    assert.deepEqual(await fixTitles(`${old}${community(behind)}${install}`), [
      'Move to tag 1.15.7 (every image has linux/arm64, the registry says)',
    ]);
  });

test('images are read only at hubs of others, and only where all their indexes promise the platform', async () => {
  const isDeep = (line: string) => line.endsWith('(images)');
  const all = await asked(`${old}${community('')}${install}`);
  assert.deepEqual(all.filter(isDeep).sort(), [
    'ghcr.io/resf/istio/pilot:1.14.1 (images)',
    'ghcr.io/resf/istio/proxyv2:1.14.1 (images)',
  ]);
  const half = community('').replace(
    'proxyv2:1.14.1  linux/amd64 linux/arm64',
    'proxyv2:1.14.1  linux/amd64',
  );
  assert.deepEqual((await asked(`${old}${half}${install}`)).filter(isDeep), []);
});
