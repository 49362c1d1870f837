import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitionsOf, explained, linksOf } from '../support/check';

const operator = 'kind: IstioOperator\nspec:\n  hub: docker.io/istio\n  tag: 1.14.1\n';

test('from a variable to the place of its value', () => {
  assert.deepEqual(
    definitionsOf(`
--- install.sh
HUB=docker.io/istio
istioctl install --set hub=$H@@UB --set tag=1.14.1
`),
    ['install.sh:1 docker.io/istio'],
  );
});

test('each step of a chain leads to the next', () => {
  const script = (first: string, second: string) => `
--- install.sh
REGISTRY=docker.io
HUB=${first}/istio
istioctl install --set hub=${second} --set tag=1.14.1
`;
  assert.deepEqual(definitionsOf(script('$REGISTRY', '$H@@UB')), ['install.sh:2 $REGISTRY/istio']);
  assert.deepEqual(definitionsOf(script('$REG@@ISTRY', '$HUB')), ['install.sh:1 docker.io']);
});

test('a variable with several values leads to each of them', () => {
  assert.deepEqual(
    definitionsOf(`
--- install.sh
if [ "$1" = old ]; then HUB=docker.io/istio; else HUB=ghcr.io/resf/istio; fi
istioctl install --set hub=$H@@UB --set tag=1.14.1
`),
    ['install.sh:1 docker.io/istio', 'install.sh:1 ghcr.io/resf/istio'],
  );
});

test('from the variable of the executable to its assignment, also in a sourced script', () => {
  assert.deepEqual(
    definitionsOf(`
--- env.sh
ISTIOCTL=./istio-1.14.1/bin/istioctl
--- install.sh
. ./env.sh
"$ISTIO@@CTL" install
`),
    ['env.sh:1 ./istio-1.14.1/bin/istioctl'],
  );
});

test('from a file’s name to the file, beside the script or below the root', () => {
  for (const [script, file] of [
    ['scripts/install.sh', 'scripts/deploy/iop.yaml'],
    ['scripts/install.sh', 'deploy/iop.yaml'],
  ])
    assert.deepEqual(
      definitionsOf(`--- ${file}\n${operator}--- ${script}\nistioctl install -f deploy/i@@op.yaml\n`),
      [`${file}:1`],
    );
});

test('each file of an install is a link where the script names it', () => {
  assert.deepEqual(
    linksOf(`
--- iop.yaml
${operator}
--- install.sh
FILE=iop.yaml
istioctl install -f "$FILE" -f none.yaml
`),
    ['install.sh:1 iop.yaml -> iop.yaml', 'install.sh:2 none.yaml -> none.yaml'],
  );
});

test('nothing leads on from where no value is used', () => {
  assert.deepEqual(definitionsOf('--- install.sh\nistioctl ins@@tall --set tag=1.14.1\n'), []);
  assert.deepEqual(definitionsOf(`--- iop.yaml\n${operator.replace('1.14.1', '1.@@14.1')}`), []);
});

for (const [where, script] of [
  ['install.sh:1 install', 'istioctl ins@@tall --set hub=h --set tag=1.14.1'],
  ['install.sh:1 hub', 'istioctl install --set h@@ub=h --set tag=1.14.1'],
  ['install.sh:1 1.14.1', 'istioctl install --set hub=h --set tag=1.@@14.1'],
  ['install.sh:2 $TAG', 'TAG=1.14.1\nistioctl install --set hub=h --set tag=$T@@AG'],
  ['install.sh:1 1.14.1', 'TAG=1.@@14.1\nistioctl install --set hub=h --set tag=$TAG'],
] as const)
  test(`the hover knows what stands behind ${JSON.stringify(script)}`, () => {
    const images = ['h/pilot:1.14.1', 'h/proxyv2:1.14.1'];
    assert.deepEqual(explained(`--- install.sh\n${script}\n`), [where, ...images]);
  });

test('the hover of a value that several installs share lists the images of all of them', () => {
  assert.deepEqual(
    explained(`
--- install.sh
TAG=1.@@14.1
istioctl install --set hub=a --set tag=$TAG
istioctl install --set hub=b --set tag=$TAG
istioctl install --set hub=c --set tag=1.20.0
`),
    ['install.sh:1 1.14.1', 'a/pilot:1.14.1', 'a/proxyv2:1.14.1', 'b/pilot:1.14.1', 'b/proxyv2:1.14.1'],
  );
});
