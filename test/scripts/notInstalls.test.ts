import { test } from 'node:test';
import { check } from '../support/check';

test('no install: a comment', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
# istioctl install --set tag=1.14.1
`));

test('no install: a comment behind a command', () =>
  check(`
--- install.sh
kubectl get pods # then istioctl install --set tag=1.14.1
`));

test('no install: echo', () =>
  check(`
--- install.sh
echo "run istioctl install --set tag=1.14.1"
`));

test('no install: echo without quotes', () =>
  check(`
--- install.sh
echo istioctl install --set tag=1.14.1
`));

test('no install: printf', () =>
  check(`
--- install.sh
printf 'istioctl install --set tag=1.14.1\\n'
`));

test('no install: a function that logs', () =>
  check(`
--- install.sh
info "istioctl install --set tag=1.14.1"
`));

test('no install: log with a level', () =>
  check(`
--- install.sh
log INFO "Running istioctl install --set tag=1.14.1"
`));

test('no install: cat of a text', () =>
  check(`
--- install.sh
cat <<EOF
Usage: run istioctl install --set tag=1.14.1 to install
EOF
`));

test('no install: a usage function', () =>
  check(`
--- install.sh
usage() {
  cat <<EOF
  istioctl install --set tag=1.14.1
EOF
}
usage
`));

test('no install: help', () =>
  check(`
--- install.sh
istioctl install --help --set tag=1.14.1
`));

test('no install: help of an old version', () =>
  check(`
--- install.sh
istioctl-1.14.1 manifest apply -h
`));

test('no install: the verb help', () =>
  check(`
--- install.sh
istioctl-1.14.1 help install
`));

test('no install: uninstall', () =>
  check(`
--- install.sh
istioctl-1.14.1 uninstall --purge -y
`));

test('no install: x uninstall', () =>
  check(`
--- install.sh
istioctl-1.14.1 x uninstall --purge
`));

test('no install: operator remove', () =>
  check(`
--- install.sh
istioctl-1.14.1 operator remove
`));

test('no install: operator dump', () =>
  check(`
--- install.sh
istioctl-1.14.1 operator dump
`));

test('no install: generate for kubectl delete', () =>
  check(`
--- install.sh
istioctl-1.14.1 manifest generate --set profile=demo | kubectl delete --ignore-not-found=true -f -
`));

test('no install: generate for kubectl delete, over several lines', () =>
  check(`
--- install.sh
istioctl-1.14.1 manifest generate --set tag=1.14.1 \\
  | kubectl delete -f -
`));

test('no install: manifest diff', () =>
  check(`
--- install.sh
istioctl-1.14.1 manifest diff a.yaml b.yaml
`));

test('no install: verify-install', () =>
  check(`
--- install.sh
istioctl-1.14.1 verify-install
`));

test('no install: analyze', () =>
  check(`
--- install.sh
istioctl-1.14.1 analyze --all-namespaces
`));

test('no install: precheck', () =>
  check(`
--- install.sh
istioctl-1.14.1 x precheck
`));

test('no install: version', () =>
  check(`
--- install.sh
istioctl-1.14.1 version --remote=false
`));

test('no install: kube-inject', () =>
  check(`
--- install.sh
istioctl-1.14.1 kube-inject -f app.yaml | kubectl apply -f -
`));

test('no install: tag set', () =>
  check(`
--- install.sh
istioctl-1.14.1 tag set prod --revision 1-14-1
`));

test('no install: x revision tag', () =>
  check(`
--- install.sh
istioctl-1.14.1 x revision tag set prod --revision 1-14-1
`));

test('no install: profile dump', () =>
  check(`
--- install.sh
istioctl-1.14.1 profile dump demo
`));

test('no install: proxy-status and dashboard', () =>
  check(`
--- install.sh
istioctl-1.14.1 proxy-status; istioctl-1.14.1 dashboard kiali
`));

test('no install: completion', () =>
  check(`
--- install.sh
source <(istioctl-1.14.1 completion bash)
`));

test('no install: dry run', () =>
  check(`
--- install.sh
istioctl-1.14.1 install --dry-run
`));

test('no install: which and command -v', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
command -v istioctl || echo "istioctl install fails"
`));

test('no install: only a download', () =>
  check(`
--- install.sh
curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 sh -
sudo cp istio-1.14.1/bin/istioctl /usr/local/bin
`));

test('no install: kubectl delete of a here-document', () =>
  check(`
--- install.sh
kubectl delete -f - <<EOF
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  tag: 1.14.1
EOF
`));

