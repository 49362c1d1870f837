import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordOf } from '../../../server/src/core/fragment';
import type { MeshSettings } from '../../../server/src/core/mesh';
import type { Site } from '../../../server/src/core/text';
import { tracedAt } from '../../../server/src/core/traced';
import { installed, operatorText, planned, scripted } from './fixture';

const versionOf = (text: string, settings: Partial<MeshSettings> = {}, table = {}) =>
  planned(scripted(text), settings, table).version;

/** Where a site stands: the number of its line, and what is written there. */
const shownIn =
  (text: string) =>
  ({ span: { start, end } }: Site): string =>
    `${text.slice(0, start).split('\n').length}:${text.slice(start, end)}`;

/** All places that tell the version which the tag of pilot is taken from. */
function toldIn(text: string): string {
  const origin = planned(scripted(text)).images[0]?.parts.tag?.origin;
  return (origin?.kind === 'default' ? (origin.told ?? []) : []).map(shownIn(text)).join(' ');
}

const tellers: readonly [script: string, told: string][] = [
  ['istio-1.14.1/bin/istioctl install', '1:1.14.1'],
  ['/tmp/istio-1.14.1/bin/istioctl install', '1:1.14.1'],
  ['istioctl-1.14.1 install', '1:1.14.1'],
  ['istioctl-1.14.1-linux-arm64 install', '1:1.14.1'],
  ['istioctl-1-14-1 install', '1:1-14-1'],
  ['/opt/istio/1.14.1/bin/istioctl install', '1:1.14.1'],
  ['istio-v1.14.1/bin/istioctl install', '1:1.14.1'],
  ['cd istio-1.14.1\nbin/istioctl install', '1:1.14.1'],
  ['pushd /tmp/istio-1.14.1/bin\n./istioctl install', '1:1.14.1'],
  ['export PATH=$PWD/istio-1.14.1/bin:$PATH\nistioctl install', '1:1.14.1'],
  ['PATH=$PWD/istio-1.14.1/bin:$PATH\nistioctl install', '1:1.14.1'],
  ['cp istio-1.14.1/bin/istioctl /usr/local/bin/\nistioctl install', '1:1.14.1'],
  ['V=1.14.1\n$HOME/istio-$V/bin/istioctl install', '1:1.14.1'],
  ['curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 sh -\nistioctl install', '1:1.14.1'],
  ['curl -L https://istio.io/downloadIstio | ISTIO_VERSION=v1.14.1 sh -\nistioctl install', '1:1.14.1'],
  [
    'wget https://github.com/istio/istio/releases/download/1.14.1/istioctl-1.14.1-linux-amd64.tar.gz\nistioctl install',
    '1:1.14.1 1:1.14.1',
  ],
  ['V=1.14.1\nwget https://x.example/download/$V/istio-$V-linux-arm64.tar.gz\nistioctl install', '1:1.14.1'],
  ['tar xf istio-1.14.1.tar.gz\nistioctl install', '1:1.14.1'],
  ['unzip istio-1.14.1-win.zip\nistioctl.exe install', '1:1.14.1'],
  ['asdf install istioctl 1.14.1\nistioctl install', '1:1.14.1'],
  ['mise use istioctl@1.14.1\nistioctl install', '1:1.14.1'],
  ['go install istio.io/istio/istioctl/cmd/istioctl@1.14.1\nistioctl install', '1:1.14.1'],
  ['arkade get istioctl --version v1.14.1\nistioctl install', '1:1.14.1'],
  ['arkade get istioctl --version=1.14.1\nistioctl install', '1:1.14.1'],
  ['gh release download 1.14.1 --repo istio/istio\nistioctl install', '1:1.14.1'],
  ['docker pull istio/istioctl:1.14.1\nistioctl install', '1:1.14.1'],
  ['ISTIO_VERSION=1.14.1\nistioctl install', '1:1.14.1'],
  ['ISTIO_VER=v1.14.1\nistioctl install', '1:1.14.1'],
  ['ISTIOVERSION=1.14.1\nistioctl install', '1:1.14.1'],
  ['istio_version=1.14.1\nistioctl install', '1:1.14.1'],
  ['ISTIOCTL_VERSION=1.14.1\nistioctl install', '1:1.14.1'],
  ['DEFAULT_ISTIO_VERSION=1.14.1\nISTIO_VERSION=$DEFAULT_ISTIO_VERSION\nistioctl install', '1:1.14.1'],
  ['istioctl 1.14.1\nistioctl install', '1:1.14.1'],
  // Nothing of these is the version of istioctl.
  ['OLD_ISTIO_VERSION=1.14.1\nistioctl install', ''],
  ['MIN_ISTIO_VERSION=1.14.1\nistioctl install', ''],
  ['ISTIO_VERSION=latest\nistioctl install', ''],
  ['ISTIO_VERSION=1.1.4\nistioctl install', ''],
  ['brew install istioctl\nistioctl install', ''],
  ['echo istio-1.14.1-linux.tar.gz\nistioctl install', ''],
  ['rm -rf istio-1.14.1.tar.gz\nistioctl install', ''],
  ['helm install istiod istio/istiod --version 1.14.1\nistioctl install', ''],
  ['kubectl apply -f istio-1.14.1/samples/addons\nistioctl install', ''],
  ['cd istio-1.14.1-asm.3\nistioctl install', ''],
  ['istioctl install --revision 1-14-1', ''],
  ['istio-1.13.0/bin/istioctl version\nistioctl install', ''],
  ['$DIR/istio-$V/bin/istioctl install', ''],
];

