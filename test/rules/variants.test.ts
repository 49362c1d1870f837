import { test } from 'node:test';
import { check, checkFix } from '../support/check';

const published = `
docker.io/istio/pilot:1.22.0-distroless         linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.22.0-distroless       linux/amd64 linux/arm64
docker.io/istio/install-cni:1.22.0-distroless   linux/amd64 linux/arm64
docker.io/istio/ztunnel:1.22.0-distroless       linux/amd64 linux/arm64
ghcr.io/resf/istio/pilot:1.14.1                 linux/amd64 linux/arm64
ghcr.io/resf/istio/proxyv2:1.14.1               linux/amd64 linux/arm64
`;

test('a profile that sets a variant doubles that of the tag, and the fix takes it away', () =>
  checkFix(
    `${published}
--- iop.yaml
kind: IstioOperator
spec:
  profile: ambient
  tag: 1.22.0-distroless
`,
    'Write the tag as 1.22.0 (every image has linux/arm64',
    `
kind: IstioOperator
spec:
  profile: ambient
  tag: 1.22.0
`,
  ));

test('the fix of a variant that a community hub lacks is the plain tag', () =>
  checkFix(
    `${published}
--- iop.yaml
kind: IstioOperator
spec:
  hub: ghcr.io/resf/istio
  tag: 1.14.1-debug
`,
    'Write the tag as 1.14.1 (every',
    `
kind: IstioOperator
spec:
  hub: ghcr.io/resf/istio
  tag: 1.14.1
`,
  ));

test('a variant that the registry has is there, whatever the release facts say', () =>
  check(`
ghcr.io/resf/istio/pilot:1.14.1-debug     linux/amd64 linux/arm64
ghcr.io/resf/istio/proxyv2:1.14.1-debug   linux/amd64 linux/arm64
--- iop.yaml
kind: IstioOperator
spec:
  hub: ghcr.io/resf/istio
  tag: 1.14.1-debug
`));

test('the fix of a variant that Istio never built is one that it did', () =>
  checkFix(
    `${published}
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.22.0
  values: {global: {variant: alpine}}
`,
    'Use the variant distroless',
    `
kind: IstioOperator
spec:
  tag: 1.22.0
  values: {global: {variant: distroless}}
`,
  ));

test('a hub of one’s own may have any variant', () =>
  check(`
--- iop.yaml
kind: IstioOperator
spec:
  hub: mirror.example.com/istio
#      ^^^^^^^^^^^^^^^^^^^^^^^^ could-not-check: did not answer
  tag: 1.14.1-alpine
`));
