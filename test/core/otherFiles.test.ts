import { test } from 'node:test';
import { check, checkFix } from '../support/check';

const facts = `
docker.io/istio/pilot:1.14.1     linux/amd64
docker.io/istio/proxyv2:1.14.1   linux/amd64
ghcr.io/resf/istio/pilot:1.14.1    linux/amd64 linux/arm64
ghcr.io/resf/istio/proxyv2:1.14.1  linux/amd64 linux/arm64
`;

test('what a script and its file both lead to stands in the file, once', () =>
  check(`${facts}
--- deploy/iop.yaml
kind: IstioOperator
spec:
  profile: minimal
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: linux/amd64 only
--- scripts/install.sh
istioctl install -f deploy/iop.yaml
`));

test('a sourced script has the finding where its value decides', () =>
  check(`${facts}
--- env.sh
export TAG=1.14.1
#          ^^^^^^ platform-unsupported: linux/amd64 only
--- install.sh
. ./env.sh
istioctl install \\
  --set profile=minimal \\
  --set tag=$TAG
`));

test('in a block scalar of a pipeline the finding stands where the text is written', () =>
  check(`${facts}
--- .github/workflows/mesh.yaml
jobs:
  mesh:
    runs-on: ubuntu-latest
    steps:
      - run: |
          istioctl install -y \\
            --set tag=1.14.1
            #         ^^^^^^ platform-unsupported: linux/amd64 only
`));

test('a fix changes every file that it has to', () =>
  checkFix(
    `${facts}
--- install.sh
. ./env.sh
istioctl install --set profile=minimal --set tag=1.14.1 --set hub=$HUB
--- env.sh
HUB=docker.io/istio
`,
    'ghcr.io/resf/istio',
    `
--- env.sh
HUB=ghcr.io/resf/istio
`,
  ));
