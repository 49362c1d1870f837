import { test } from 'node:test';
import { check, checkFix } from '../support/check';

const amd64 = `
docker.io/querycapistio/pilot:1.10.2     linux/amd64 linux/arm64
docker.io/querycapistio/proxyv2:1.10.2   linux/amd64 linux/arm64
docker.io/istio/install-cni:1.10.2       linux/amd64
platform: linux/amd64
`;

test('the component is taken from the official hub where that has it for every platform', () =>
  checkFix(
    `${amd64}
--- iop.yaml
kind: IstioOperator
spec:
  hub: docker.io/querycapistio
  tag: 1.10.2
  components:
    cni:
      enabled: true
`,
    'Take install-cni from docker.io/istio (',
    `
kind: IstioOperator
spec:
  hub: docker.io/querycapistio
  tag: 1.10.2
  components:
    cni:
      hub: docker.io/istio
      enabled: true
`,
  ));

test('what the registry has is there, whatever the release facts say', () =>
  check(`${amd64}
docker.io/querycapistio/install-cni:1.10.2   linux/amd64
--- install.sh
istioctl install --set profile=openshift --set hub=docker.io/querycapistio --set tag=1.10.2
`));
