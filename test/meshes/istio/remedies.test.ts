import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../../../server/src/core/fragment';
import type { MeshSettings, Remedy } from '../../../server/src/core/mesh';
import { type Platform, parsePlatform } from '../../../server/src/core/platform';
import { istio } from '../../../server/src/meshes/istio/index';
import { command, operator, planned, scripted, shown } from './fixture';

function platform(text: string): Platform {
  const parsed = parsePlatform(text);
  if (parsed.kind === 'invalid') throw new Error(parsed.why);
  return parsed.platform;
}

/** What is offered for the images whose name holds `atFault`, as hubs and tags. */
function titles(
  spec: string,
  target = 'linux/arm64',
  settings: Partial<MeshSettings> = {},
  atFault = '',
): string {
  const all = { hubs: [], ...settings };
  const plan = planned(operator(spec), all);
  const faulty = plan.images.filter(use => shown(use).includes(atFault));
  const remedies = istio.remedies(plan, all, target.split(' ').map(platform), faulty);
  return remedies.map(({ title }) => title.replace(/^switch the hub to |^move to tag /, '')).join(' ');
}

const official = 'hub: docker.io/istio\n';

const rows: readonly [spec: string, target: string, remedies: string][] = [
  [`${official}tag: 1.14.1`, 'linux/arm64', 'ghcr.io/resf/istio 1.15.7 1.15.0 1.16.7 1.16.0'],
  [`${official}tag: 1.14.1`, 'linux/arm64/v8', 'ghcr.io/resf/istio 1.15.7 1.15.0 1.16.7 1.16.0'],
  [`${official}tag: 1.14.1`, 'linux/amd64 linux/arm64', 'ghcr.io/resf/istio 1.15.7 1.15.0 1.16.7 1.16.0'],
  [`${official}tag: 1.14.4`, 'linux/arm64', '1.15.7 1.15.0 1.16.7 1.16.0'],
  [
    `${official}tag: 1.9.5-distroless`,
    'linux/arm64',
    'docker.io/querycapistio 1.15.7-distroless 1.15.0-distroless 1.16.7-distroless 1.16.0-distroless',
  ],
  [`${official}tag: 1.14.1-debug`, 'linux/arm64', '1.15.7-debug 1.15.0-debug 1.16.7-debug 1.16.0-debug'],
  // Only one of the two hubs ever built install-cni.
  [
    `${official}tag: 1.14.1\nprofile: openshift`,
    'linux/arm64',
    'ghcr.io/resf/istio 1.15.7 1.15.0 1.16.7 1.16.0',
  ],
  [`${official}tag: 1.9.5\nprofile: openshift`, 'linux/arm64', '1.15.7 1.15.0 1.16.7 1.16.0'],
  // The hub has it already by the release facts; a later tag may still be there.
  [`${official}tag: 1.20.1`, 'linux/arm64', '1.20.8 1.21.6 1.21.0 1.22.8'],
  ['hub: gcr.io/istio-release\ntag: 1.30.1', 'linux/arm64', 'docker.io/istio 1.30.5'],
  ['hub: my.org/istio\ntag: 1.20.1', 'linux/arm64', 'docker.io/istio 1.20.8 1.21.6 1.21.0 1.22.8'],
  ['hub: my.org/istio\ntag: 1.14.1', 'linux/arm64', 'ghcr.io/resf/istio 1.14.6 1.15.7 1.15.0 1.16.7'],
  ['hub: ghcr.io/resf/istio\ntag: 1.14.4', 'linux/arm64', '1.14.5'],
  ['hub: ghcr.io/resf/istio\ntag: 1.14.1', 'linux/amd64', 'docker.io/istio 1.14.5'],
  // A patch that was never released is a slip.
  [`${official}tag: 1.20.99`, 'linux/arm64', '1.20.8 1.21.6 1.21.0 1.22.8'],
  [`${official}tag: 1.14.99`, 'linux/amd64', '1.14.6 1.15.7 1.15.0 1.16.7'],
  ['hub: ghcr.io/resf/istio\ntag: 1.14.9', 'linux/arm64', '1.14.5'],
  [`${official}tag: 1.31.99-debug`, 'linux/amd64', '1.31.1-debug'],
  // Vendors have versions of their own.
  ['hub: gke.gcr.io/asm\ntag: 1.23.3-asm.2', 'linux/arm64', ''],
  [`${official}tag: latest`, 'linux/arm64', ''],
  ['hub: "{{ .hub }}"\ntag: 1.14.1', 'linux/arm64', ''],
  // Nobody publishes these.
  [`${official}tag: 1.14.1`, 'linux/arm/v7', ''],
  ['hub: my.org/istio\ntag: 1.20.1', 'linux/s390x', ''],
  [`${official}tag: 1.31.1`, 'linux/arm/v7', ''],
];

