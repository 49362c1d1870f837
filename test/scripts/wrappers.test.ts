import { test } from 'node:test';
import { check } from '../support/check';

test('around a command: sudo with flags', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
sudo -E -u root istioctl install
`));

test('around a command: env', () =>
  check(`
--- install.sh
env ISTIO_VERSION=1.14.1 istioctl install
#                 ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('around a command: time and nohup', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
time nohup istioctl install
`));

test('around a command: retry 5', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
retry 5 istioctl install --set profile=demo
`));

test('around a command: timeout', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
timeout -k 5s 10m istioctl install
`));

test('around a command: run with a string', () =>
  check(`
--- install.sh
run "istioctl install --set tag=1.14.1 -y"
#                               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('around a command: run with a string in single quotes', () =>
  check(`
--- install.sh
run 'istioctl install --set tag=1.14.1 -y'
#                               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('around a command: bash -c', () =>
  check(`
--- install.sh
bash -c "istioctl install --set tag=1.14.1"
#                                   ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('around a command: eval', () =>
  check(`
--- install.sh
CMD="istioctl install --set tag=1.14.1"
#                               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
eval "$CMD"
`));

test('around a command: a command in a variable', () =>
  check(`
--- install.sh
CMD="istioctl install --set tag=1.14.1"
#                               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
$CMD -y
`));

test('around a command: until', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
until istioctl install -y; do sleep 5; done
`));

test('around a command: if not', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
if ! istioctl install -y; then exit 1; fi
`));

test('around a command: yes', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
yes | istioctl install
`));

test('around a command: tee', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install -y 2>&1 | tee install.log
`));

test('around a command: in the output of a command', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
out=$(istioctl install -y 2>&1) || { echo "$out"; exit 1; }
`));

test('around a command: in backquotes', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
out=\`istioctl install -y\`
`));

test('around a command: in a subshell in the background', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
(cd /tmp && istioctl install -y) &
`));

test('around a command: kubectl exec', () =>
  check(`
--- install.sh
kubectl exec -n tools deploy/toolbox -- istioctl install --set tag=1.14.1
#                                                                  ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('around a command: ssh', () =>
  check(`
--- install.sh
ssh node1 "istioctl install --set tag=1.14.1 -y"
#                                     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('around a command: command', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
command istioctl install
`));

test('around a command: a function of the script runs it', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
run() { echo "+ $*"; "$@"; }
run istioctl install -y
`));

test('around a command: a wrapper function with a string', () =>
  check(`
--- install.sh
log_and_run() { echo "$1"; eval "$1"; }
log_and_run "istioctl install --set tag=1.14.1"
#                                       ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('around a command: winpty and .exe', () =>
  check(`
--- install.sh
winpty istioctl.exe install --set tag=1.14.1
#                                     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('around a command: xargs puts words after it', () =>
  check(`
--- install.sh
echo "--set tag=1.14.1" | xargs istioctl install -y
#               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('around a command: xargs with words that nobody knows', () =>
  check(`
--- install.sh
cat args.txt | xargs istioctl-1.20.0 install -y
#              ^^^^^ could-not-check: what xargs adds may hold further flags, and it is not known
`));

test('around a command: xargs with a place for its words', () =>
  check(`
--- install.sh
echo east west | xargs -n1 -I{} istioctl-1.14.1 install --context {}
#                                        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('around a command: a here-document for bash', () =>
  check(`
--- install.sh
bash <<'EOF'
istioctl install --set tag=1.14.1
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
`));

test('around a command: a here-document for bash -s below sudo', () =>
  check(`
--- install.sh
sudo bash -s -- x <<EOF
istioctl install --set tag=1.14.1
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
`));

test('around a command: a here-document for another machine', () =>
  check(`
--- install.sh
ssh -i key.pem user@node1 <<'EOF'
istioctl install --set tag=1.14.1
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
`));

test('around a command: a here-document for a shell in a pod', () =>
  check(`
--- install.sh
kubectl exec -i deploy/tools -- bash <<'EOF'
istioctl install --set tag=1.14.1
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF
`));

test('around a command: an executable with a default', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
"\${ISTIOCTL:-istioctl}" install -y
`));

test('around a command: the executable that which finds', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
"$(which istioctl)" install -y
`));

test('around a command: the executable that command -v finds', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
ISTIOCTL=$(command -v istioctl)
"$ISTIOCTL" install -y
`));

test('around a command: an executable in a folder that nobody knows', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
\${ISTIO_DIR}/bin/istioctl install
`));

test('around a command: the image of istioctl', () =>
  check(`
--- install.sh
docker run --rm istio/istioctl:1.14.1 install -y
#                              ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));
