import { test } from 'node:test';
import { check } from '../support/check';

test('here-document: plain', () =>
  check(`
--- install.sh
istioctl install -f - <<EOF
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
`));

test('here-document: before the flags', () =>
  check(`
--- install.sh
istioctl install -y -f- <<EOF --set profile=minimal
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
`));

test('here-document: with a variable', () =>
  check(`
--- install.sh
TAG=1.14.1
#   ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install -f - <<EOF
kind: IstioOperator
spec:
  tag: $TAG
EOF
`));

test('here-document: a quoted delimiter fills nothing in', () =>
  check(`
--- install.sh
TAG=1.14.1
istioctl-1.20.0 install -f - <<'EOF'
kind: IstioOperator
spec:
  tag: \${TAG}
#      ^^^^^^ could-not-check: the tag \${TAG} is not known: \${TAG} is a variable
EOF
`));

test('here-document: with a default', () =>
  check(`
--- install.sh
istioctl install -f - <<EOF
kind: IstioOperator
spec:
  tag: \${TAG:-1.14.1}
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
`));

test('here-document: with a variable from outside', () =>
  check(`
--- install.sh
istioctl-1.20.0 install -f - <<EOF
kind: IstioOperator
spec:
  hub: \${HUB}
#      ^^^^^^ could-not-check: the hub \${HUB} is not known: \${HUB} is a variable
EOF
`));

test('here-document: with tabs before its lines', () =>
  check(`
--- install.sh
if true; then
	istioctl install -f - <<-EOF
	kind: IstioOperator
	spec:
	  tag: 1.14.1
#       ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
	EOF
fi
`));

test('here-document: through cat', () =>
  check(`
--- install.sh
cat <<EOF | istioctl install -y -f -
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
`));

test('here-document: into a file that is used later', () =>
  check(`
--- install.sh
cat > iop.yaml <<EOF
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
kubectl create namespace istio-system
istioctl install -f iop.yaml
`));

test('here-document: into a file in another order', () =>
  check(`
--- install.sh
cat <<EOF > ./iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
istioctl install -f ./iop.yaml
`));

test('here-document: into a file through a variable', () =>
  check(`
--- install.sh
OUT=/tmp/iop.yaml
cat <<EOF >"$OUT"
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
istioctl install -f "$OUT"
`));

test('here-document: by tee', () =>
  check(`
--- install.sh
sudo tee /etc/iop.yaml > /dev/null <<EOF
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
istioctl install -f /etc/iop.yaml
`));

test('here-document: a file that grows', () =>
  check(`
--- install.sh
echo "kind: IstioOperator" > iop.yaml
echo "spec:" >> iop.yaml
echo "  tag: 1.14.1" >> iop.yaml
#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install -f iop.yaml
`));

test('here-document: into a file that nobody uses here', () =>
  check(`
--- install.sh
cat > iop.yaml <<EOF
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
`));

test('here-document: into a variable', () =>
  check(`
--- install.sh
config=$(cat <<EOF
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
)
echo "$config" | istioctl install -f -
`));

test('here-document: into a variable by read', () =>
  check(`
--- install.sh
read -r -d '' config <<EOF
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
echo "$config" | istioctl install -f -
`));

test('here-document: a string in quotes', () =>
  check(`
--- install.sh
istioctl install -f - <<< "
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
"
`));

test('here-document: kubectl apply', () =>
  check(`
--- install.sh
kubectl apply -f - <<EOF
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata:
  name: mesh
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
`));

test('here-document: kubectl apply after operator init', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/operator:1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl operator init
kubectl apply -f - <<EOF
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  profile: demo
EOF
`));

test('here-document: the version from the script', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install -f - <<EOF
kind: IstioOperator
spec:
  profile: demo
EOF
`));

test('here-document: --set beats it', () =>
  check(`
--- install.sh
istioctl install --set tag=1.14.1 -f - <<EOF
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
kind: IstioOperator
spec:
  tag: 1.20.0
EOF
`));

test('here-document: that lost its indentation', () =>
  check(`
--- install.sh
istioctl-1.14.1 install -f - <<EOF
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
kind: IstioOperator
spec:
tag: 1.20.0
EOF
`));

test('here-document: that lost all of its indentation', () =>
  check(`
--- install.sh
istioctl-1.14.1 install -f - <<EOF
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
profile: default
components:
pilot:
enabled: true
EOF
`));

test('here-document: with duplicate keys', () =>
  check(`
--- install.sh
istioctl install -f - <<EOF
kind: IstioOperator
spec:
  tag: 1.20.0
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
`));

test('here-document: that is never closed', () =>
  check(`
--- install.sh
istioctl install -f - <<EOF
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('here-document: in a function that is called', () =>
  check(`
--- install.sh
write() {
  cat <<EOF
kind: IstioOperator
spec:
  tag: $1
EOF
}
write 1.14.1 | istioctl install -f -
#     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('here-document: with a command in it', () =>
  check(`
--- install.sh
istioctl-1.20.0 install -f - <<EOF
kind: IstioOperator
spec:
  tag: $(git describe)
#      ^^^^^^^^^^^^^^^ could-not-check: the tag $(git describe) is not known: $(git describe) is the output of a command
EOF
`));

test('here-document: in a process substitution', () =>
  check(`
--- install.sh
istioctl install -f <(cat <<EOF
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
)
`));

test('here-document: with a comment behind the value', () =>
  check(`
--- install.sh
istioctl install -f - <<'EOF'
kind: IstioOperator
spec:
  tag: 1.14.1 # pinned
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
`));

test('here-document: in a variable that nobody knows', () =>
  check(`
--- install.sh
config=$(make-config)
echo "$config" | istioctl-1.20.0 install -f -
#                                           ^ could-not-check: the IstioOperator comes from standard input, which is not known here: it is printed by make-config while the script runs
`));

test('here-document: for a program that nobody knows', () =>
  check(`
--- install.sh
kubectl create -f - <<EOF
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  hub: docker.io/istiomirror
#      ^^^^^^^^^^^^^^^^^^^^^ could-not-check: docker.io did not answer
  tag: 1.14.1
EOF
`));

test('here-document: echo -e', () =>
  check(`
--- install.sh
echo -e "kind: IstioOperator\\nspec:\\n  tag: 1.14.1" | istioctl install -f -
#                                           ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('here-document: printf', () =>
  check(`
--- install.sh
printf 'kind: IstioOperator\\nspec:\\n  tag: %s\\n' 1.14.1 | istioctl install -f -
#                                                ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('here-document: a string in a variable', () =>
  check(`
--- install.sh
IOP='
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
'
istioctl install -f - <<< "$IOP"
`));

test('here-documents: the version that the script tells counts for a manifest that kubectl applies', () =>
  check(`
--- install.sh
export ISTIO_VERSION=1.14.1
#                    ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
curl -L https://istio.io/downloadIstio | sh -
kubectl apply -f - <<EOF
kind: IstioOperator
spec: {profile: minimal}
EOF
`));
