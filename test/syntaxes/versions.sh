# SYNTAX TEST "source.shell" "the version of istioctl"
ISTIO_VERSION=1.14.1
#             ^^^^^^ constant.numeric.version.image-decider.meshfit

export ISTIO_VERSION="1.14.1"
#                     ^^^^^^ constant.numeric.version.image-decider.meshfit

curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.12.4 TARGET_ARCH=x86_64 sh -
#                                                      ^^^^^^ constant.numeric.version.image-decider.meshfit
#                                                             ^^^^^^^^^^^ variable.other.assignment.shell

version=${ISTIO_VERSION:-1.12.3}
#                        ^^^^^^ constant.numeric.version.image-decider.meshfit

ISTIO_VERSION="${ISTIO_VERSION:-1.12.3}"
#                               ^^^^^^ constant.numeric.version.image-decider.meshfit

istio_version=${1:-1.28.1}
#                  ^^^^^^ constant.numeric.version.image-decider.meshfit

KUBE_VERSION=1.29.1
#            ^^^^^^ ! constant.numeric.version.image-decider.meshfit

# ISTIO_VERSION=1.14.1
#               ^^^^^^ comment.line.number-sign.shell ! constant.numeric.version.image-decider.meshfit
