import { test } from 'node:test';
import { check } from '../support/check';

test('files: the file decides, and the finding stands there', () =>
  check(`
--- install.sh
istioctl install -f iop.yaml
--- iop.yaml
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('files: the file beats the version', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.20.0
istioctl install -f iop.yaml
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('files: --set beats the file', () =>
  check(`
--- install.sh
istioctl install -f iop.yaml --set tag=1.20.0
--- iop.yaml
kind: IstioOperator
spec:
  profile: default
  tag: 1.19.0
`));

test('files: --set beats the file, the other way round', () =>
  check(`
--- install.sh
istioctl install -f iop.yaml --set tag=1.14.1
#                                      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.20.0
`));

test('files: the version of the script, the rest in the file', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install -f iop.yaml
--- iop.yaml
kind: IstioOperator
#     ^^^^^^^^^^^^^ could-not-check: nothing here tells its version
spec:
  profile: demo
`));

test('files: several -f: the last wins', () =>
  check(`
--- install.sh
istioctl install -f a.yaml -f b.yaml
--- a.yaml
kind: IstioOperator
spec:
  tag: 1.20.0
--- b.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('files: -f with a comma', () =>
  check(`
--- install.sh
istioctl install -f a.yaml,b.yaml
--- a.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
--- b.yaml
kind: IstioOperator
#     ^^^^^^^^^^^^^ could-not-check: nothing here tells its version
spec:
  profile: minimal
`));

test('files: --filename=', () =>
  check(`
--- install.sh
istioctl install --filename=config/iop.yaml
--- config/iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('files: the path in a variable', () =>
  check(`
--- install.sh
CONFIG=config/iop.yaml
istioctl install -f "$CONFIG"
--- config/iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('files: after cd', () =>
  check(`
--- scripts/install.sh
cd ../deploy
istioctl install -f iop.yaml
--- deploy/iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('files: beside the script', () =>
  check(`
--- scripts/install.sh
DIR="$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd)"
istioctl install -f "$DIR/iop.yaml"
--- scripts/iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('files: beside the script, by dirname of $0', () =>
  check(`
--- scripts/install.sh
istioctl install -f "$(dirname "$0")"/../deploy/iop.yaml
--- deploy/iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('files: from the root of the workspace', () =>
  check(`
--- scripts/install.sh
istioctl install -f deploy/iop.yaml
--- deploy/iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('files: after cd into the release', () =>
  check(`
--- install.sh
cd istio-1.20.0
bin/istioctl install -f ../iop.yaml
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('files: the file is not there', () =>
  check(`
--- install.sh
istioctl-1.20.0 install -f missing.yaml
#                          ^^^^^^^^^^^^ could-not-check: missing.yaml can't be read
`));

test('files: the path is not known', () =>
  check(`
--- install.sh
istioctl-1.20.0 install -f $CONFIG
#                          ^^^^^^^ could-not-check: the file $CONFIG is not known: it is given from outside the script
`));

test('files: an address is not fetched', () =>
  check(`
--- install.sh
istioctl-1.20.0 install -f https://example.com/iop.yaml
#                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ could-not-check: Meshfit does not fetch https://example.com/iop.yaml
`));

test('files: a file without an IstioOperator', () =>
  check(`
--- install.sh
istioctl-1.20.0 install -f values.yaml
#                          ^^^^^^^^^^^ could-not-check: there is no IstioOperator in values.yaml
--- values.yaml
hub: docker.io/istiomirror
`));

test('files: standard input of somebody else', () =>
  check(`
--- install.sh
kustomize build overlays/prod | istioctl-1.20.0 install -f -
#                                                          ^ could-not-check: the IstioOperator comes from standard input, which is not known here: it is printed by kustomize while the script runs
`));

test('files: standard input, and nothing is put into it', () =>
  check(`
--- install.sh
istioctl-1.20.0 install -f -
#                          ^ could-not-check: the IstioOperator comes from standard input, which is not known here
`));

test('files: standard input from a file', () =>
  check(`
--- install.sh
istioctl install -f - < iop.yaml
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('files: envsubst', () =>
  check(`
--- install.sh
export TAG=1.14.1
#          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
envsubst < iop.tmpl.yaml | istioctl install -f -
--- iop.tmpl.yaml
kind: IstioOperator
#     ^^^^^^^^^^^^^ could-not-check: nothing here tells its version
spec:
  tag: \${TAG}
#      ^^^^^^ could-not-check: the tag \${TAG} is not known: \${TAG} is a variable
`));

test('files: envsubst with the variable before it', () =>
  check(`
--- install.sh
TAG=1.14.1 envsubst < iop.tmpl.yaml | istioctl install -f -
#   ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
--- iop.tmpl.yaml
kind: IstioOperator
#     ^^^^^^^^^^^^^ could-not-check: nothing here tells its version
spec:
  tag: $TAG
#      ^^^^ could-not-check: the tag $TAG is not known: $TAG is a variable
`));

test('files: envsubst into a file', () =>
  check(`
--- install.sh
export TAG=1.14.1
#          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
envsubst < iop.tmpl.yaml > /tmp/iop.yaml
istioctl install -f /tmp/iop.yaml
--- iop.tmpl.yaml
kind: IstioOperator
#     ^^^^^^^^^^^^^ could-not-check: nothing here tells its version
spec:
  tag: $TAG
#      ^^^^ could-not-check: the tag $TAG is not known: $TAG is a variable
`));

test('files: sed into a file', () =>
  check(`
--- install.sh
sed "s/__TAG__/1.14.1/" iop.tmpl.yaml > iop.yaml
istioctl-1.20.0 install -f iop.yaml
#                          ^^^^^^^^ could-not-check: iop.yaml can't be read: it is printed by sed while the script runs
--- iop.tmpl.yaml
kind: IstioOperator
#     ^^^^^^^^^^^^^ could-not-check: nothing here tells its version
spec:
  tag: __TAG__
`));

test('files: duplicate keys', () =>
  check(`
--- install.sh
istioctl install -f iop.yaml
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.20.0
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('files: a template in the file', () =>
  check(`
--- install.sh
istioctl-1.14.1 install -f iop.yaml
--- iop.yaml
kind: IstioOperator
#     ^^^^^^^^^^^^^ could-not-check: nothing here tells its version
spec:
  hub: {{ .Values.hub }}
#      ^^^^^^^^^^^^^^^^^ could-not-check: the hub {{ .Values.hub }} is not known: \`{{ .Values.hub }}\` is filled in by a template
`));

test('files: two IstioOperators in one file', () =>
  check(`
--- install.sh
istioctl-1.14.1 install -f iop.yaml
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
#                          ^^^^^^^^ could-not-check: there are 2 IstioOperators in iop.yaml, but istioctl takes one per file
--- iop.yaml
kind: IstioOperator
#     ^^^^^^^^^^^^^ could-not-check: nothing here tells its version
spec:
  profile: minimal
---
kind: IstioOperator
#     ^^^^^^^^^^^^^ could-not-check: nothing here tells its version
spec:
  profile: demo
`));

test('files: a file for operator init', () =>
  check(`
--- install.sh
istioctl operator init --tag 1.14.1 -f iop.yaml
#                            ^^^^^^ platform-unsupported: docker.io/istio/operator:1.14.1
--- iop.yaml
kind: IstioOperator
#     ^^^^^^^^^^^^^ could-not-check: nothing here tells its version
spec:
  profile: minimal
`));

test('files: a file whose hub is private', () =>
  check(`
harbor.example.com/mesh/pilot:1.14.1    linux/amd64
harbor.example.com/mesh/proxyv2:1.14.1  linux/amd64
--- install.sh
cd istio-1.14.1
#        ^^^^^^ platform-unsupported: harbor.example.com/mesh/pilot:1.14.1
istioctl install -f ../iop.yaml
--- iop.yaml
kind: IstioOperator
#     ^^^^^^^^^^^^^ could-not-check: nothing here tells its version
spec:
  hub: harbor.example.com/mesh
`));

test('files: a file beside a script that installs it with an older tag', () =>
  check(`
--- install.sh
istioctl install -f iop.yaml --set values.global.tag=1.14.1
#                                                    ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
--- iop.yaml
kind: IstioOperator
spec:
  tag: 1.20.0
  values:
    global:
      tag: 1.20.0
`));
