import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFix, fixTitles } from '../support/check';

const facts = `
docker.io/istio/pilot:1.14.1       linux/amd64
docker.io/istio/proxyv2:1.14.1     linux/amd64
docker.io/istio/pilot:1.15.7       linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.15.7     linux/amd64 linux/arm64
ghcr.io/resf/istio/pilot:1.14.1    linux/amd64 linux/arm64
ghcr.io/resf/istio/proxyv2:1.14.1  linux/amd64 linux/arm64
`;
const hub = 'ghcr.io/resf/istio';
const version = 'Istio 1.15.7';
const tag = 'tag 1.15.7';

/** What a fix makes of one script. */
const fixes = (before: string, title: string, after: string) =>
  checkFix(`${facts}--- install.sh${before}`, title, after);

const titles = async (script: string): Promise<readonly string[]> =>
  (await fixTitles(`${facts}--- install.sh${script}`)).map(title => title.replace(/ \(.*/, ''));

test('the hub is changed where the variable is written', () =>
  fixes(
    `
ISTIO_VERSION=1.14.1
HUB=docker.io/istio
istioctl install --set hub=$HUB -y
`,
    hub,
    `
ISTIO_VERSION=1.14.1
HUB=ghcr.io/resf/istio
istioctl install --set hub=$HUB -y
`,
  ));

test('the version and the folder are raised together', () =>
  fixes(
    `
ISTIO_VERSION=1.14.1
curl -L https://istio.io/downloadIstio | sh -
cd istio-1.14.1
bin/istioctl install
`,
    version,
    `
ISTIO_VERSION=1.15.7
curl -L https://istio.io/downloadIstio | sh -
cd istio-1.15.7
bin/istioctl install
`,
  ));

test('the version and the path of the executable are raised together', () =>
  fixes(
    `
export ISTIO_VERSION=1.14.1
curl -L https://istio.io/downloadIstio | sh -
./istio-1.14.1/bin/istioctl install
`,
    version,
    `
export ISTIO_VERSION=1.15.7
curl -L https://istio.io/downloadIstio | sh -
./istio-1.15.7/bin/istioctl install
`,
  ));

test('every place of a release’s address is raised', () =>
  fixes(
    `
curl -LO https://github.com/istio/istio/releases/download/1.14.1/istio-1.14.1-linux-amd64.tar.gz
tar xf istio-1.14.1-linux-amd64.tar.gz
sudo cp istio-1.14.1/bin/istioctl /usr/local/bin/
istioctl install
`,
    version,
    `
curl -LO https://github.com/istio/istio/releases/download/1.15.7/istio-1.15.7-linux-amd64.tar.gz
tar xf istio-1.15.7-linux-amd64.tar.gz
sudo cp istio-1.15.7/bin/istioctl /usr/local/bin/
istioctl install
`,
  ));

test('a default is raised where it is written', () =>
  fixes(
    '\nISTIO_VERSION=${ISTIO_VERSION:-1.14.1}\nistioctl install\n',
    version,
    '\nISTIO_VERSION=${ISTIO_VERSION:-1.15.7}\nistioctl install\n',
  ));

test('the version of the download line is raised', () =>
  fixes(
    '\ncurl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 sh -\nistioctl install\n',
    version,
    '\ncurl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.15.7 sh -\nistioctl install\n',
  ));

const inserted: readonly [where: string, before: string, after: string][] = [
  [
    'after the last of the continuation lines',
    'istioctl-1.14.1 install \\\n  --set profile=demo \\\n  -y',
    'istioctl-1.14.1 install \\\n  --set profile=demo \\\n  -y --set hub=ghcr.io/resf/istio',
  ],
  [
    'before a backslash that nothing follows',
    'istioctl-1.14.1 install \\\n  -y \\\n\necho done',
    'istioctl-1.14.1 install \\\n  -y --set hub=ghcr.io/resf/istio \\\n\necho done',
  ],
  [
    'before a pipe to tee',
    'istioctl-1.14.1 install -y 2>&1 | tee install.log',
    'istioctl-1.14.1 install -y --set hub=ghcr.io/resf/istio 2>&1 | tee install.log',
  ],
  [
    'inside the quotes of run',
    'run "istioctl-1.14.1 install -y"',
    'run "istioctl-1.14.1 install -y --set hub=ghcr.io/resf/istio"',
  ],
  [
    'inside single quotes',
    "bash -c 'istioctl-1.14.1 install'",
    "bash -c 'istioctl-1.14.1 install --set hub=ghcr.io/resf/istio'",
  ],
  [
    'before a comment',
    'istioctl-1.14.1 install # the mesh',
    'istioctl-1.14.1 install --set hub=ghcr.io/resf/istio # the mesh',
  ],
  [
    'before a here-document',
    'istioctl-1.14.1 install -f - <<EOF\nkind: IstioOperator\nEOF',
    'istioctl-1.14.1 install -f - --set hub=ghcr.io/resf/istio <<EOF\nkind: IstioOperator\nEOF',
  ],
  [
    'after an array',
    'ARGS=(-y)\nistioctl-1.14.1 install "${ARGS[@]}"',
    'ARGS=(-y)\nistioctl-1.14.1 install "${ARGS[@]}" --set hub=ghcr.io/resf/istio',
  ],
  [
    'inside $( )',
    'out=$(istioctl-1.14.1 install 2>&1)',
    'out=$(istioctl-1.14.1 install --set hub=ghcr.io/resf/istio 2>&1)',
  ],
  [
    'before the semicolon of a condition',
    'if ! istioctl-1.14.1 install; then exit 1; fi',
    'if ! istioctl-1.14.1 install --set hub=ghcr.io/resf/istio; then exit 1; fi',
  ],
  [
    'before a carriage return',
    'istioctl-1.14.1 install\r\necho done\r',
    'istioctl-1.14.1 install --set hub=ghcr.io/resf/istio\r\necho done\r',
  ],
  [
    'once in a loop over clusters',
    'for c in a b; do istioctl-1.14.1 --context $c install; done',
    'for c in a b; do istioctl-1.14.1 --context $c install --set hub=ghcr.io/resf/istio; done',
  ],
];

for (const [where, before, after] of inserted)
  test(`the hub is added to a command ${where}`, () => fixes(`\n${before}\n`, hub, `\n${after}\n`));

const heredoc = (lines: string): string => `
kubectl apply -f - <<EOF
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
${lines}
EOF
`;

test('the tag in a here-document is changed', () =>
  fixes(heredoc('  tag: 1.14.1 # pinned'), tag, heredoc('  tag: 1.15.7 # pinned')));

test('the hub is added to a here-document', () =>
  fixes(heredoc('  tag: 1.14.1'), hub, heredoc('  hub: ghcr.io/resf/istio\n  tag: 1.14.1')));

test('the variable is changed that a here-document uses', () =>
  fixes(
    `\nTAG=1.14.1${heredoc('  tag: $TAG').replace('kubectl apply', 'istioctl install')}`,
    tag,
    `\nTAG=1.15.7${heredoc('  tag: $TAG').replace('kubectl apply', 'istioctl install')}`,
  ));

test('the tag is changed in the other file', () =>
  checkFix(
    `${facts}--- install.sh
istioctl install -f deploy/iop.yaml
--- deploy/iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
`,
    tag,
    `--- deploy/iop.yaml
kind: IstioOperator
spec:
  tag: 1.15.7
`,
  ));

test('the version is raised in the other script', () =>
  checkFix(
    `${facts}--- install.sh
. ./versions.sh
istioctl install
--- versions.sh
export ISTIO_VERSION=1.14.1
`,
    version,
    `--- versions.sh
export ISTIO_VERSION=1.15.7
`,
  ));

test('the version is raised in .tool-versions and where a script names the same', () =>
  checkFix(
    `${facts}--- install.sh
cd istio-1.14.1
istioctl install
--- .tool-versions
istioctl 1.14.1
`,
    version,
    `--- install.sh
cd istio-1.15.7
istioctl install
--- .tool-versions
istioctl 1.15.7
`,
  ));

const notInserted: readonly [why: string, script: string][] = [
  ['that is evaluated from a variable', '\nCMD="istioctl-1.14.1 install -y"\neval $CMD\n'],
  ['whose flags have ended', '\nistioctl-1.14.1 install --\n'],
];

for (const [why, script] of notInserted)
  test(`no hub is added to a command ${why}`, async () =>
    assert.deepEqual(await titles(script), ['Move to Istio 1.15.7']));

for (const value of ['"1.14".1', "1.14.'1'", '1.14."$PATCH"', '"$MINOR".1'])
  test(`no fix tears the quotes of ${value} apart`, async () =>
    assert.deepEqual(
      await titles(`\nMINOR=1.14 PATCH=1\nistioctl install --set tag=${value} -y\necho "done"\n`),
      ['Switch the hub to ghcr.io/resf/istio'],
    ));

test('where nobody has the images, nothing is offered', async () =>
  assert.deepEqual(await titles('\nistioctl-1.14.1 install --set hub=harbor.example.com/mesh\n'), []));
