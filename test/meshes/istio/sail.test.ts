import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkFix, checkPlan } from '../../support/check';
import { at, injected, installed, manifest, planned } from './fixture';

const sail = (kind: string, spec: string, apiVersion = 'sailoperator.io/v1') =>
  manifest(`apiVersion: ${apiVersion}\nkind: ${kind}\nspec:\n${spec.replace(/^(?=.)/gm, '  ')}\n`);

const gcr = 'gcr.io/istio-release';
const hub = 'values:\n  global:\n    hub: h';

// sail-operator pkg/istiovalues/digests.go: whole images unless the user sets a hub or a tag.
const rows: readonly (readonly [
  kind: string,
  spec: string,
  images: readonly string[],
  proxy?: readonly string[],
])[] = [
  ['Istio', 'version: v1.24.3', [`${gcr}/pilot:1.24.3`], [`${gcr}/proxyv2:1.24.3`]],
  ['IstioRevision', 'version: v1.27.0', [`${gcr}/pilot:1.27.0`], [`${gcr}/proxyv2:1.27.0`]],
  ['IstioCNI', 'version: v1.28.1', [`${gcr}/install-cni:1.28.1`]],
  ['ZTunnel', 'version: v1.28.1', [`${gcr}/ztunnel:1.28.1`]],
  ['Istio', 'version: v1.29.1', [`${gcr}/pilot:1.29.1`], [`${gcr}/proxyv2:1.29.1`]],
  ['IstioCNI', 'version: v1.29.2', ['registry.istio.io/release/install-cni:1.29.2']],
  ['IstioCNI', 'version: v1.30.0', ['registry.istio.io/release/install-cni:1.30.0']],
  ['Istio', `version: v1.28.1\n${hub}`, ['h/pilot:1.28.1'], ['h/proxyv2:1.28.1']],
  ['ZTunnel', `version: v1.28.1\nprofile: ambient\n${hub}`, ['h/ztunnel:1.28.1-distroless']],
  ['ZTunnel', 'version: v1.28.1\nprofile: ambient', [`${gcr}/ztunnel:1.28.1`]],
  [
    'Istio',
    'version: v1.28.1\nvalues:\n  global:\n    tag: t',
    ['docker.io/istio/pilot:t'],
    ['docker.io/istio/proxyv2:t'],
  ],
  ['Istio', 'version: v1.28.1\nvalues:\n  pilot:\n    hub: p', ['p/pilot:1.28.1'], [`${gcr}/proxyv2:1.28.1`]],
  ['IstioCNI', 'version: v1.28.1\nvalues:\n  cni:\n    image: a.b/c:1', ['a.b/c:1']],
  ['IstioCNI', 'version: v1.28.1\nvalues:\n  pilot:\n    hub: p', [`${gcr}/install-cni:1.28.1`]],
  ['Istio', 'version: v1.31.0', ['? <hub>/pilot:1.31.0']],
  ['Istio', 'version: v1.31.0\nvalues: { global: { hub: h, variant: debug } }', ['h/pilot:1.31.0-debug']],
  ['IstioCNI', 'version: v1.28-latest', [`? ${gcr}/install-cni:<tag>`]],
  ['IstioCNI', 'version: master', ['? <hub>/install-cni:<tag>']],
  ['IstioCNI', 'namespace: istio-cni', ['? <hub>/install-cni:<tag>']],
  ['IstioCNI', 'version: "{{ .Values.version }}"', ['? <hub>/install-cni:<tag>']],
];

for (const [kind, spec, images, proxy] of rows)
  test(`${kind}: ${spec.replaceAll('\n', ' ')}`, () => {
    const plan = planned(sail(kind, spec));
    assert.deepEqual(installed(plan), images);
    if (proxy !== undefined) assert.deepEqual(injected(plan), proxy);
  });

test('a version that leaves the patch open is said to, and the setting can tell it', () => {
  const latest = sail('IstioCNI', 'version: v1.28-latest');
  const [gap] = planned(latest).gaps;
  assert.equal(gap?.what, 'version');
  assert.match(gap?.why ?? '', /v1\.28-latest stands for the newest release that it allows/);
  assert.deepEqual(installed(planned(latest, { istioVersion: '1.28.4' })), [`${gcr}/install-cni:1.28.4`]);
  assert.equal(planned(latest, at(27)).gaps.length, 1);
});

test('from 1.31 on it is not known where the operator takes images from', () => {
  const [gap, ...rest] = planned(sail('Istio', 'version: v1.31.0')).gaps;
  assert.equal(gap?.what, 'hub');
  assert.match(gap?.why ?? '', /set spec\.values\.global\.hub/);
  assert.deepEqual(rest, []);
});

test('what the user wrote is not said to come from the operator', () => {
  const [use] = planned(sail('Istio', `version: v1.28.1\n${hub}`)).images;
  assert.equal(use?.parts.hub?.origin.kind, 'written');
  const [pinned] = planned(sail('Istio', 'version: v1.28.1')).images;
  assert.deepEqual(pinned?.parts.hub?.origin, {
    kind: 'default',
    because: 'named by the Sail Operator for 1.28.1',
  });
});

test('resources of other projects are none', () => {
  for (const apiVersion of ['operator.kyma-project.io/v1alpha1', 'operator.kyma-project.io/v1beta2', 'v1'])
    assert.throws(
      () => planned(sail('Istio', 'version: v1.28.1 # not sailoperator.io', apiVersion)),
      /no install/,
    );
  assert.throws(() => planned(sail('IstioRevisionTag', 'targetRef: {}')), /no install/);
});

test('what is wrong stands under the version', () =>
  check(`
platform: linux/s390x
--- mesh.yaml
apiVersion: sailoperator.io/v1
kind: Istio
#     ^^^^^ hub-retired: gcr.io/istio-release (named by the Sail Operator for 1.28.1)
metadata:
  name: default
spec:
  version: v1.28.1
#           ^^^^^^ platform-unsupported: gcr.io/istio-release/pilot:1.28.1
`));

test('a hub of the user is written below the values', () =>
  checkFix(
    `
h.example.com/istio/pilot:1.28.1 linux/s390x
h.example.com/istio/proxyv2:1.28.1 linux/s390x
platform: linux/s390x
hub: h.example.com/istio
--- mesh.yaml
apiVersion: sailoperator.io/v1
kind: Istio
spec:
  version: v1.28.1
`,
    'hub to h.example.com/istio',
    `
apiVersion: sailoperator.io/v1
kind: Istio
spec:
  values:
    global:
      hub: h.example.com/istio
  version: v1.28.1
`,
  ));

test('a hub that goes away is replaced below the values', () =>
  checkFix(
    `
--- cni.yaml
apiVersion: sailoperator.io/v1
kind: IstioCNI
spec:
  version: v1.28.1
  values: {}
`,
    'hub to docker.io/istio',
    `
apiVersion: sailoperator.io/v1
kind: IstioCNI
spec:
  version: v1.28.1
  values: {global: {hub: docker.io/istio}}
`,
  ));

test('a script that applies a resource of its own', () =>
  checkPlan(
    `
--- install.sh
VERSION=v1.28.1
kubectl apply -f - <<EOF
apiVersion: sailoperator.io/v1
kind: IstioCNI
spec:
  version: $VERSION
EOF
`,
    ['DaemonSet/istio-cni-node gcr.io/istio-release/install-cni:1.28.1'],
  ));
