import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseImage } from '../../../server/src/core/image';
import { formatPlatform } from '../../../server/src/core/platform';
import { istio } from '../../../server/src/meshes/istio/index';

function platforms(text: string): string | undefined {
  const parsed = parseImage(text);
  assert.equal(parsed.kind, 'image', text);
  const fact = parsed.kind === 'image' ? istio.released(parsed.image) : undefined;
  return fact?.platforms.map(formatPlatform).join(' ');
}

const amd64 = 'linux/amd64';
const both = 'linux/amd64 linux/arm64';

const known: readonly [image: string, platforms: string][] = [
  ['docker.io/istio/pilot:1.14.6', amd64],
  ['istio/pilot:1.15.0', both],
  ['index.docker.io/istio/proxyv2:1.31.1', both],
  ['gcr.io/istio-release/pilot:1.14.1-distroless', amd64],
  ['registry.istio.io/release/install-cni:1.30.5', both],
  ['istio/proxyv2:1.12.0-debug', amd64],
  ['istio/ztunnel:1.18.0', both],
  ['istio/operator:1.23.6', both],
  ['istio/mixer:1.7.8', amd64],
];

const unknown: readonly [image: string, why: string][] = [
  ['istio/pilot:1.14.7', 'there was no such patch release'],
  ['istio/pilot:1.99.0', 'it is newer than the data'],
  ['istio/pilot:1.31.0-rc.0', 'it is a pre-release'],
  ['istio/pilot:1.14', 'it is no whole version'],
  ['istio/pilot:v1.14.1', 'official tags have no v'],
  ['istio/pilot:latest', 'it is a moving tag'],
  ['istio/pilot', 'it has no tag'],
  ['istio/proxyv2:1.11.0-debug', 'the variant came with 1.12'],
  ['istio/ztunnel:1.17.0', 'ztunnel came with 1.18'],
  ['istio/operator:1.24.0', 'the operator is gone'],
  ['istio/mixer:1.8.0', 'mixer is gone'],
  ['istio/install-cni:1.6.0', 'another project built it'],
  ['istio/agentgateway:1.30.0', 'its platforms are those of its base image'],
  ['istio/app_sidecar_ubuntu_noble:1.24.0', 'it is a test image'],
  ['gcr.io/istio-release/pilot:1.31.0', 'the mirror ended with 1.30'],
  ['gcr.io/istio-release/pilot:1.6.0', 'the mirror began with 1.7'],
  ['docker.io/istio/nested/pilot:1.14.1', 'it is another hub'],
  ['ghcr.io/resf/istio/pilot:1.14.1', 'it is another hub'],
  ['my.org/docker.io/istio/pilot:1.14.1', 'it is a mirror'],
  [`istio/pilot:1.14.1@sha256:${'0'.repeat(64)}`, 'the digest decides'],
];

for (const [image, expected] of known)
  test(`${image} was released`, () => assert.equal(platforms(image), expected));

for (const [image, why] of unknown)
  test(`nothing is known of ${image}: ${why}`, () => assert.equal(platforms(image), undefined));

test('a fact says when the data were read', () => {
  const fact = istio.released({ registry: 'docker.io', repository: 'istio/pilot', tag: '1.14.1' });
  assert.match(fact?.read ?? '', /^\d{4}-\d\d-\d\d$/);
});
