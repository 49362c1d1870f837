import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showShell, showsOne } from './showShell';

test('before_script and script are one script, after_script is another', () =>
  showsOne(
    `variables:\n  ISTIO_VERSION: 1.14.1\nmesh:\n  variables: {PROFILE: demo}\n  after_script: [istioctl version]\n  before_script:\n    - curl -L https://istio.io/downloadIstio | sh -\n    - cd istio-1.14.1\n  script:\n    - |\n      istioctl install \\\n        -y\n    - echo done\n`,
    `+ ISTIO_VERSION = 1.14.1
PROFILE = demo
curl -L https://istio.io/downloadIstio | sh -
cd istio-1.14.1
istioctl install \\
  -y
echo done
---
ISTIO_VERSION = 1.14.1
PROFILE = demo
istioctl version`,
  ));

test('jobs inherit the before_script of default, unless they have their own', () =>
  assert.deepEqual(
    showShell(
      'default:\n  before_script: [cd istio-1.14.1]\na:\n  script: istioctl install\nb:\n  before_script: []\n  script: istioctl upgrade\n',
    ),
    ['+ cd istio-1.14.1\nistioctl install', '+ istioctl upgrade'],
  ));

test('a job runs the script that it extends, with its own variables', () =>
  assert.deepEqual(
    showShell(
      '.base:\n  variables: {V: 1, W: 2}\n  script: [istioctl install]\na:\n  extends: .base\n  variables: {V: 3}\nb:\n  extends: [.other, .base]\n',
    ),
    ['+ V = 3\nW = 2\nistioctl install', '+ V = 1\nW = 2\nistioctl install'],
  ));

test('a hidden job that no job extends is read on its own', () =>
  assert.deepEqual(showShell('.base:\n  script: [istioctl install]\na:\n  script: [echo]\n'), [
    '+ istioctl install',
  ]));

test('jobs that extend each other end', () =>
  assert.deepEqual(showShell('a:\n  extends: b\n  script: istioctl install\nb:\n  extends: [a, b, a]\n'), [
    '+ istioctl install',
  ]));

test('aliases, merges and references bring their lines in', () => {
  const text = `.setup: &setup
  - cd istio-1.14.1
.vars: &vars
  variables: {HUB: ghcr.io/a}
.later:
  script: [echo later]
a:
  <<: *vars
  script:
    - *setup
    - !reference [.later, script]
    - !reference [.none, script]
    - istioctl install --set hub=$HUB
b:
  script: !reference [.later, script]
`;
  assert.deepEqual(showShell(text), [
    '+ HUB = ghcr.io/a\ncd istio-1.14.1\necho later\nistioctl install --set hub=$HUB',
  ]);
});

test('variables name variables above them, and tell their value in a map', () =>
  showsOne(
    `variables:\n  TAG: {value: 1.14.1, description: x}\n  FULL: "$\{TAG}-distroless"\n  HUB: $CI_REGISTRY/istio\na:\n  script: istioctl install\n`,
    '+ TAG = 1.14.1\nFULL = 1.14.1-distroless\nHUB = ? $CI_REGISTRY is a variable of the pipeline\nistioctl install',
  ));

test('a job of a parallel matrix runs once for each combination', () =>
  assert.deepEqual(
    showShell(
      'a:\n  parallel:\n    matrix:\n      - ISTIO_VERSION: [1.13.2, 1.14.1]\n        X: y\n  script: istioctl install\n',
    ),
    [
      '+ ISTIO_VERSION = 1.13.2\nX = y\nistioctl install',
      '+ ISTIO_VERSION = 1.14.1\nX = y\nistioctl install',
    ],
  ));

test('the image of istioctl that a job runs in is known', () =>
  showsOne(
    'a:\n  image:\n    name: istio/istioctl:1.14.1\n    entrypoint: [""]\n  script: istioctl install\n',
    '+ container image = istio/istioctl:1.14.1\nistioctl install',
  ));

test('inputs of a component are not known', () =>
  showsOne(
    'a:\n  script: istioctl install --set tag=$[[ inputs.tag ]]\n',
    `+ inputs_tag = ? \`$[[ inputs.tag ]]\` is given by whoever starts the run\nistioctl install --set tag=$\{inputs_tag}`,
  ));
