import { test } from 'node:test';
import { check } from '../support/check';

test('branches: two branches, one of them wrong', () =>
  check(`
--- install.sh
if [ "$OLD" = yes ]; then
  ISTIO_VERSION=1.14.1
#               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
else
  ISTIO_VERSION=1.20.0
fi
istioctl install
`));

test('branches: two branches, both wrong', () =>
  check(`
--- install.sh
if [ "$OLD" = yes ]; then
  TAG=1.13.2
#     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.13.2
else
  TAG=1.14.1
#     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
fi
istioctl install --set tag=$TAG
`));

test('branches: case', () =>
  check(`
--- install.sh
case "$CHANNEL" in
  stable) TAG=1.14.1 ;;
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  rapid) TAG=1.20.0 ;;
  *) echo "unknown channel"; exit 1 ;;
esac
istioctl install --set tag=$TAG
`));

test('branches: a loop over versions', () =>
  check(`
--- install.sh
for v in 1.13.2 1.14.1 1.20.0; do
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.13.2
#               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  istioctl-$v install --revision \${v//./-}
done
`));

test('branches: a loop over clusters says it once', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
for c in east west north; do
  istioctl --context $c install -y
done
`));

test('branches: set only where it is empty', () =>
  check(`
--- install.sh
if [ -z "$TAG" ]; then TAG=1.14.1; fi
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=$TAG
`));

test('branches: set only where it is empty, in one line', () =>
  check(`
--- install.sh
[ -z "$TAG" ] && TAG=1.14.1
#                    ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=$TAG
`));

test('branches: or', () =>
  check(`
--- install.sh
[ -n "$TAG" ] || TAG=1.14.1
#                    ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=$TAG
`));

test('branches: an install in one branch only', () =>
  check(`
--- install.sh
if command -v istioctl; then
  istioctl install --set tag=1.14.1
#                            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
fi
`));

test('branches: an install in each branch', () =>
  check(`
--- install.sh
if [ -n "$OLD" ]; then
  istioctl install --set tag=1.14.1
#                            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
else
  istioctl install --set tag=1.20.0
fi
`));

test('branches: values that belong together', () =>
  check(`
--- install.sh
if [ -n "$MIRROR" ]; then
  HUB=harbor.example.com/mesh
#     ^^^^^^^^^^^^^^^^^^^^^^^ could-not-check: harbor.example.com did not answer
  TAG=1.14.1
else
  HUB=docker.io/istio
  TAG=1.20.0
fi
istioctl install --set hub=$HUB --set tag=$TAG
`));

test('branches: a while loop', () =>
  check(`
--- install.sh
while read -r c; do
  istioctl --context "$c" install --set tag=1.14.1
#                                           ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
done < clusters.txt
`));

test('branches: a function that nobody calls here', () =>
  check(`
--- install.sh
install_istio() {
  istioctl install --set tag=1.14.1
#                            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
}
`));

test('branches: after exit nothing runs', () =>
  check(`
--- install.sh
exit 0
istioctl install --set tag=1.14.1
`));

test('branches: an option loop', () =>
  check(`
--- install.sh
while getopts "v:" opt; do
  case $opt in
    v) ISTIO_VERSION=$OPTARG ;;
  esac
done
istioctl install
^^^^^^^^ could-not-check: nothing here tells its version
`));

test('branches: an option loop over a default', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
while [ $# -gt 0 ]; do
  case "$1" in
    --version) ISTIO_VERSION="$2"; shift 2 ;;
    *) shift ;;
  esac
done
istioctl install
`));

test('branches: a ternary of flags', () =>
  check(`
--- install.sh
EXTRA=""
if [ "$PLATFORM" = openshift ]; then EXTRA="--set profile=openshift"; fi
istioctl-1.14.1 install $EXTRA
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('branches: a loop over files', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
for c in east west; do
  istioctl install -f $c.yaml
#                     ^^^^^^^ could-not-check: east.yaml can't be read
#                     ^^^^^^^ could-not-check: west.yaml can't be read
done
`));

test('branches: the hub by the machine that runs the script', () =>
  check(`
--- install.sh
ARCH=$(uname -m)
case $ARCH in
  aarch64|arm64) HUB=ghcr.io/resf/istio ;;
#                    ^^^^^^^^^^^^^^^^^^ could-not-check: ghcr.io did not answer
  *) HUB=docker.io/istio ;;
esac
istioctl-1.14.1 install --set hub=$HUB
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('branches: a loop over the items of an array', () =>
  check(`
--- install.sh
HUBS=(docker.io/istio docker.io/istiomirror)
#                     ^^^^^^^^^^^^^^^^^^^^^ could-not-check: docker.io did not answer
for h in "\${HUBS[@]}"; do istioctl-1.14.1 install --set hub=$h; done
#                                  ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));
