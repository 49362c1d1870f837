import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recipeLines } from '../support/check';

const mirror = `
mirror.example.com/istio/pilot:1.20.0     linux/amd64
mirror.example.com/istio/proxyv2:1.20.0   linux/amd64
--- iop.yaml
kind: IstioOperator
spec:
  hub: mirror.example.com/istio
  tag: 1.20.0
`;

test('a mirror that lost a platform gets all of them again', async () =>
  assert.deepEqual(
    await recipeLines(`
docker.io/istio/pilot:1.20.0              linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.0            linux/amd64 linux/arm64
${mirror}`),
    [
      'Copy the images with all their platforms to mirror.example.com/istio again',
      'skopeo copy --all docker://docker.io/istio/pilot:1.20.0 docker://mirror.example.com/istio/pilot:1.20.0',
      'skopeo copy --all docker://docker.io/istio/proxyv2:1.20.0 docker://mirror.example.com/istio/proxyv2:1.20.0',
    ],
  ));

test('only images that were found at the official hub are copied', async () => {
  const lines = await recipeLines(`
docker.io/istio/pilot:1.20.0              linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.0            linux/amd64
${mirror}`);
  assert.ok(!lines.some(line => line.includes('skopeo')));
});

test('where nobody publishes the platform, the images that lack it can be built', async () => {
  const [title = '', ...lines] = await recipeLines(`
docker.io/istio/pilot:1.20.0     linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.0   linux/amd64 linux/arm64
platform: linux/s390x
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.20.0
`);
  assert.match(title, /^Build the images for linux\/amd64, linux\/arm64 and linux\/s390x yourself/);
  const builds = lines.filter(line => line.startsWith('docker'));
  assert.deepEqual(
    builds,
    ['pilot', 'proxyv2'].map(
      name =>
        `docker buildx build --platform linux/amd64,linux/arm64,linux/s390x --file pilot/docker/Dockerfile.${name} --tag "$HUB/${name}:1.20.0" --push .`,
    ),
  );
});

test('nothing is to be built where a change of the text helps', async () =>
  assert.deepEqual(
    await recipeLines(`
docker.io/istio/pilot:1.14.1        linux/amd64
docker.io/istio/proxyv2:1.14.1      linux/amd64
ghcr.io/resf/istio/pilot:1.14.1     linux/amd64 linux/arm64
ghcr.io/resf/istio/proxyv2:1.14.1   linux/amd64 linux/arm64
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
`),
    [],
  ));

test('nothing is to be built while nobody could be asked whether a change of the text helps', async () =>
  assert.deepEqual(
    await recipeLines(`
docker.io/istio/pilot:1.14.1        linux/amd64
docker.io/istio/proxyv2:1.14.1      linux/amd64
ghcr.io/resf/istio/pilot:1.14.1     unreachable it did not answer
ghcr.io/resf/istio/proxyv2:1.14.1   unreachable it did not answer
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
`),
    [],
  ));

for (const [what, image] of [
  ['a tag that names no release', 'mirror.example.com/istio/pilot:latest'],
  ['an image that is not Istio’s', 'docker.io/someone/pilot:1.20.0'],
] as const)
  test(`nothing is known of ${what}`, async () =>
    assert.deepEqual(
      (
        await recipeLines(`
${image}   linux/amd64
--- iop.yaml
kind: IstioOperator
spec:
  profile: minimal
  tag: 1.20.0
  values:
    pilot:
      image: ${image}
`)
      ).filter(line => line.startsWith('skopeo')),
      [],
    ));