test('no install: another operator with a hub', () =>
  check(`
--- install.sh
kubectl apply -f - <<EOF
apiVersion: operator.kyma-project.io/v1alpha2
kind: Istio
spec:
  hub: docker.io/istio
  tag: 1.14.1
EOF
`));

test('no install: a Gateway', () =>
  check(`
--- install.sh
kubectl apply -f - <<EOF
apiVersion: networking.istio.io/v1beta1
kind: Gateway
spec:
  tag: 1.14.1
EOF
`));

test('no install: Docker Compose', () =>
  check(`
--- install.sh
docker compose -f istioctl/docker-compose.yaml up --build --set tag=1.14.1
`));

test('no install: grep', () =>
  check(`
--- install.sh
grep -r "istioctl install --set tag=1.14.1" docs/
`));

test('no install: an assertion on the text of a command', () =>
  check(`
--- install.sh
[ "$LAST" = "istioctl install --set tag=1.14.1" ]
`));

test('no install: a string that is never run', () =>
  check(`
--- install.sh
CMD="istioctl install --set tag=1.14.1"
`));

test('no install: git commit', () =>
  check(`
--- install.sh
git commit -m "istioctl install --set tag=1.14.1"
`));

test('no install: a word that only begins like it', () =>
  check(`
--- install.sh
istioctl-wrapper-docs install --set tag=1.14.1
`));

test('no install: the name of another tool', () =>
  check(`
--- install.sh
istioctlfoo install --set tag=1.14.1
`));

test('no install: a good version, and nothing is said', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.20.0
istioctl install --set profile=demo -y
`));

test('no install: half a command', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
istioctl
`));

test('no install: half a verb', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
istioctl inst
`));

test('no install: in a condition', () =>
  check(`
--- install.sh
if [[ "$CMD" == *"istioctl install --set tag=1.14.1"* ]]; then :; fi
`));

test('no install: in an alias', () =>
  check(`
--- install.sh
alias ii='istioctl install --set tag=1.14.1'
`));

test('no install: a trap that only says something', () =>
  check(`
--- install.sh
trap 'echo "istioctl install --set tag=1.14.1 failed"' ERR
`));

test('no install: a commit message over lines', () =>
  check(`
--- install.sh
git commit -F - <<EOF
istioctl install --set tag=1.14.1
EOF
`));

test('no install: kubectl describe after a good install', () =>
  check(`
--- install.sh
istioctl-1.20.0 install -y
kubectl describe pod -l app=istiod | grep istio/pilot:1.14.1
`));

test('no install: a here-document for another command of ssh', () =>
  check(`
--- install.sh
ssh node1 'cat > notes.txt' <<'EOF'
istioctl install --set tag=1.14.1
EOF
`));

test('no install: a here-document in a comment block', () =>
  check(`
--- install.sh
: <<'COMMENT'
istioctl install --set tag=1.14.1
COMMENT
`));

test('no install: a text for a file', () =>
  check(`
--- install.sh
cat > README.md <<EOF
Run istioctl install --set tag=1.14.1
EOF
`));

test('no install: a deleted install file', () =>
  check(`
--- install.sh
cat iop.yaml | kubectl delete -f -
istioctl-1.14.1 uninstall -f iop.yaml
`));

test('no install: a question', () =>
  check(`
--- install.sh
read -p "Run istioctl install --set tag=1.14.1? " answer
`));

test('no install: a text for die', () =>
  check(`
--- install.sh
[ -x ./istioctl ] || die "run istioctl install --set tag=1.14.1 first"
`));

test('no install: a label of kubectl', () =>
  check(`
--- install.sh
kubectl get pods -l app=istioctl-1.14.1 install
`));

test('no install: a checksum', () =>
  check(`
--- install.sh
sha256sum -c istioctl-1.14.1-linux-arm64.tar.gz.sha256
`));

test('no install: bug-report, ztunnel-config, waypoint', () =>
  check(`
--- install.sh
istioctl-1.14.1 bug-report; istioctl-1.14.1 ztunnel-config all; istioctl-1.14.1 waypoint apply
`));

test('no install: help of manifest generate', () =>
  check(`
--- install.sh
istioctl-1.14.1 manifest generate --help | less
`));

test('no install: generate for tee and kubectl delete', () =>
  check(`
--- install.sh
istioctl-1.14.1 manifest generate | tee out.yaml | kubectl delete -f -
`));
