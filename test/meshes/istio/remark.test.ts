import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageUse } from '../../../server/src/core/install';
import { literal } from '../../../server/src/core/text';
import { istio } from '../../../server/src/meshes/istio/index';
import { textOf } from './fixture';

const use = (image: string): ImageUse => ({
  workload: 'Deployment/istiod',
  container: 'discovery',
  when: 'install',
  reference: textOf(image),
  parts: { image: { value: literal(image), origin: { kind: 'default', because: 'test' } } },
});

const arm64 = { os: 'linux', architecture: 'arm64' };
const armv7 = { os: 'linux', architecture: 'arm', variant: 'v7' };

const rows: readonly [image: string, target: typeof arm64, remark: string | undefined][] = [
  ['istio/pilot:1.14.1', arm64, 'Istio publishes images for linux/arm64 from 1.15 on.'],
  ['gcr.io/istio-release/proxyv2:1.9.0', arm64, 'Istio publishes images for linux/arm64 from 1.15 on.'],
  ['istio/pilot:1.14.1', armv7, 'Istio has never published images for linux/arm/v7.'],
  ['istio/pilot:1.31.1', armv7, 'Istio has never published images for linux/arm/v7.'],
  ['istio/mixer:1.7.0', arm64, 'Istio published mixer for linux/amd64 only.'],
  ['istio/pilot:1.20.0', arm64, undefined],
  ['my.org/istio/pilot:1.14.1', arm64, undefined],
  ['istio/pilot:$TAG', arm64, undefined],
];

for (const [image, target, remark] of rows)
  test(`${image} on ${target.architecture}: ${remark ?? 'nothing to say'}`, () => {
    assert.equal(istio.remark(use(image), target), remark);
  });
