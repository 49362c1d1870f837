import { test } from 'node:test';
import { check } from '../support/check';

test('version: the pinned download line', () =>
  check(`
--- install.sh
curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.12.4 TARGET_ARCH=x86_64 sh -
#                                                      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.12.4
istioctl install
`));

test('version: export before the download', () =>
  check(`
--- install.sh
export ISTIO_VERSION=1.12.4
#                    ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.12.4
curl -sL https://istio.io/downloadIstio | sh -
istioctl install
`));

test('version: a default expansion', () =>
  check(`
--- install.sh
ISTIO_VERSION=\${ISTIO_VERSION:-1.12.3}
#                              ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.12.3
istioctl install
`));

test('version: a default expansion of an argument', () =>
  check(`
--- install.sh
VERSION=\${1:-1.12.3}
#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.12.3
curl -L https://istio.io/downloadIstio | ISTIO_VERSION=$VERSION sh -
istioctl install
`));

test('version: : with an assignment', () =>
  check(`
--- install.sh
: \${ISTIO_VERSION:=1.12.3}
#                  ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.12.3
istioctl install
`));

test('version: other spellings of the variable', () =>
  check(`
--- install.sh
ISTIO_VER=1.12.1
#         ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.12.1
ISTIOCTL=./istioctl
$ISTIOCTL install
`));

test('version: lower case', () =>
  check(`
--- install.sh
istio_version="1.12.1"
#              ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.12.1
istioctl install
`));

test('version: with a v', () =>
  check(`
--- install.sh
ISTIOCTL_VERSION=v1.12.1
#                 ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.12.1
istioctl install
`));

test('version: a release URL', () =>
  check(`
--- install.sh
wget https://github.com/istio/istio/releases/download/1.14.1/istio-1.14.1-linux-amd64.tar.gz
#                                                                  ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install
`));

test('version: a release URL through variables', () =>
  check(`
--- install.sh
VERSION=1.14.1
#       ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
BASE=https://github.com/istio/istio/releases/download
curl -LO $BASE/$VERSION/istioctl-$VERSION-linux-amd64.tar.gz
istioctl install
`));

test('version: cd into the folder of a release', () =>
  check(`
--- install.sh
cd istio-1.14.1
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
export PATH=$PWD/bin:$PATH
istioctl install
`));

test('version: cd with a variable', () =>
  check(`
--- install.sh
V=1.14.1
# ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
cd istio-$V && bin/istioctl install
`));

test('version: the path of the executable', () =>
  check(`
--- install.sh
./istio-1.8.2/bin/istioctl install
#       ^^^^^ platform-unsupported: docker.io/istio/pilot:1.8.2
`));

test('version: the path through a chain of variables', () =>
  check(`
--- install.sh
V=1.8.2
# ^^^^^ platform-unsupported: docker.io/istio/pilot:1.8.2
DIR=$HOME/istio-$V
ISTIOCTL=$DIR/bin/istioctl
$ISTIOCTL install
`));

test('version: the name of the executable', () =>
  check(`
--- install.sh
istioctl1.10 install
^^^^^^^^^^^^ could-not-check: 1.10 is not the whole of its version
`));

test('version: a name with a patch', () =>
  check(`
--- install.sh
istioctl-1.14.1 install
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('version: a name without a patch, completed by a variable', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl-1.14 install
`));

test('version: a name without a patch alone', () =>
  check(`
--- install.sh
istioctl-1.14 install
^^^^^^^^^^^^^ could-not-check: 1.14 is not the whole of its version
`));

test('version: PATH', () =>
  check(`
--- install.sh
export PATH="$PATH:/opt/istio-1.14.1/bin"
#                             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install
`));

