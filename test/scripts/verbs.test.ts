import { test } from 'node:test';
import { check } from '../support/check';

test('verbs: install: the version of a variable decides', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set profile=demo -y
`));

test('verbs: manifest apply, the verb of 1.4 and 1.5', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.5.1
#             ^^^^^ platform-unsupported: docker.io/istio/pilot:1.5.1
istioctl manifest apply --set profile=minimal
`));

test('verbs: manifest install, the verb of 1.6', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.6.8
#             ^^^^^ platform-unsupported: docker.io/istio/pilot:1.6.8
istioctl manifest install --set profile=minimal
`));

test('verbs: apply, the other name of install', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.8.2
#             ^^^^^ platform-unsupported: docker.io/istio/pilot:1.8.2
istioctl apply -y
`));

test('verbs: upgrade pulls the images of the new version', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl upgrade -y
`));

test('verbs: x upgrade and experimental upgrade', () =>
  check(`
--- install.sh
istioctl-1.7.3 x upgrade
#        ^^^^^ platform-unsupported: docker.io/istio/pilot:1.7.3
istioctl-1.7.4 experimental upgrade -y
#        ^^^^^ platform-unsupported: docker.io/istio/pilot:1.7.4
`));

test('verbs: operator init starts the operator', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/operator:1.14.1
istioctl operator init
`));

test('verbs: operator init with a hub and a tag of its own', () =>
  check(`
--- install.sh
istioctl operator init --hub gcr.io/istio-release --tag 1.14.1
#                            ^^^^^^^^^^^^^^^^^^^^ hub-retired: use docker.io/istio
#                                                       ^^^^^^ platform-unsupported: gcr.io/istio-release/operator:1.14.1
`));

test('verbs: operator init of a version that has none any more', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.24.0
istioctl operator init
#        ^^^^^^^^^^^^^ command-removed: Version 1.24.0 has no "istioctl operator init": 1.23 was the last version with it
`));

test('verbs: manifest generate for kubectl apply', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl manifest generate --set profile=demo | kubectl apply -f -
`));

test('verbs: manifest generate into a file', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl manifest generate > generated.yaml
`));

test('verbs: manifest generate in a process substitution', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
kubectl apply -f <(istioctl manifest generate)
`));

test('verbs: global flags before the verb', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl --context "$CLUSTER" --kubeconfig ~/.kube/config -n istio-system install -y
`));

test('verbs: a flag that looks like a verb', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl --context uninstall install
`));

test('verbs: several commands, one version', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl --context east install -y
istioctl --context west install -y
`));

test('verbs: an install after one of another kind', () =>
  check(`
--- install.sh
istioctl-1.14.1 version && istioctl-1.14.1 x precheck && istioctl-1.14.1 install
#                                                                 ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));
