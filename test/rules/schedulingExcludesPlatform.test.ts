import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkFix, fixTitles } from '../support/check';

const community = (version: string, hub = 'ghcr.io/resf/istio'): string => `
${hub}/pilot:${version}     linux/amd64 linux/arm64
${hub}/proxyv2:${version}   linux/amd64 linux/arm64
`;

test('the fix gives arm64 a weight', () =>
  checkFix(
    `${community('1.12.1')}
--- iop.yaml
kind: IstioOperator
spec:
  hub: ghcr.io/resf/istio
  tag: 1.12.1
`,
    'Let the pods run on arm64 nodes too',
    `
kind: IstioOperator
spec:
  values:
    global:
      arch:
        arm64: "2"
  hub: ghcr.io/resf/istio
  tag: 1.12.1
`,
  ));

test('before 1.12, which would refuse it as a value, it is not validated', () =>
  checkFix(
    `${community('1.10.2', 'docker.io/querycapistio')}
--- install.sh
istioctl install --set hub=querycapistio --set tag=1.10.2
`,
    'Let the pods run on arm64 nodes too',
    `
istioctl install --set hub=querycapistio --set tag=1.10.2 --set unvalidatedValues.global.arch.arm64=2
`,
  ));

test('a platform that the operator API does not know has no such fix', async () =>
  assert.deepEqual(
    await fixTitles(`
ghcr.io/resf/istio/pilot:1.12.1     linux/riscv64
ghcr.io/resf/istio/proxyv2:1.12.1   linux/riscv64
platform: linux/riscv64
--- iop.yaml
kind: IstioOperator
spec:
  hub: ghcr.io/resf/istio
  tag: 1.12.1
`),
    [],
  ));

test('where the images lack the platform, that is what is said', () =>
  check(`
docker.io/istio/pilot:1.12.1     linux/amd64
docker.io/istio/proxyv2:1.12.1   linux/amd64
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.12.1
#      ^^^^^^ platform-unsupported: only, not for linux/arm64
`));

test('an install without gateways has nothing to keep off', () =>
  check(`${community('1.12.1')}
--- iop.yaml
kind: IstioOperator
spec:
  profile: minimal
  hub: ghcr.io/resf/istio
  tag: 1.12.1
`));

test('node affinity of the gateway replaces that of the charts', () =>
  check(`${community('1.12.1')}
--- iop.yaml
kind: IstioOperator
spec:
  hub: ghcr.io/resf/istio
  tag: 1.12.1
  components:
    ingressGateways:
    - name: istio-ingressgateway
      enabled: true
      k8s:
        affinity:
          nodeAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              nodeSelectorTerms:
              - matchExpressions:
                - {key: kubernetes.io/arch, operator: In, values: [arm64, amd64]}
`));

test('a nodeSelector alone does not help: the affinity of the charts holds as well', () =>
  check(`${community('1.12.1')}
--- install.sh
istioctl install --set hub=ghcr.io/resf/istio --set tag=1.12.1 --set 'values.gateways.istio-ingressgateway.nodeSelector.kubernetes\\.io/os=linux'
#                                                       ^^^^^^ scheduling-excludes-platform: amd64, ppc64le and s390x only
`));