for (const [text, told] of tellers)
  test(`${text.replaceAll('\n', '; ')} tells its version at ${told || 'no place'}`, () =>
    assert.equal(toldIn(text), told));

// The strongest kind counts, and of that kind the last before the command.
const orders: readonly [script: string, told: string, otherwise: string][] = [
  ['cd istio-1.13.0\nistio-1.14.1/bin/istioctl install', '2:1.14.1', ''],
  ['cd istio-1.13.0\ncd istio-1.14.1\nbin/istioctl install', '2:1.14.1', ''],
  ['cd istio-1.13.0\nPATH=istio-1.14.1/bin:istio-1.12.0/bin\nistioctl install', '2:1.14.1', ''],
  ['PATH=istio-1.13.0/bin\ncd istio-1.14.1\nbin/istioctl install', '2:1.14.1', ''],
  ['ISTIO_VERSION=1.13.0\ncd istio-1.14.1\nistioctl install', '2:1.14.1', '1:1.13.0'],
  ['ISTIO_VERSION=1.13.0\ntar xf istio-1.14.1.tar.gz\nistioctl install', '2:1.14.1', '1:1.13.0'],
  ['ISTIO_VERSION=1.13.0\nISTIOCTL_VERSION=1.14.1\nistioctl install', '2:1.14.1', '1:1.13.0'],
  ['ISTIOCTL_VERSION=1.14.1\nISTIO_VERSION=1.13.0\nistioctl install', '1:1.14.1', '2:1.13.0'],
  ['istioctl 1.13.0\nISTIO_VERSION=1.14.1\nistioctl install', '2:1.14.1', '1:1.13.0'],
  ['istioctl 1.13.0\nistio-1.14.1/bin/istioctl install', '2:1.14.1', ''],
  ['tar xf istio-1.13.0.tar.gz\ntar xf istio-1.14.1.tar.gz\nistioctl install', '2:1.14.1', '1:1.13.0'],
  ['tar xf istio-1.13.0.tar.gz\nistio-1.14.1/bin/istioctl install', '2:1.14.1', '1:1.13.0'],
  // An upgrade has two versions, and says which binary is which.
  [
    'tar xf istio-1.13.0.tar.gz\ntar xf istio-1.14.1.tar.gz\nistio-1.13.0/bin/istioctl install',
    '3:1.13.0 1:1.13.0',
    '',
  ],
  // Several places that agree are all told, and one variable is one place.
  ['V=1.14.1\ntar xf istio-$V.tar.gz\ncd istio-$V\nistioctl install', '1:1.14.1', ''],
  ['ISTIO_VERSION=1.14.1\ncd istio-1.14.1\nistioctl install', '2:1.14.1 1:1.14.1', ''],
  ['tar xf istio-1.14.1.tar.gz\ncd istio-1.14.1\nistioctl install', '2:1.14.1 1:1.14.1', ''],
  // A minor version is completed by a whole one.
  ['ISTIO_VERSION=1.14.1\nistioctl-1.14 install', '1:1.14.1', ''],
  ['ISTIO_VERSION=1.13.1\nistioctl-1.14 install', '2:1.14', '1:1.13.1'],
  // A download of the newest release contradicts whatever is written.
  [
    'curl -L https://istio.io/downloadIstio | sh -\ncd istio-1.14.1\nistioctl install',
    '2:1.14.1',
    '1:https://istio.io/downloadIstio',
  ],
  ['ISTIO_VERSION=1.14.1\ncurl -L https://istio.io/downloadIstio | sh -\nistioctl install', '1:1.14.1', ''],
  [
    'curl -L https://istio.io/downloadIstio | ISTIO_VERSION=$1 sh -\ncd istio-1.14.1\nistioctl install',
    '2:1.14.1',
    '',
  ],
];

