import { test } from 'node:test';
import { check } from '../support/check';

test('flags: --set tag', () =>
  check(`
--- install.sh
istioctl install --set tag=1.14.1
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: --set=tag', () =>
  check(`
--- install.sh
istioctl install --set=tag=1.14.1 -y
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: -s', () =>
  check(`
--- install.sh
istioctl install -s tag=1.14.1
#                       ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: -s with the value in the same word', () =>
  check(`
--- install.sh
istioctl install -stag=1.14.1
#                      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: -y and -s in one word', () =>
  check(`
--- install.sh
istioctl install -ys tag=1.14.1
#                        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: --set values.global.tag in quotes', () =>
  check(`
--- install.sh
istioctl install --set "values.global.tag=1.14.1"
#                                         ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: of repeated flags the last counts', () =>
  check(`
--- install.sh
istioctl install --set tag=1.20.0 --set tag=1.14.1
#                                           ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: --set of a hub: the tag comes from the version', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set hub=docker.io/istio
`));

test('flags: a vendor’s hub is never judged by Istio’s release facts', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
istioctl install --set hub=docker.io/istiomirror
#                          ^^^^^^^^^^^^^^^^^^^^^ could-not-check: docker.io did not answer
`));

test('flags: the hub of a fork that has the images', () =>
  check(`
ghcr.io/resf/istio/pilot:1.14.1    linux/amd64 linux/arm64
ghcr.io/resf/istio/proxyv2:1.14.1  linux/amd64 linux/arm64
--- install.sh
ISTIO_VERSION=1.14.1
istioctl install --set hub=ghcr.io/resf/istio
`));

test('flags: a private hub that has them for one platform only', () =>
  check(`
harbor.example.com/mesh/pilot:1.14.1    linux/amd64
harbor.example.com/mesh/proxyv2:1.14.1  linux/amd64
--- install.sh
istioctl install --set hub=harbor.example.com/mesh --set tag=1.14.1
#                                                            ^^^^^^ platform-unsupported: harbor.example.com/mesh/pilot:1.14.1
`));

test('flags: a vendor’s tag tells the version, too', () =>
  check(`
--- install.sh
istioctl install --set hub=gke.gcr.io/asm --set tag=1.23.3-asm.2
#                          ^^^^^^^^^^^^^^ could-not-check: gke.gcr.io did not answer
`));

test('flags: a tag with a variant', () =>
  check(`
--- install.sh
istioctl install --set tag=1.14.1-distroless
#                          ^^^^^^^^^^^^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1-distroless
`));

test('flags: a tag of one component', () =>
  check(`
--- install.sh
istioctl-1.20.0 install --set components.pilot.tag=1.14.1
#                                                  ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: the short name of the official hub', () =>
  check(`
--- install.sh
istioctl install --set hub=istio --set tag=1.14.1
#                                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: the mirror of the official hub at Google', () =>
  check(`
--- install.sh
istioctl install --set hub=gcr.io/istio-release --set tag=1.14.1
#                          ^^^^^^^^^^^^^^^^^^^^ hub-retired: use docker.io/istio
#                                                         ^^^^^^ platform-unsupported: gcr.io/istio-release/pilot:1.14.1
`));

test('flags: charts of one’s own are said, not judged', () =>
  check(`
--- install.sh
istioctl-1.20.0 install -d manifests/
#                          ^^^^^^^^^^ could-not-check: the charts and profiles come from manifests/
`));

test('flags: --set without an equals sign', () =>
  check(`
--- install.sh
istioctl-1.20.0 install --set profile
#                             ^^^^^^^ could-not-check: istioctl can't read profile
`));

test('flags: a revision is not a tag', () =>
  check(`
--- install.sh
istioctl install --revision 1-14-1 -y
^^^^^^^^ could-not-check: nothing here tells its version
`));

test('flags: a revision beside the version', () =>
  check(`
--- install.sh
istioctl-1.14.1 install --revision 1-9-5
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: profile minimal has no gateway', () =>
  check(`
--- install.sh
istioctl-1.14.1 install --set profile=minimal
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: profile empty pulls nothing', () =>
  check(`
--- install.sh
istioctl-1.14.1 install --set profile=empty
`));

test('flags: profile ambient of a version that has it', () =>
  check(`
docker.io/istio/ztunnel:1.20.0-distroless      linux/amd64
docker.io/istio/pilot:1.20.0-distroless        linux/amd64 linux/arm64
docker.io/istio/install-cni:1.20.0-distroless  linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.0-distroless      linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.0      linux/amd64 linux/arm64
docker.io/istio/install-cni:1.20.0  linux/amd64 linux/arm64
--- install.sh
istioctl-1.20.0 install --set profile=ambient
#        ^^^^^^ platform-unsupported: docker.io/istio/ztunnel:1.20.0-distroless
`));

test('flags: profile ambient of a version that lacks it', () =>
  check(`
--- install.sh
istioctl-1.14.1 install --set profile=ambient
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
#                                     ^^^^^^^ could-not-check: there is no profile ambient in this version of istioctl, only default, demo, empty, external
`));

test('flags: profile remote', () =>
  check(`
--- install.sh
istioctl-1.14.1 install --set profile=remote
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: a profile that is given from outside', () =>
  check(`
--- install.sh
istioctl-1.20.0 install --set profile=$1
#                                     ^^ could-not-check: the profile $1 is not known: it is given from outside the script
`));

test('flags: a hub that is given from outside', () =>
  check(`
--- install.sh
istioctl-1.20.0 install --set hub=$HUB
#                                 ^^^^ could-not-check: the hub $HUB is not known: it is given from outside the script
`));

test('flags: a tag that is partly given from outside', () =>
  check(`
--- install.sh
istioctl install --set tag=1.14.$PATCH
^^^^^^^^ could-not-check: nothing here tells its version
#                          ^^^^^^^^^^^ could-not-check: the tag 1.14.$PATCH is not known: it is given from outside the script
`));

test('flags: an image of its own', () =>
  check(`
--- install.sh
istioctl-1.20.0 install --set values.global.proxy.image=docker.io/istio/proxyv2:1.14.1
#                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ platform-unsupported: docker.io/istio/proxyv2:1.14.1
`));

test('flags: nodes of amd64 run every version', () =>
  check(`
platform: linux/amd64
--- install.sh
istioctl-1.14.1 install
`));

test('flags: two settings with a comma', () =>
  check(`
--- install.sh
istioctl install --set profile=demo,tag=1.14.1
^^^^^^^^ could-not-check: nothing here tells its version
#                      ^^^^^^^^^^^^^^^^^^^^^^^ could-not-check: istioctl can't read profile=demo,tag=1.14.1
`));

test('flags: spaces around the equals sign', () =>
  check(`
--- install.sh
istioctl install --set tag = 1.14.1
^^^^^^^^ could-not-check: nothing here tells its version
#                      ^^^ could-not-check: istioctl can't read tag
`));

test('flags: an item of a list', () =>
  check(`
--- install.sh
istioctl install --set 'components.ingressGateways[0].name=istio-ingressgateway' --set tag=1.14.1
#                                                                                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: a path with dots', () =>
  check(`
--- install.sh
istioctl install --set values.pilot.podAnnotations."sidecar\\.istio\\.io/inject"=x --set tag=1.14.1
#                                                                                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('flags: tabs between the words', () =>
  check(`
--- install.sh
istioctl install	--set	tag=1.14.1
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));
