import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blame, type InstallPlan } from '../../../server/src/core/install';
import { istio } from '../../../server/src/meshes/istio/index';
import { command, files, installed, manifest, operator, operatorText, planned, shown } from './fixture';

const gaps = (plan: InstallPlan): readonly string[] => plan.gaps.map(({ what, why }) => `${what}: ${why}`);

const plans = (apiVersion: string, kind: string): boolean =>
  istio.plan(manifest(`${apiVersion}\nkind: ${kind}\nspec: {}`), { hubs: [] }, files({})) !== undefined;

test('an IstioOperator is known by its kind, unless another project says it is its own', () => {
  assert.ok(plans('apiVersion: install.istio.io/v1alpha1', 'IstioOperator'));
  assert.ok(plans('apiVersion: insall.istio.io/v1alpha1', 'IstioOperator'));
  assert.ok(plans('apiVersion: "{{ .Values.api }}/v1"', 'IstioOperator'));
  assert.ok(plans('metadata: {}', 'IstioOperator'));
  assert.ok(!plans('apiVersion: operator.kyma-project.io/v1alpha2', 'IstioOperator'));
  assert.ok(!plans('apiVersion: install.istio.io/v1alpha1', 'Istio'));
});

test('the version comes from the setting', () => {
  const plan = planned(operator('profile: minimal'), { istioVersion: '1.14.1' });
  assert.deepEqual(plan.version, {
    version: '1.14.1',
    origin: { kind: 'default', because: 'setting' },
    otherwise: [],
  });
  assert.deepEqual(installed(plan), ['docker.io/istio/pilot:1.14.1']);
  const { hub } = plan.images[0]?.parts ?? {};
  assert.deepEqual(hub?.origin, { kind: 'default', because: 'compiled into istioctl 1.14.1' });
});

const tags: readonly [tag: string, version: string | undefined, hub: string][] = [
  ['1.14.1', '1.14.1', 'docker.io/istio'],
  ['1.14.1-distroless', '1.14.1', 'docker.io/istio'],
  ['v1.20.0', '1.20.0', 'docker.io/istio'],
  ['1.23.3-asm.2', '1.23.3', 'docker.io/istio'],
  ['1.30.2', '1.30.2', 'registry.istio.io/release'],
  ['1.31.0-rc.0', '1.31.0-rc.0', 'docker.io/istio'],
  ['1.16-alpha.0123456789abcdef0123456789abcdef01234567', '1.16', 'docker.io/istio'],
  ['1.10', undefined, '<hub>'],
  ['"1.10"', '1.10', 'docker.io/istio'],
  ['latest', undefined, '<hub>'],
  ['1.1.4', undefined, '<hub>'],
];

for (const [tag, version, hub] of tags)
  test(`the tag ${tag} tells ${version ?? 'no version'}`, () => {
    const plan = planned(operator(`profile: minimal\ntag: ${tag}`));
    assert.equal(plan.version?.version, version);
    assert.ok(
      shown(plan.images[0] ?? assert.fail())
        .replace('? ', '')
        .startsWith(`${hub}/pilot:`),
    );
  });

test('without a version, what istioctl decides is not known, and one gap says how to tell it', () => {
  const plan = planned(operator('profile: minimal'));
  assert.deepEqual(installed(plan), ['? <hub>/pilot:<tag>']);
  assert.equal(plan.version, undefined);
  assert.equal(plan.gaps.length, 1);
  assert.match(
    gaps(plan)[0] ?? '',
    /^version: the hub and the tag of the images come from istioctl .* set spec\.tag, or .*meshfit\.istioVersion .*--istio-version$/,
  );
  assert.deepEqual(plan.gaps[0]?.site, plan.anchor);
});

test('where only one of hub and tag is open, that is the one to set', () => {
  const hub = planned(operator('profile: minimal\ntag: latest'));
  assert.match(gaps(hub).join(), /^version: the hub of the images comes from istioctl .* set spec\.hub, or/);
  const tag = planned(operator('profile: minimal\nhub: my.org/istio'));
  assert.match(gaps(tag).join(), /^version: the tag of the images comes from istioctl .* set spec\.tag, or/);
});

test('a document that could not be read is an install of which nothing is known', () => {
  const deep = `${'{a: '.repeat(200)}1${'}'.repeat(200)}`;
  const plan = planned(manifest(operatorText(`tag: 1.14.1\nvalues: ${deep}`)), { istioVersion: '1.14.1' });
  assert.deepEqual(plan.images, []);
  assert.match(gaps(plan).join(), /^values: the document is nested .*deeper than Meshfit reads$/);
  assert.deepEqual(plan.gaps[0]?.site, plan.anchor);
});

test('a file or a profile that could not be read is a gap of the install that names it', () => {
  const table = { 'a.yaml': operatorText(`values: ${'['.repeat(200)}`) };
  const read = (install: Parameters<typeof planned>[0]): string =>
    gaps(planned(install, { istioVersion: '1.14.1' }, table)).join();
  assert.match(
    read(command('istioctl install -f a.yaml')),
    /^file: a\.yaml can't be read: the document is nest/,
  );
  assert.match(
    read(operator('profile: a.yaml')),
    /^profile: the profile a\.yaml can't be read: the document is nest/,
  );
});

