import { test } from 'node:test';
import { check } from '../support/check';

test('input files: a spec alone is an install to 1.11', () =>
  check(`
--- install.sh
istio-1.9.1/bin/istioctl install -f spec.yaml
--- spec.yaml
spec:
  tag: 1.9.1
#      ^^^^^ platform-unsupported: docker.io/istio/pilot:1.9.1
`));

test('input files: a spec alone is refused from 1.12 on', () =>
  check(`
--- install.sh
istio-1.20.0/bin/istioctl install -f spec.yaml
#                                    ^^^^^^^^^ could-not-check: istioctl 1.20 refuses spec.yaml, because it does not say kind: IstioOperator
--- spec.yaml
spec:
  tag: 1.20.0
`));

test('input files: a spec alone in a here-document', () =>
  check(`
--- install.sh
istio-1.9.1/bin/istioctl install -f - <<EOF
spec:
  tag: 1.9.1
#      ^^^^^ platform-unsupported: docker.io/istio/pilot:1.9.1
EOF
`));

test('input files: a Namespace before the IstioOperator', () =>
  check(`
--- install.sh
istio-1.20.0/bin/istioctl install -f mesh.yaml
#                                    ^^^^^^^^^ could-not-check: reads the first document of mesh.yaml only, a Namespace
--- mesh.yaml
kind: Namespace
metadata:
  name: istio-system
---
kind: IstioOperator
spec:
  profile: minimal
  tag: 1.20.0
`));

test('input files: a Namespace behind the IstioOperator is refused from 1.24 on', () =>
  check(`
--- install.sh
istio-1.24.0/bin/istioctl install -f mesh.yaml
#                                    ^^^^^^^^^ could-not-check: istioctl 1.24 refuses mesh.yaml, because there is a Namespace beside the IstioOperator
--- mesh.yaml
kind: IstioOperator
spec:
  profile: minimal
  tag: 1.24.0
---
kind: Namespace
metadata:
  name: istio-system
`));

test('input files: a Namespace in a here-document', () =>
  check(`
--- install.sh
cat <<EOF | istio-1.24.0/bin/istioctl install -f -
#                                                ^ could-not-check: istioctl 1.24 refuses standard input, because there is a Namespace beside
kind: Namespace
---
kind: IstioOperator
spec:
  profile: minimal
  tag: 1.24.0
EOF
`));

test('input files: a container in a patch that is YAML in a text', () =>
  check(`
--- iop.yaml
kind: IstioOperator
spec:
  profile: minimal
  tag: 1.20.0
  components:
    pilot:
      k8s:
        overlays:
        - kind: Deployment
          name: istiod
          patches:
          - path: spec.template.spec.containers.[name:discovery]
            value: |
              name: discovery
              image: docker.io/istio/pilot:1.14.1
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('input files: a patch of a container that is not there', () =>
  check(`
--- iop.yaml
kind: IstioOperator
spec:
  profile: minimal
  tag: 1.20.0
  components:
    pilot:
      k8s:
        overlays:
        - kind: Deployment
          name: istiod
          patches:
          - path: spec.template.spec.containers.[name:pilot].image
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ could-not-check: there is no container pilot in Deployment/istiod, only discovery
            value: docker.io/istio/pilot:1.14.1
`));

test('input files: only one component is printed', () =>
  check(`
--- install.sh
istio-1.14.1/bin/istioctl manifest generate --set components.pilot.tag=1.14.1 --set tag=1.20.0 --component IngressGateways | kubectl apply -f -
`));
