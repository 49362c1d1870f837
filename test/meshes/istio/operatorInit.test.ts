import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MeshSettings } from '../../../server/src/core/mesh';
import { command, installed, operatorText, planned } from './fixture';

const table = {
  'minimal.yaml': operatorText('profile: minimal'),
  'own.yaml': operatorText('{profile: minimal, hub: my.org/istio, tag: x}'),
};

const plan = (line: string, istioVersion?: string) => {
  const settings: Partial<MeshSettings> = istioVersion === undefined ? {} : { istioVersion };
  return planned(command(line), settings, table);
};

const rows: readonly [version: string | undefined, flags: string, images: readonly string[]][] = [
  ['1.14.1', '', ['docker.io/istio/operator:1.14.1']],
  ['1.5.0', '', ['docker.io/istio/operator:1.5.0']],
  ['1.14.1', '--hub my.org/istio --tag=1.14.2', ['my.org/istio/operator:1.14.2']],
  ['1.14.1', '--hub=my.org/istio', ['my.org/istio/operator:1.14.1']],
  [undefined, '--tag 1.14.1', ['docker.io/istio/operator:1.14.1']],
  // Flags with values that are no words of their own.
  [
    '1.14.1',
    '--watchedNamespaces a,b --operatorNamespace init --imagePullSecrets s',
    ['docker.io/istio/operator:1.14.1'],
  ],
  // What `-f` gives is installed by the operator, with the defaults that are compiled into the operator.
  ['1.14.1', '-f minimal.yaml', ['docker.io/istio/operator:1.14.1', 'docker.io/istio/pilot:1.14.1']],
  [
    '1.14.1',
    '--hub my.org/istio --tag 1.13.2 -f minimal.yaml',
    ['my.org/istio/operator:1.13.2', 'docker.io/istio/pilot:1.13.2'],
  ],
  [
    '1.14.1',
    '--tag 1.13.2-distroless -f minimal.yaml',
    ['docker.io/istio/operator:1.13.2-distroless', 'docker.io/istio/pilot:1.13.2'],
  ],
  ['1.14.1', '--hub a/b --tag latest -f own.yaml', ['a/b/operator:latest', 'my.org/istio/pilot:x']],
];

for (const [version = 'no version', flags, images] of rows)
  test(`operator init ${flags} of ${version} pulls ${images.join(' ')}`, () => {
    const told = version === 'no version' ? undefined : version;
    assert.deepEqual(installed(plan(`istioctl operator init ${flags}`, told)), images);
  });

test('a revision names the operator', () => {
  const { images } = plan('istioctl operator init --revision 1-14', '1.14.1');
  assert.equal(images[0]?.workload, 'Deployment/istio-operator-1-14');
});

test('from 1.24 on there is no operator to start', () => {
  const { images, gaps, notices } = plan('istioctl operator init', '1.24.0');
  assert.deepEqual([images, gaps], [[], []]);
  assert.deepEqual(
    notices?.map(({ code }) => code),
    ['command-removed'],
  );
});

test('what is open is said in the flags of this command', () => {
  const open = plan('istioctl operator init');
  assert.match(open.gaps[0]?.why ?? '', /nothing here tells its version; add --tag …/);
  const latest = plan('istioctl operator init --tag latest -f minimal.yaml', '1.14.1');
  assert.deepEqual(installed(latest), ['docker.io/istio/operator:latest', '? <hub>/pilot:<tag>']);
  assert.deepEqual(
    latest.gaps.map(({ what }) => what),
    ['version'],
  );
});

test('a file that is not known is a gap beside the operator', () => {
  const { images, gaps } = plan('istioctl operator init -f missing.yaml', '1.14.1');
  assert.equal(images.length, 1);
  assert.match(gaps[0]?.why ?? '', /^missing\.yaml can't be read/);
});
