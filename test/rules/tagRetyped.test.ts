import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkFix, fixTitles } from '../support/check';

const own = `
mirror.example.com/istio/pilot:1.10     linux/amd64 linux/arm64
mirror.example.com/istio/proxyv2:1.10   linux/amd64 linux/arm64
mirror.example.com/istio/pilot:1.1      linux/amd64 linux/arm64
mirror.example.com/istio/proxyv2:1.1    linux/amd64 linux/arm64
`;

test('the fix quotes the tag where the quoted one exists', () =>
  checkFix(
    `${own}
--- iop.yaml
kind: IstioOperator
spec:
  hub: mirror.example.com/istio
  tag: 1.10   # ours
`,
    'Write "1.10" in quotes',
    `
kind: IstioOperator
spec:
  hub: mirror.example.com/istio
  tag: "1.10"   # ours
`,
  ));

test('the fix takes the newest release of the minor version where the images are there', () =>
  checkFix(
    `
docker.io/istio/pilot:1.20.8    linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.8  linux/amd64 linux/arm64
--- install.sh
ISTIO_VERSION=1.20.8
istioctl install --set tag=1.20
`,
    'Write the whole version 1.20.8',
    `
ISTIO_VERSION=1.20.8
istioctl install --set tag=1.20.8
`,
  ));

test('a tag that nobody has is not offered', async () =>
  assert.deepEqual(
    (
      await fixTitles(`
docker.io/istio/pilot:1.19.0    linux/amd64 linux/arm64
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.20
`)
    ).filter(title => title.includes('quotes')),
    [],
  ));

test('quotes around a variable in a shell do not help, so none are offered', async () =>
  assert.deepEqual(
    await fixTitles(`${own}
--- install.sh
TAG=1.10
istioctl install -f - <<EOF
kind: IstioOperator
spec:
  hub: mirror.example.com/istio
  tag: $TAG
EOF
`),
    [],
  ));

test('the tag of a component is retyped in a flag of 1.24, too', () =>
  check(`${own}
istioVersion: 1.24.0
--- install.sh
istioctl install --set hub=mirror.example.com/istio --set tag=1.10 --set components.pilot.tag=1.10
#                                                                                             ^^^^ tag-retyped: The tag 1.10 is read as 1.1
`));
