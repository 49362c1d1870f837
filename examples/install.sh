#!/bin/sh
# Installs Istio and an ingress gateway of its own. The version of istioctl
# decides which images are pulled: 1.14 has none for linux/arm64.
set -eu

ISTIO_VERSION=1.14.1
HERE=$(cd "$(dirname "$0")" && pwd)

curl -L https://istio.io/downloadIstio | ISTIO_VERSION=$ISTIO_VERSION sh -
cd "istio-$ISTIO_VERSION"

./bin/istioctl install --set profile=minimal -y

# The gateway, on nodes of its own and with the hub of the platform team.
HUB=docker.io/istio
./bin/istioctl install -y -f - <<EOF
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata:
  name: ingress
spec:
  profile: empty
  hub: $HUB
  tag: 1.14.1
  components:
    ingressGateways:
      - name: istio-ingressgateway
        enabled: true
EOF

# The tenants' mesh, as the file beside this script has it.
./bin/istioctl install -y -f "$HERE/istio-1.14.yaml"