test('a value that a template chooses is a gap that shows what it can be', () => {
  const tag = '{{ if .x }}\ntag: 1.14.1\n{{ else }}\ntag: 1.13.1\n{{ end }}';
  assert.deepEqual(gaps(planned(operator(`hub: docker.io/istio\n${tag}`))), [
    'tag: the tag <1.14.1 or 1.13.1> is not known: which of several values `tag` has depends on the template',
  ]);
});

const notes: readonly [tag: string, note: string | undefined][] = [
  ['1.20', 'istioctl reads 1.20 as the number 1.2; in a YAML file, quotes keep it as written: "1.20".'],
  ['yes', 'istioctl reads yes as the boolean true; in a YAML file, quotes keep it as written: "yes".'],
  ['"1.20"', undefined],
  ['1.20.1', undefined],
  ['2', undefined],
];

for (const [tag, note] of notes)
  test(`the tag ${tag} ${note === undefined ? 'is what is written' : 'is not what is written'}`, () => {
    const [pilot] = planned(operator(`hub: my.org\ntag: ${tag}`)).images;
    assert.equal(pilot?.parts.tag?.note, note);
  });

test('nothing is missing where hub and tag are written', () => {
  assert.deepEqual(gaps(planned(operator('hub: docker.io/istio\ntag: latest'))), []);
});

test('the defaults of a build of one’s own replace the compiled-in ones', () => {
  const plan = planned(operator('profile: minimal'), { defaultHub: 'my.org/istio', defaultTag: 'dev' });
  assert.deepEqual(installed(plan), ['my.org/istio/pilot:dev']);
  assert.deepEqual(plan.gaps, []);
});

test('a minor version alone tells the hub but not the tag', () => {
  const plan = planned(operator('profile: minimal'), { istioVersion: '1.14' });
  assert.deepEqual(installed(plan), ['? docker.io/istio/pilot:<tag>']);
});

test('a version newer than any known is read by the newest rules', () => {
  assert.deepEqual(installed(planned(operator('profile: minimal'), { istioVersion: '1.99.0' })), [
    'docker.io/istio/pilot:1.99.0',
  ]);
  assert.equal(installed(planned(operator(''), { istioVersion: '2.0.0' })).length, 2);
});

test('a value that is filled in later is one gap, at its place, for all images', () => {
  const spec = 'hub: "{{ .Values.hub }}"\ntag: 1.20.1';
  const plan = planned(operator(spec));
  assert.equal(plan.gaps.length, 1);
  assert.equal(plan.gaps[0]?.what, 'hub');
  assert.ok(plan.images.every(use => shown(use).startsWith('? {{ .Values.hub }}/')));
  const { start, end } = plan.gaps[0]?.site.span ?? { start: 0, end: 0 };
  assert.equal(operatorText(spec).slice(start, end), '{{ .Values.hub }}');
});

test('a component that may run is planned, and a gap says that it may not', () => {
  const plan = planned(operator('{tag: 1.20.1, components: {cni: {enabled: "{{ .Values.cni }}"}}}'));
  assert.ok(installed(plan).includes('docker.io/istio/install-cni:1.20.1'));
  assert.match(
    gaps(plan).join(),
    /^values: whether this component is installed depends on {{ .Values.cni }}/,
  );
});

test('a profile that is filled in later shows the images of the default profile', () => {
  const plan = planned(operator('{tag: 1.20.1, profile: "{{ .Values.profile }}"}'));
  assert.equal(installed(plan).length, 2);
  assert.match(gaps(plan).join(), /^profile: .*profile default$/);
});

test('without a version, an old profile is read by the rules of its time', () => {
  assert.ok(installed(planned(operator('profile: separate'))).some(image => image.includes('citadel')));
});

test('charts from elsewhere are a gap', () => {
  const plan = planned(operator('tag: 1.14.1\ninstallPackagePath: ./manifests'));
  assert.match(gaps(plan).join(), /^file: the charts and profiles come from \.\/manifests/);
});

test('every value knows where it was written', () => {
  const spec = 'hub: my.org/istio\ntag: 1.14.1\nprofile: minimal';
  const { images, anchor } = planned(operator(spec));
  const [pilot] = images;
  assert.ok(pilot?.parts.hub?.origin.kind === 'written' && pilot.parts.hub.origin.key !== undefined);
  const text = operatorText(spec);
  const { site, key } = pilot.parts.hub.origin;
  assert.equal(text.slice(key.span.start, key.span.end), 'hub');
  assert.equal(text.slice(site.span.start, site.span.end), 'my.org/istio');
  const { span } = blame(pilot, anchor, 'tag');
  assert.equal(text.slice(span.start, span.end), '1.14.1');
});

test('a profile is the reason for what it sets', () => {
  const { images } = planned(operator('profile: ambient'), { istioVersion: '1.24.0' });
  assert.deepEqual(images[0]?.parts.variant?.origin, { kind: 'default', because: 'profile ambient' });
});

test('a revision names the workload', () => {
  const { images } = planned(command('istioctl install -r 1-14-1'), { istioVersion: '1.14.1' });
  assert.equal(images[0]?.workload, 'Deployment/istiod-1-14-1');
});