for (const [spec, target, remedies] of rows)
  test(`${spec.replaceAll('\n', ', ')} on ${target}: ${remedies || 'no way out'}`, () => {
    assert.equal(titles(spec, target), remedies);
  });

test('the user’s own hubs come first, and are not offered where they are used already', () => {
  const settings = { hubs: ['my.org/istio', 'other.org/istio'] };
  assert.match(
    titles(`${official}tag: 1.14.1`, 'linux/arm64', settings),
    /^my\.org\/istio other\.org\/istio ghcr/,
  );
  assert.match(titles('hub: my.org/istio\ntag: 1.14.1', 'linux/arm64', settings), /^other\.org\/istio ghcr/);
});

test('the user’s own hubs are offered for any platform', () => {
  assert.equal(titles(`${official}tag: 1.14.1`, 'linux/arm/v7', { hubs: ['my.org/istio'] }), 'my.org/istio');
});

test('the short name of the official hub is the official hub', () => {
  assert.equal(titles('hub: istio\ntag: 1.20.1'), '1.20.8 1.21.6 1.21.0 1.22.8');
});

test('a default is changed under its path', () => {
  const settings = { hubs: [], istioVersion: '1.14.1' };
  const plan = planned(operator('profile: minimal'), settings);
  const remedies = istio.remedies(plan, settings, [platform('linux/arm64')], plan.images);
  assert.deepEqual(remedies[0]?.changes, [
    {
      part: 'hub',
      value: 'ghcr.io/resf/istio',
      path: ['spec', 'hub'],
      words: ['--set', 'hub=ghcr.io/resf/istio'],
    },
  ]);
  assert.deepEqual(remedies[1]?.changes, [
    { part: 'tag', value: '1.15.7', path: ['spec', 'tag'], words: ['--set', 'tag=1.15.7'] },
  ]);
});

/** The first way out of a command that moves the tag. */
function tagRemedy(install: Command, settings: Partial<MeshSettings> = {}): Remedy | undefined {
  const all = { hubs: [], ...settings };
  const plan = planned(install, all);
  const remedies = istio.remedies(plan, all, [platform('linux/arm64')], plan.images);
  return remedies.find(({ changes }) => changes.some(({ part }) => part === 'tag'));
}

test('where the script tells the version, the version is raised', () => {
  const remedy = tagRemedy(scripted('ISTIO_VERSION=1.14.1\nistioctl install'));
  assert.equal(remedy?.title, 'move to Istio 1.15.7');
  assert.deepEqual(remedy?.changes[0]?.value, '1.15.7');
});

test('where nothing in the script tells the version, the tag is moved', () => {
  const remedy = tagRemedy(command('istioctl install'), { istioVersion: '1.14.1' });
  assert.equal(remedy?.title, 'move to tag 1.15.7');
  assert.deepEqual(remedy?.changes[0]?.words, ['--set', 'tag=1.15.7']);
});

