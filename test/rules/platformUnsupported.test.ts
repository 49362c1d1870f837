import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkFix, fixTitles } from '../support/check';

const old = `
docker.io/istio/pilot:1.14.1    linux/amd64
docker.io/istio/proxyv2:1.14.1  linux/amd64
`;
const community = `
ghcr.io/resf/istio/pilot:1.14.1    linux/amd64 linux/arm64
ghcr.io/resf/istio/proxyv2:1.14.1  linux/amd64 linux/arm64
`;
const next = `
docker.io/istio/pilot:1.15.7    linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.15.7  linux/amd64 linux/arm64
`;

test('the tag is blamed before the hub', () =>
  check(`${old}
--- iop.yaml
kind: IstioOperator
spec:
  hub: istio
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: istio/pilot:1.14.1
`));

test('the hub is blamed where the tag is not written', () =>
  check(`${old}
istioVersion: 1.14.1
--- iop.yaml
kind: IstioOperator
spec:
  hub: docker.io/istio
#      ^^^^^^^^^^^^^^^ platform-unsupported: linux/amd64 only
`));

test('the kind is blamed where neither is written', () =>
  check(`${old}
istioVersion: 1.14.1
--- iop.yaml
kind: IstioOperator
#     ^^^^^^^^^^^^^ platform-unsupported: linux/amd64 only
spec:
  profile: default
`));

test('two causes are two squiggles', () =>
  check(`${old}
docker.io/istio/pilot:1.13.2   linux/amd64
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/proxyv2:1.14.1 exists for linux/amd64 only
  components:
    pilot:
      tag: 1.13.2
#          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.13.2 exists for linux/amd64 only
`));

test('every target platform that is missing is named', () =>
  check(`${old}
platform: linux/amd64
platform: linux/arm64
platform: linux/s390x
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: not for linux/arm64 and linux/s390x
`));

test('nothing is said where every target platform is there', () =>
  check(`${old}
platform: linux/amd64
--- iop.yaml
kind: IstioOperator
spec: {tag: 1.14.1}
`));

test('arm64 with its variant v8 is arm64', () =>
  check(`
docker.io/istio/pilot:1.14.1    linux/arm64/v8
docker.io/istio/proxyv2:1.14.1  linux/arm64/v8
--- iop.yaml
kind: IstioOperator
spec: {tag: 1.14.1}
`));

test('only the installs of a file that are wrong are found, wherever they stand', () =>
  check(`${old}${next}
--- two.yaml
kind: IstioOperator
spec: {tag: 1.15.7}
---
kind: ConfigMap
---
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: only
`));

test('a fix replaces the written hub, and comments survive', () =>
  checkFix(
    `${old}${community}
--- iop.yaml
kind: IstioOperator
spec:
  hub: "docker.io/istio" # the official one
  tag: 1.14.1
`,
    'ghcr.io/resf/istio',
    `
kind: IstioOperator
spec:
  hub: "ghcr.io/resf/istio" # the official one
  tag: 1.14.1
`,
  ));

test('a fix inserts the hub where it is a default', () =>
  checkFix(
    `${old}${community}
--- iop.yaml
kind: IstioOperator
spec:
  # pinned
  tag: 1.14.1
`,
    'ghcr.io/resf/istio',
    `
kind: IstioOperator
spec:
  hub: ghcr.io/resf/istio
  # pinned
  tag: 1.14.1
`,
  ));

test('a fix moves to the nearest tag, in the document of a stream that it is for', () =>
  checkFix(
    `${old}${next}
--- iop.yaml
kind: ConfigMap
---
kind: IstioOperator
spec:
  tag: 1.14.1
`,
    'tag 1.15.7',
    `
kind: ConfigMap
---
kind: IstioOperator
spec:
  tag: 1.15.7
`,
  ));

test('a hub of the user’s own is offered first', async () => {
  const titles = await fixTitles(`${old}${community}
registry.example.com/istio/pilot:1.14.1    linux/arm64
registry.example.com/istio/proxyv2:1.14.1  linux/arm64
hub: registry.example.com/istio
--- iop.yaml
kind: IstioOperator
spec: {tag: 1.14.1}
`);
  assert.match(titles[0] ?? '', /registry\.example\.com\/istio/);
  assert.match(titles[1] ?? '', /ghcr\.io\/resf\/istio/);
});

test('no fix leads to a hub that lacks one of the images', async () => {
  const titles = await fixTitles(`${old}
ghcr.io/resf/istio/pilot:1.14.1    linux/amd64 linux/arm64
ghcr.io/resf/istio/proxyv2:1.14.1  linux/amd64
--- iop.yaml
kind: IstioOperator
spec: {tag: 1.14.1}
`);
  assert.deepEqual(
    titles.filter(title => title.includes('ghcr.io')),
    [],
  );
});

test('a fix that a setting further down would overrule changes that setting as well', () =>
  checkFix(
    `${old}${community}
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
  values:
    global:
      hub: docker.io/istio
`,
    'ghcr.io/resf/istio',
    `
kind: IstioOperator
spec:
  tag: 1.14.1
  values:
    global:
      hub: ghcr.io/resf/istio
`,
  ));

test('nobody publishes linux/arm/v7, so it is said plainly and no fix is offered', async () => {
  const source = `${old}
platform: linux/arm/v7
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: Istio has never published images for linux/arm/v7
`;
  await check(source);
  assert.deepEqual(await fixTitles(source), []);
});

test('a fix changes only what is at fault', () =>
  checkFix(
    `${community}
docker.io/istio/pilot:1.14.1    linux/amd64
docker.io/istio/proxyv2:1.14.1  linux/arm64
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
  values:
    global: {hub: docker.io/istio}
    pilot: {hub: docker.io/istio}
`,
    'ghcr.io/resf/istio',
    `
kind: IstioOperator
spec:
  tag: 1.14.1
  values:
    global: {hub: docker.io/istio}
    pilot: {hub: ghcr.io/resf/istio}
`,
  ));

test('no fix is offered that would break another install which shares the text', async () => {
  const titles = await fixTitles(`${old}${community}
docker.io/istio/pilot:1.20.0    linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.0  linux/amd64 linux/arm64
--- list.yaml
kind: List
items:
  - kind: IstioOperator
    spec: {hub: &h docker.io/istio, tag: 1.14.1}
  - kind: IstioOperator
    spec: {hub: *h, tag: 1.20.0}
`);
  assert.ok(!titles.some(title => title.includes('ghcr.io')), titles.join('; '));
});

test('two installs that share a text by an anchor are found once', () =>
  check(`${old}
--- list.yaml
kind: List
items:
  - kind: IstioOperator
    spec: &v
      tag: 1.14.1
#          ^^^^^^ platform-unsupported: only
  - kind: IstioOperator
    spec: *v
`));

test('a wrong repository or host is shown at the hub', () =>
  check(`
docker.io/ist/pilot:1.14.1    absent-repository the registry has no repository ist/pilot
docker.io/ist/proxyv2:1.14.1  absent-repository the registry has no repository ist/proxyv2
--- iop.yaml
kind: IstioOperator
spec:
  hub: docker.io/ist
#      ^^^^^^^^^^^^^ image-not-found: no repository ist/pilot
  tag: 1.14.1
`));
