import assert from 'node:assert/strict';
import { test } from 'node:test';
import { related } from './related';

const client =
  'Only istioctl itself is downloaded for arm64 here; the architecture of the images does not follow from it.';

const scripts: readonly [what: string, script: string, lines: readonly string[]][] = [
  [
    'an archive for arm64 is the client’s',
    'curl -LO https://github.com/istio/istio/releases/download/1.14.1/istioctl-1.14.1-linux-arm64.tar.gz\nistioctl install',
    [`1.14.1 <- arm64: ${client}`],
  ],
  [
    'TARGET_ARCH is the client’s',
    'curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 TARGET_ARCH=arm64 sh -\nistioctl install',
    [`1.14.1 <- arm64: ${client}`],
  ],
  [
    'an archive for amd64 needs no words',
    'curl -LO https://github.com/istio/istio/releases/download/1.14.1/istioctl-1.14.1-linux-amd64.tar.gz\nistioctl install',
    [],
  ],
  [
    'a finding says for which value of two it holds',
    'if x; then TAG=1.14.1; else TAG=1.20.0; fi\nistioctl install --set tag=$TAG',
    [
      '1.14.1 <- $TAG: The value is used here.',
      '1.14.1 <- 1.14.1: This is so where TAG is 1.14.1, as written here.',
    ],
  ],
  [
    'a value set in a branch of a branch is told once',
    'ISTIO_VERSION=1.20.0\nif x; then if y; then ISTIO_VERSION=1.14.1; fi; fi\nistioctl install',
    ['1.14.1 <- 1.14.1: This is so where ISTIO_VERSION is 1.14.1, as written here.'],
  ],
  [
    'the clusters of a loop do not matter',
    'for c in east west north; do istioctl-1.14.1 --context $c install; done',
    [],
  ],
  [
    'a flag that matters in one of two ways is told',
    'EXTRA=\nif x; then EXTRA="--set tag=1.14.1"; fi\nfor c in east west; do istioctl-1.20.0 --context $c install $EXTRA; done',
    [
      '1.14.1 <- $EXTRA: The value is used here.',
      '1.14.1 <- --set tag=1.14.1: This is so where EXTRA is --set tag=1.14.1, as written here.',
    ],
  ],
  [
    'the other places of a contradiction are shown',
    'ISTIO_VERSION=1.20.0\ncd istio-1.14.1\nistioctl install',
    ['1.14.1 <- 1.20.0: Here it is 1.20.0.'],
  ],
  [
    'the way of a value is shown',
    'BASE=1.14.1\nTAG=$BASE\nistioctl install --set tag=$TAG',
    ['1.14.1 <- $BASE: The value is used here.', '1.14.1 <- $TAG: The value is used here.'],
  ],
];

for (const [what, script, lines] of scripts)
  test(`beside a finding: ${what}`, () => assert.deepEqual(related(script), lines));
