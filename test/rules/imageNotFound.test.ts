import { test } from 'node:test';
import { check, checkFix } from '../support/check';

test('a tag that YAML reads as a number is explained', () =>
  check(`
docker.io/istio/pilot:1.20.0  linux/arm64
--- iop.yaml
kind: IstioOperator
spec:
  hub: docker.io/istio
  tag: 1.20
#      ^^^^ image-not-found: istioctl reads 1.20 as the number 1.2
#      ^^^^ tag-retyped: Write it in quotes: "1.20"
`));

test('a mistyped patch release leads back to the newest real one', () =>
  checkFix(
    `
docker.io/istio/pilot:1.20.8    linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.8  linux/amd64 linux/arm64
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.20.99
`,
    'tag 1.20.8',
    `
kind: IstioOperator
spec:
  tag: 1.20.8
`,
  ));
