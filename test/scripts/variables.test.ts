import { test } from 'node:test';
import { check } from '../support/check';

test('variables: the hub in a variable', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.20.0
HUB=docker.io/istiomirror
#   ^^^^^^^^^^^^^^^^^^^^^ could-not-check: docker.io did not answer
istioctl install --set hub=$HUB
`));

test('variables: the tag in a variable, with quotes around it', () =>
  check(`
--- install.sh
TAG="1.14.1"
#    ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set "tag=\${TAG}"
`));

test('variables: a chain of variables', () =>
  check(`
--- install.sh
BASE=1.14
TAG=$BASE.1
#   ^^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=$TAG
`));

test('variables: flags in an array', () =>
  check(`
--- install.sh
ARGS=(--set tag=1.14.1 -y)
#               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install "\${ARGS[@]}"
`));

test('variables: an array that grows', () =>
  check(`
--- install.sh
ARGS=(-y)
ARGS+=(--set tag=1.14.1)
#                ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install "\${ARGS[@]}"
`));

test('variables: an array over several lines', () =>
  check(`
--- install.sh
ARGS=(
  --set profile=demo
  # the tag is pinned
  --set tag=1.14.1
#           ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
)
istioctl install "\${ARGS[@]}"
`));

test('variables: flags in a string', () =>
  check(`
--- install.sh
FLAGS="--set profile=demo --set tag=1.14.1"
#                                   ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install $FLAGS
`));

test('variables: a string that grows', () =>
  check(`
--- install.sh
args="-y"
args="$args --set tag=1.14.1"
#                     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install $args
`));

test('variables: += on a string', () =>
  check(`
--- install.sh
args="-y"
args+=" --set tag=1.14.1"
#                 ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install $args
`));

test('variables: a string that grows in a loop', () =>
  check(`
--- install.sh
args=""
for c in pilot proxy; do
  args="$args --set values.$c.autoscaleEnabled=false"
done
istioctl install $args --set tag=1.14.1
#                                ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('variables: arguments passed on', () =>
  check(`
--- install.sh
istioctl-1.20.0 install "$@"
#                        ^^ could-not-check: $@ may hold further flags, and it is not known
`));

test('variables: arguments passed on by a function', () =>
  check(`
--- install.sh
install_istio() { istioctl install "$@" -y; }
install_istio --set tag=1.14.1
#                       ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('variables: arguments of a function by number', () =>
  check(`
--- install.sh
install_istio() {
  local version=$1
  istioctl install --set tag="$version"
}
install_istio 1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('variables: a function that is called twice', () =>
  check(`
--- install.sh
install_istio() { istioctl install --set tag=$1; }
install_istio 1.20.0
install_istio 1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('variables: a prefix of one command', () =>
  check(`
--- install.sh
TAG=1.20.0
TAG=1.14.1 bash -c 'istioctl install --set tag=$TAG'
#   ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('variables: unset', () =>
  check(`
--- install.sh
TAG=1.14.1
unset TAG
istioctl-1.20.0 install --set tag=$TAG
#                                 ^^^^ could-not-check: the tag $TAG is not known: it is given from outside the script
`));

test('variables: a default that is not used', () =>
  check(`
--- install.sh
TAG=1.14.1
#   ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=\${TAG:-1.20.0}
`));

test('variables: a part is taken away', () =>
  check(`
--- install.sh
TAG=v1.14.1
#    ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=\${TAG#v}
`));

test('variables: command output', () =>
  check(`
--- install.sh
TAG=$(git describe --tags)
#   ^^^^^^^^^^^^^^^^^^^^^^ could-not-check: the tag $(git describe --tags) is not known: it is printed by git while the script runs
istioctl-1.20.0 install --set tag=$TAG
`));

test('variables: output of echo', () =>
  check(`
--- install.sh
TAG=$(echo 1.14.1)
#          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=$TAG
`));

test('variables: output of cat', () =>
  check(`
--- install.sh
TAG=$(cat VERSION)
istioctl install --set tag=$TAG
--- VERSION
1.14.1
^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('variables: readonly', () =>
  check(`
--- install.sh
readonly TAG=1.14.1
#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=$TAG
`));

test('variables: single quotes keep a variable from being filled in', () =>
  check(`
--- install.sh
TAG=1.14.1
istioctl-1.20.0 install --set 'tag=$TAG'
#                                  ^^^^ image-invalid: it holds a placeholder that is not filled in
`));

test('variables: a variable that names itself', () =>
  check(`
--- install.sh
TAG=$TAG
#   ^^^^ could-not-check: the tag $TAG is not known: it is given from outside the script
istioctl-1.20.0 install --set tag=$TAG
`));

test('variables: defaults that are assigned', () =>
  check(`
--- install.sh
: "\${HUB:=docker.io/istio}" "\${TAG:=1.14.1}"
#                                   ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set hub="$HUB" --set tag="$TAG"
`));

test('variables: a positional with a default', () =>
  check(`
--- install.sh
TAG=\${1:-1.14.1}
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=$TAG
`));

test('variables: set --', () =>
  check(`
--- install.sh
set -- --set tag=1.14.1
#                ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install "$@"
`));

test('variables: read', () =>
  check(`
--- install.sh
read -r TAG
#       ^^^ could-not-check: the tag $TAG is not known: it is read while the script runs
istioctl-1.20.0 install --set tag=$TAG
`));

test('variables: printf -v', () =>
  check(`
--- install.sh
printf -v TAG '%s' 1.14.1
#                  ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=$TAG
`));

test('variables: an argument with a default later', () =>
  check(`
--- install.sh
VERSION="$1"
TAG="\${VERSION:-1.14.1}"
#               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag="$TAG"
`));

test('variables: env sets a variable for one command', () =>
  check(`
--- install.sh
env TAG=1.14.1 bash -c 'istioctl install --set tag=$TAG'
#       ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('variables: a value that must be given', () =>
  check(`
--- install.sh
TAG="\${TAG:?must be set}"
#    ^^^^^^^^^^^^^^^^^^^ could-not-check: the tag \${TAG:?must be set} is not known: it is given from outside the script
istioctl-1.20.0 install --set tag=$TAG
`));

test('variables: an item of an array', () =>
  check(`
--- install.sh
TAGS=(1.20.0 1.14.1)
#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=\${TAGS[1]}
`));

test('variables: an item of an array by its name', () =>
  check(`
--- install.sh
declare -A TAGS=([old]=1.14.1 [new]=1.20.0)
#                      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=\${TAGS[old]}
`));

test('variables: an item that is chosen while the script runs', () =>
  check(`
--- install.sh
TAGS=(1.20.0 1.14.1)
istioctl-1.20.0 install --set tag=\${TAGS[$i]}
#                                 ^^^^^^^^^^^ could-not-check: the tag \${TAGS[$i]} is not known: it is known only while the script runs
`));

test('variables: the last item of an array', () =>
  check(`
--- install.sh
TAGS=(1.20.0 1.14.1)
#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=\${TAGS[-1]}
`));

test('variables: the first item of an array', () =>
  check(`
--- install.sh
TAGS=(1.14.1 1.20.0)
#     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set tag=$TAGS
`));