for (const [text, told, otherwise] of orders)
  test(`${text.replaceAll('\n', '; ')} tells ${told}${otherwise && `, not ${otherwise}`}`, () => {
    const sites = versionOf(text)?.otherwise.map(({ site }) => site) ?? [];
    assert.deepEqual([toldIn(text), sites.map(shownIn(text)).join(' ')], [told, otherwise]);
  });

test('the text beats the setting, and the setting beats a tag that the user wrote', () => {
  const settings = { istioVersion: '1.20.0' };
  assert.equal(versionOf('istio-1.14.1/bin/istioctl install', settings)?.version, '1.14.1');
  assert.equal(versionOf('ISTIO_VERSION=1.14.1\nistioctl install', settings)?.version, '1.14.1');
  assert.equal(versionOf('istioctl install --set tag=1.14.1', settings)?.version, '1.20.0');
  assert.equal(versionOf('istioctl install --set tag=1.14.1')?.version, '1.14.1');
});

test('a tag or a setting of another version contradicts nothing', () => {
  const table = { 'a.yaml': operatorText('tag: 1.5.1') };
  const text = 'istio-1.5.2/bin/istioctl install -f a.yaml';
  const plan = planned(scripted(text), { istioVersion: '1.9.0' }, table);
  assert.deepEqual(plan.version?.otherwise, []);
  assert.equal(installed(plan)[0], 'docker.io/istio/pilot:1.5.1');
});

test('a variable is the place of its value, and the way there is kept', () => {
  const text = 'V=1.14.1\n$HOME/istio-$V/bin/istioctl install';
  const { origin } = versionOf(text) ?? assert.fail();
  assert.ok(origin.kind === 'written');
  assert.equal(shownIn(text)(origin.site), '1:1.14.1');
  assert.deepEqual(origin.site.via?.map(shownIn(text)), ['2:$V']);
});

test('a place that does not hold the version itself tells it, but no other can be written there', () => {
  const text = 'PATH=$PWD/bin\nistioctl install';
  const { uri } = scripted(text).anchor;
  const workingFolder = tracedAt('/tmp/istio-1.14.1', { uri, span: { start: 5, end: 9 } });
  const install = { ...scripted(text), variables: new Map([['PATH', wordOf(workingFolder)]]) };
  const plan = planned(install);
  assert.equal(plan.version?.version, '1.14.1');
  const origin = plan.images[0]?.parts.tag?.origin;
  assert.ok(origin?.kind === 'default');
  assert.equal(origin.told, undefined);
  const withFolder = scripted(`cd istio-1.14.1\n${text}`);
  assert.deepEqual(planned({ ...withFolder, variables: install.variables }).version?.origin, {
    kind: 'written',
    site: { uri, span: { start: 9, end: 15 } },
  });
});

test('without any evidence, the gap says what to write in a script', () => {
  const [gap] = planned(scripted('istioctl install')).gaps;
  assert.match(
    gap?.why ?? '',
    /nothing here tells its version; add --set tag=… or set ISTIO_VERSION=… .*meshfit\.istioVersion .*--istio-version$/,
  );
});

test('the gap says so where the newest release is downloaded, or the patch release is left open', () => {
  const why = (text: string) => planned(scripted(text)).gaps[0]?.why ?? '';
  assert.match(
    why('curl -L https://istio.io/downloadIstio | sh -\nistioctl install'),
    /newest release of the day/,
  );
  assert.match(
    why('istioctl-1.14 install'),
    /^the tag of .* 1\.14 is not the whole of its version; add --set tag=…/,
  );
});

const clients: readonly [before: string, note: string][] = [
  ['curl -LO https://x.example/istio-1.14.1-linux-arm64.tar.gz', 'arm64'],
  ['A=arm64\ncurl -LO https://x.example/istioctl-1.14.1-linux-$A.tar.gz', 'arm64'],
  ['curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 TARGET_ARCH=arm64 sh -', 'arm64'],
  ['TARGET_ARCH=aarch64\ncurl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 sh -', 'aarch64'],
  ['curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 TARGET_ARCH=x86_64 sh -', ''],
  ['curl -LO https://x.example/istio-1.14.1-linux-amd64.tar.gz', ''],
  ['TARGET_ARCH=arm64\ntar xf istio-1.14.1.tar.gz', ''],
];

for (const [before, expected] of clients)
  test(`${before.replaceAll('\n', '; ')}: ${expected ? 'the client is for' : 'no note'} ${expected}`, () => {
    const text = `${before}\nistioctl install`;
    const { notes } = planned(scripted(text));
    assert.equal(notes.map(({ site }) => shownIn(text)(site).replace(/^\d+:/, '')).join(), expected);
    for (const { message } of notes) assert.match(message, /Only istioctl itself .* images does not follow/);
  });
