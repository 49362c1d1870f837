import { test } from 'node:test';
import { check, checkFix } from '../support/check';

const file = (tag = '') => `
--- mesh/iop.yaml
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec: { profile: minimal${tag} }
`;

const facts = `
docker.io/istio/pilot:1.24.0      linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.24.0    linux/amd64 linux/arm64
`;

/** A script beside an IstioOperator whose version it tells. */
const script = (line: string, carets = '', version = '1.24.0'): string =>
  `${facts}istioVersion: ${version}\n--- run.sh\nISTIO_VERSION=${version}\n${line}\n${carets}${file(', tag: 1.24.0')}`;

const told = 'command-removed: does nothing there; install it with "istioctl install -f"';

for (const [line, carets] of [
  ['kubectl apply -f mesh/iop.yaml', '#                ^^^^^^^^^^^^^'],
  [
    'kubectl -n istio-system create --filename=mesh/iop.yaml',
    '#                                         ^^^^^^^^^^^^^',
  ],
  ['sudo oc replace -f ./mesh/iop.yaml', '#                  ^^^^^^^^^^^^^^^'],
  ['kubectl apply --dry-run=none -f mesh/iop.yaml', '#                               ^^^^^^^^^^^^^'],
  ['cd mesh; kubectl apply -f other.yaml,iop.yaml', '#                                    ^^^^^^^^'],
] as const)
  test(`${line} does nothing from 1.24 on`, () => check(script(line, `${carets} ${told}`)));

for (const line of [
  'kubectl delete -f mesh/iop.yaml',
  'kubectl apply --dry-run=client -f mesh/iop.yaml',
  'kubectl apply -f https://example.org/iop.yaml',
  'kubectl apply -f mesh/none.yaml',
  'kubectl apply -f "$UNKNOWN/iop.yaml"',
  'kubectl get -f mesh/iop.yaml',
])
  test(`${line} is nothing to speak of`, () => check(script(line)));

test('up to 1.23 an operator may wait for it', () =>
  check(`
docker.io/istio/pilot:1.23.0      linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.23.0    linux/amd64 linux/arm64
--- run.sh
ISTIO_VERSION=1.23.0
kubectl apply -f mesh/iop.yaml
${file(', tag: 1.23.0')}`));

test('where nothing tells a version nothing is said', () =>
  check(`
docker.io/istio/pilot:latest      linux/amd64 linux/arm64
docker.io/istio/proxyv2:latest    linux/amd64 linux/arm64
--- run.sh
kubectl apply -f mesh/iop.yaml
${file(', hub: docker.io/istio, tag: latest')}`));

test('the tag in the file tells the version too', () =>
  check(`${facts}
--- run.sh
kubectl apply -f mesh/iop.yaml
#                ^^^^^^^^^^^^^ ${told}
${file(', tag: 1.24.0')}`));

test('a file that the script writes itself, and a here-document', () =>
  check(`${facts}
--- run.sh
ISTIO_VERSION=1.24.0
cat > own-istio.yaml <<EOF
kind: IstioOperator
spec: { profile: minimal }
EOF
kubectl apply -f own-istio.yaml
#                ^^^^^^^^^^^^^^ ${told}
kubectl apply -f - <<EOF
kind: IstioOperator
#     ^^^^^^^^^^^^^ ${told}
spec: { profile: minimal }
EOF
`));

const started = (words: string): string => `
docker.io/istio/operator:1.14.1          linux/amd64
docker.io/istio/pilot:1.14.1             linux/amd64
docker.io/istio/proxyv2:1.14.1           linux/amd64
ghcr.io/resf/istio/operator:1.14.1       linux/amd64 linux/arm64
ghcr.io/resf/istio/pilot:1.14.1          linux/amd64 linux/arm64
ghcr.io/resf/istio/proxyv2:1.14.1        linux/amd64 linux/arm64
--- run.sh
export ISTIO_VERSION=1.14.1
istioctl operator init${words}
--- own.yaml
kind: IstioOperator
spec:
  profile: minimal
`;

test('operator init gets the hub as a flag of its own', () =>
  checkFix(
    started(''),
    'hub to ghcr.io/resf/istio',
    'export ISTIO_VERSION=1.14.1\nistioctl operator init --hub ghcr.io/resf/istio',
  ));

test('the hub of operator init is replaced where it stands', () =>
  checkFix(
    started(' --hub docker.io/istio'),
    'hub to ghcr.io/resf/istio',
    'export ISTIO_VERSION=1.14.1\nistioctl operator init --hub ghcr.io/resf/istio',
  ));

test('where the file of operator init has a hub, both hubs are replaced', () =>
  checkFix(
    `${started(' --hub docker.io/istio -f own.yaml')}  hub: docker.io/istio\n`,
    'hub to ghcr.io/resf/istio',
    `
--- run.sh
export ISTIO_VERSION=1.14.1
istioctl operator init --hub ghcr.io/resf/istio -f own.yaml
--- own.yaml
kind: IstioOperator
spec:
  profile: minimal
  hub: ghcr.io/resf/istio
`,
  ));
