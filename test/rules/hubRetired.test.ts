import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkFix, fixTitles } from '../support/check';

const official = (version: string, platforms = 'linux/amd64 linux/arm64'): string => `
docker.io/istio/pilot:${version}                 ${platforms}
docker.io/istio/proxyv2:${version}               ${platforms}
gcr.io/istio-release/pilot:${version}            linux/amd64 linux/arm64
gcr.io/istio-release/proxyv2:${version}          linux/amd64 linux/arm64
registry.istio.io/release/pilot:${version}       linux/amd64 linux/arm64
registry.istio.io/release/proxyv2:${version}     linux/amd64 linux/arm64
`;

test('a written hub is replaced where it stands', () =>
  checkFix(
    `${official('1.20.0')}
--- iop.yaml
kind: IstioOperator
spec:
  hub: gcr.io/istio-release # mirror
  tag: 1.20.0
`,
    'Switch the hub to docker.io/istio (every image has linux/arm64',
    `
kind: IstioOperator
spec:
  hub: docker.io/istio # mirror
  tag: 1.20.0
`,
  ));

test('a default hub of 1.30 is replaced by a flag', () =>
  checkFix(
    `${official('1.30.0')}
--- install.sh
ISTIO_VERSION=1.30.0
istioctl install -y
`,
    'Switch the hub to docker.io/istio',
    `
ISTIO_VERSION=1.30.0
istioctl install -y --set hub=docker.io/istio
`,
  ));

test('a default hub of 1.30 is replaced by a key', () =>
  checkFix(
    `${official('1.30.0')}
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.30.0
`,
    'Switch the hub to docker.io/istio',
    `
kind: IstioOperator
spec:
  hub: docker.io/istio
  tag: 1.30.0
`,
  ));

test('a hub that lacks the platform is not offered', async () =>
  assert.deepEqual(
    await fixTitles(`${official('1.20.0', 'linux/amd64')}
--- iop.yaml
kind: IstioOperator
spec:
  hub: gcr.io/istio-release
  tag: 1.20.0
`),
    [],
  ));

test('a whole image name is told as well, and only at its place', () =>
  check(`${official('1.20.0')}
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.20.0
  values:
    pilot:
      image: gcr.io/istio-release/pilot:1.20.0
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hub-retired: use docker.io/istio
`));

for (const version of ['1.29.0', '1.31.0'])
  test(`the default hub of ${version} stays`, () =>
    check(`${official(version)}
istioVersion: ${version}
--- iop.yaml
kind: IstioOperator
`));
