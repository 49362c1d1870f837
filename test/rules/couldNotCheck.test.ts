import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixTitles } from '../support/check';

test('without a version nothing is guessed', () =>
  check(`
--- iop.yaml
kind: IstioOperator
#     ^^^^^^^^^^^^^ could-not-check: nothing here tells its version
`));

test('a template expression stays open, and what is written out is still checked', () =>
  check(`
docker.io/istio/pilot:1.14.1    linux/amd64
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  profile: minimal
  values:
    global:
      proxy:
        image: "{{ .Values.proxy }}"
#               ^^^^^^^^^^^^^^^^^^^ could-not-check: .Values.proxy
`));

for (const [fact, words] of [
  ['denied not found, or private', 'not found, or private'],
  ['unreachable the registry answered 503', 'the registry answered 503'],
  ['notAllowed mirror.example.com', 'may ask; allow it'],
] as const)
  test(`a fact that leaves the question open is a hint in its own words: ${fact}`, () =>
    check(`
mirror.example.com/istio/pilot:1.14.1    ${fact}
mirror.example.com/istio/proxyv2:1.14.1  ${fact}
--- iop.yaml
kind: IstioOperator
spec:
  hub: mirror.example.com/istio
#      ^^^^^^^^^^^^^^^^^^^^^^^^ could-not-check: ${words}
  tag: 1.14.1
`));

for (const [fact, words] of [
  ['offline', 'the network is switched off'],
  ['offline untrusted', 'a workspace that you do not trust'],
] as const)
  test(`where nobody may be asked, the hint says why: ${fact}`, () =>
    check(`
mirror.example.com/istio/pilot:1.14.1    ${fact}
mirror.example.com/istio/proxyv2:1.14.1  ${fact}
--- iop.yaml
kind: IstioOperator
spec:
  hub: mirror.example.com/istio
  tag: 1.14.1
#      ^^^^^^ could-not-check: ${words}
`));

test('what could not be checked gets no fix', async () => {
  const titles = await fixTitles(`
mirror.example.com/istio/pilot:1.20.0    denied private
mirror.example.com/istio/proxyv2:1.20.0  denied private
docker.io/istio/pilot:1.20.0             linux/arm64
docker.io/istio/proxyv2:1.20.0           linux/arm64
--- iop.yaml
kind: IstioOperator
spec: {hub: mirror.example.com/istio, tag: 1.20.0}
`);
  assert.deepEqual(titles, []);
});

test('where the registry of an official image can not be asked, the release facts answer with a warning', () =>
  check(`
docker.io/istio/pilot:1.14.1    unreachable no route
docker.io/istio/proxyv2:1.14.1  unreachable no route
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: By Istio's release facts
`));

test('a hub that only looks official is judged by its registry alone', () =>
  check(`
docker.io/istiomirror/pilot:1.14.1    unreachable no route
docker.io/istiomirror/proxyv2:1.14.1  unreachable no route
--- iop.yaml
kind: IstioOperator
spec:
  hub: docker.io/istiomirror
#      ^^^^^^^^^^^^^^^^^^^^^ could-not-check: no route
  tag: 1.14.1
`));

for (const [place, fixture] of [
  [
    'values',
    'values: {{ toYaml .Values.values }}\n#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ could-not-check: may come from here',
  ],
  [
    'a component',
    'components:\n    pilot: {{ toYaml .x }}\n#          ^^^^^^^^^^^^^^^ could-not-check: may come from here',
  ],
] as const)
  test(`a template that fills in ${place} is said to be open`, () =>
    check(`
docker.io/istio/pilot:1.20.0    linux/arm64
docker.io/istio/proxyv2:1.20.0  linux/arm64
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.20.0
  ${fixture}
`));

test('a template that fills in what decides about no image is passed over', () =>
  check(`
docker.io/istio/pilot:1.20.0    linux/arm64
docker.io/istio/proxyv2:1.20.0  linux/arm64
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.20.0
  meshConfig:
    {{- toYaml .Values.meshConfig | nindent 4 }}
`));