test('the operator has flags of its own', () => {
  const remedy = tagRemedy(command('istioctl operator init'), { istioVersion: '1.14.1' });
  assert.deepEqual(remedy?.changes[0]?.words, ['--tag', '1.15.7']);
});

test('images of others stay out of it', () => {
  const spec = `${official}tag: 1.6.0\nvalues: {pilot: {image: quay.io/mine/pilot:1}}`;
  assert.match(titles(spec), /^1\.15\.7/);
});

const pilotOf = (rest: string, pilot: string): string => `${rest}\ncomponents: {pilot: {${pilot}}}`;

// Only the images of pilot are at fault.
const mixed: readonly [spec: string, target: string, remedies: string][] = [
  [
    pilotOf(`${official}tag: 1.24.1`, 'tag: 1.14.1'),
    'linux/arm64',
    'ghcr.io/resf/istio 1.24.1 1.24.6 1.25.5 1.25.0',
  ],
  [
    pilotOf(`${official}tag: 1.24.1`, 'tag: 1.14.1-debug'),
    'linux/arm64',
    '1.24.1-debug 1.24.6-debug 1.25.5-debug 1.25.0-debug',
  ],
  [
    pilotOf(`${official}tag: 1.24.1-distroless`, 'tag: 1.20.99'),
    'linux/arm64',
    '1.24.1 1.24.6 1.25.5 1.25.0',
  ],
  [pilotOf(`${official}tag: 1.24.1`, 'tag: 1.24.99'), 'linux/arm64', '1.24.1 1.24.6 1.25.5 1.25.0'],
  [pilotOf(`${official}tag: 1.24.1`, 'tag: 1.24.l'), 'linux/arm64', '1.24.1'],
  [pilotOf('hub: gke.gcr.io/asm\ntag: 1.23.3-asm.2', 'tag: 1.23.3-asm.1'), 'linux/arm64', '1.23.3-asm.2'],
  // The platform of a build of one's own is one that Istio never had.
  [pilotOf('hub: my.org/istio\ntag: 1.24.1', 'tag: 1.14.1'), 'linux/s390x', '1.24.1'],
  // The hub of pilot counts, not that of the others.
  [
    pilotOf('hub: ghcr.io/resf/istio\ntag: 1.14.1', 'hub: docker.io/istio'),
    'linux/arm64',
    'ghcr.io/resf/istio 1.15.7 1.15.0 1.16.7 1.16.0',
  ],
];

for (const [spec, target, remedies] of mixed)
  test(`${spec.replaceAll('\n', ', ')} on ${target}, pilot alone at fault: ${remedies}`, () => {
    assert.equal(titles(spec, target, {}, '/pilot:'), remedies);
  });

test('where the tags of the images at fault differ, a hub must have both, and no tag goes below the higher', () => {
  assert.equal(
    titles(pilotOf(`${official}tag: 1.14.1`, 'tag: 1.11.2')),
    'ghcr.io/resf/istio 1.15.7 1.15.0 1.16.7 1.16.0',
  );
  assert.equal(titles(pilotOf(`${official}tag: 1.14.1`, 'tag: 1.9.5')), '1.15.7 1.15.0 1.16.7 1.16.0');
});

test('where the hubs of the images at fault differ, a tag must be possible on both', () => {
  const spec = pilotOf('hub: docker.io/istio\ntag: 1.30.1', 'hub: gcr.io/istio-release');
  assert.equal(titles(spec), 'docker.io/istio 1.30.5');
});

test('one tag is not given to images of different variants', () => {
  assert.equal(titles(pilotOf(`${official}tag: 1.14.1`, 'tag: 1.14.1-distroless')), 'ghcr.io/resf/istio');
});

test('nothing is proposed for images that are not put together from a hub and a tag', () => {
  const spec = `${official}tag: 1.14.1\nvalues: {pilot: {image: quay.io/mine/pilot:1}}`;
  assert.equal(titles(spec, 'linux/arm64', {}, 'quay.io'), '');
});
