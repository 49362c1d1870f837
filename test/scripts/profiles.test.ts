import { test } from 'node:test';
import { checkPlan } from '../support/check';

const istiod = 'Deployment/istiod docker.io/istio/pilot:1.14.1';
const ingress = 'Deployment/istio-ingressgateway docker.io/istio/proxyv2:1.14.1';
const egress = 'Deployment/istio-egressgateway docker.io/istio/proxyv2:1.14.1';
const pods = 'Pod/* docker.io/istio/proxyv2:1.14.1';

const profiles: readonly [flags: string, images: readonly string[]][] = [
  ['', [istiod, ingress, pods]],
  ['--set profile=default', [istiod, ingress, pods]],
  ['--set profile=demo', [istiod, ingress, egress, pods]],
  ['--set profile=minimal', [istiod, pods]],
  ['-s profile=empty', []],
  ['--set profile=demo --set profile=minimal', [istiod, pods]],
  ['-f - <<< "{kind: IstioOperator, spec: {profile: empty}}"', []],
];

for (const [flags, images] of profiles)
  test(`what is pulled by istioctl install ${flags}`, () =>
    checkPlan(`\n--- install.sh\nistioctl-1.14.1 install ${flags}\n`, images));

test('ambient: ztunnel, the CNI plugin and istiod', () =>
  checkPlan('\n--- install.sh\nistioctl-1.20.0 install --set profile=ambient\n', [
    'Deployment/istiod docker.io/istio/pilot:1.20.0-distroless',
    'DaemonSet/istio-cni-node docker.io/istio/install-cni:1.20.0',
    'DaemonSet/ztunnel docker.io/istio/ztunnel:1.20.0-distroless',
    'Pod/* docker.io/istio/proxyv2:1.20.0',
  ]));