test('version: .tool-versions', () =>
  check(`
--- install.sh
istioctl install -y
--- .tool-versions
kubectl 1.24.0
istioctl 1.14.1
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('version: a sourced script', () =>
  check(`
--- install.sh
source ./versions.sh
istioctl install -y
--- versions.sh
export ISTIO_VERSION=1.14.1
#                    ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('version: an .env file', () =>
  check(`
--- install.sh
set -a; . ./.env; set +a
istioctl install -y
--- .env
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('version: the user’s setting, where the text tells nothing', () =>
  check(`
istioVersion: 1.14.1
--- install.sh
istioctl install -y
^^^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('version: nothing tells the version', () =>
  check(`
--- install.sh
istioctl install -y
^^^^^^^^ could-not-check: nothing here tells its version
`));

test('version: a version that comes from outside', () =>
  check(`
--- install.sh
ISTIO_VERSION=$1
istioctl install
^^^^^^^^ could-not-check: nothing here tells its version
`));

test('version: the newest release is downloaded', () =>
  check(`
--- install.sh
curl -L https://istio.io/downloadIstio | sh -
cd istio-*
bin/istioctl install
^^^^^^^^^^^^ could-not-check: the newest release of the day is downloaded
`));

test('version: an unpinned download, then the folder of one version', () =>
  check(`
--- install.sh
curl -L https://istio.io/downloadIstio | sh -
cd istio-1.5.1
#        ^^^^^ platform-unsupported: docker.io/istio/pilot:1.5.1
#        ^^^^^ conflicting-version: 1.5.1 is taken, as written here, but elsewhere it is the newest release
istioctl manifest apply --set profile=minimal
`));

test('version: the variable and the folder disagree', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.20.0
cd istio-1.14.1
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
#        ^^^^^^ conflicting-version: 1.14.1 is taken, as written here, but elsewhere it is 1.20.0
istioctl install
`));

test('version: the variable and the path of the executable disagree', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.20.0
istio-1.14.1/bin/istioctl install
#     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
#     ^^^^^^ conflicting-version: 1.14.1 is taken, as written here, but elsewhere it is 1.20.0
`));

test('version: two variables disagree', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.20.0
ISTIOCTL_VERSION=1.14.1
#                ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
#                ^^^^^^ conflicting-version: 1.14.1 is taken, as written here, but elsewhere it is 1.20.0
istioctl install
`));

test('version: an upgrade from one version to the next', () =>
  check(`
--- install.sh
curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.13.2 sh -
istio-1.13.2/bin/istioctl install -y
#     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.13.2
curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 sh -
istio-1.14.1/bin/istioctl upgrade -y
#     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('version: a variable that is set twice', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.13.2
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.13.2
istioctl install
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl upgrade
`));

test('version: the version of something else is none of Istio’s', () =>
  check(`
--- install.sh
KIALI_VERSION=1.14.1
istioctl install
^^^^^^^^ could-not-check: nothing here tells its version
`));

test('version: 1.9 is older than 1.15', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.9.0
#             ^^^^^ platform-unsupported: docker.io/istio/pilot:1.9.0
istioctl install
`));

test('version: 1.15 has arm64', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.15.0
istioctl install
`));

test('version: the arm64 client does not help', () =>
  check(`
--- install.sh
curl -LO https://github.com/istio/istio/releases/download/1.14.1/istioctl-1.14.1-linux-arm64.tar.gz
#                                                                         ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install
`));

test('version: TARGET_ARCH is the client’s', () =>
  check(`
--- install.sh
curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 TARGET_ARCH=arm64 sh -
#                                                      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install
`));

test('version: asdf', () =>
  check(`
--- install.sh
asdf install istioctl 1.14.1
#                     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install
`));

test('version: the same version in every place', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
curl -L https://istio.io/downloadIstio | sh -
cd istio-1.14.1
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install
`));

test('version: the tag wins over the version', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
istioctl install --set tag=1.20.0
`));

test('version: a tag older than istioctl', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.20.0
istioctl install --set tag=1.14.1
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('version: a download below sudo', () =>
  check(`
--- install.sh
curl -L https://istio.io/downloadIstio | sudo ISTIO_VERSION=1.14.1 sh -
#                                                           ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install
`));

test('version: a download below env', () =>
  check(`
--- install.sh
curl -L https://istio.io/downloadIstio | env ISTIO_VERSION=1.14.1 sh -
#                                                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install
`));

test('version: the executable is copied with sudo', () =>
  check(`
--- install.sh
sudo cp istio-1.14.1/bin/istioctl /usr/local/bin/
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install
`));

test('version: the name of a revision in a variable is no version', () =>
  check(`
--- install.sh
REVISION=1-14-1
istioctl install --revision $REVISION
^^^^^^^^ could-not-check: nothing here tells its version
`));

test('version: a version of another tool that is downloaded', () =>
  check(`
--- install.sh
curl -LO https://dl.k8s.io/release/v1.14.1/bin/linux/arm64/kubectl
istioctl install
^^^^^^^^ could-not-check: nothing here tells its version
`));

test('version: one export for several variables', () =>
  check(`
--- install.sh
export ISTIO_VERSION='1.14.1' TARGET_ARCH=arm64
#                     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
curl -L https://istio.io/downloadIstio | sh -
istioctl install
`));

test('version: a chain of commands over lines', () =>
  check(`
--- install.sh
curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 sh - && \\
  cd istio-1.14.1 && \\
#          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  ./bin/istioctl install -y && \\
  kubectl get pods
`));

test('version: PATH for one command', () =>
  check(`
--- install.sh
PATH=$PWD/istio-1.14.1/bin:$PATH istioctl install
#               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('version: the download of istioctl alone', () =>
  check(`
--- install.sh
curl -sL https://istio.io/downloadIstioctl | ISTIO_VERSION=1.14.1 sh -
#                                                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
export PATH=$HOME/.istioctl/bin:$PATH
istioctl install
`));

test('version: an address in a variable, for the arm64 client', () =>
  check(`
--- install.sh
version="1.14.1"
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
url="https://github.com/istio/istio/releases/download/\${version}/istio-\${version}-linux-arm64.tar.gz"
curl -fsSL "$url" | tar xz
./istio-*/bin/istioctl install
`));

test('version: a default of a function', () =>
  check(`
--- install.sh
install_istio() {
  local version="\${1:-1.14.1}"
#                     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  ./istio-"$version"/bin/istioctl install
}
install_istio "$@"
`));

test('version: a version that is only compared', () =>
  check(`
--- install.sh
if [ "$(istioctl version --remote=false)" != "1.14.1" ]; then
  echo "need istioctl 1.14.1"
fi
istioctl install
^^^^^^^^ could-not-check: nothing here tells its version
`));

test('version: a version that is only required', () =>
  check(`
--- install.sh
REQUIRED_ISTIO_VERSION=1.14.1
istioctl install
^^^^^^^^ could-not-check: nothing here tells its version
`));

test('version: a folder with a star', () =>
  check(`
--- install.sh
istio-1.*/bin/istioctl install
^^^^^^^^^^^^^^^^^^^^^^ could-not-check: nothing here tells its version
`));
