import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordOf } from '../../../server/src/core/fragment';
import type { MeshSettings } from '../../../server/src/core/mesh';
import { joinTraced, sliceTraced } from '../../../server/src/core/traced';
import { istio } from '../../../server/src/meshes/istio/index';
import { at, command, files, installed, operatorText, planned, scripted } from './fixture';

const table = {
  'a.yaml': operatorText('{profile: minimal, hub: fromA, tag: a}'),
  'b.yaml': operatorText('{hub: fromB}'),
  'notes.yaml': 'kind: ConfigMap\napiVersion: v1\n',
};

const pilotOf = (line: string, settings: Partial<MeshSettings> = at(14)): string | undefined =>
  installed(planned(command(line), settings, table))[0];

const isInstall = (line: string): boolean =>
  istio.plan(command(line), { hubs: [] }, files(table)) !== undefined;

const installs = [
  'istioctl install',
  'istioctl install -y --set profile=demo',
  'istioctl apply -f a.yaml',
  'istioctl manifest apply',
  'istioctl manifest install',
  'istioctl manifest generate --set hub=x',
  'istioctl upgrade',
  'istioctl x upgrade',
  'istioctl --context install install',
  'istioctl --context=c -n istio-system install',
  'istioctl -c kube install --dry-run=false',
  'istioctl manifest generate --dry-run',
  'istioctl operator init',
  'istioctl experimental upgrade -f a.yaml',
  './bin/istioctl install',
  '/opt/istio-1.14.1/bin/istioctl install',
  'istioctl.exe install',
  'C:\\istio\\istioctl.exe install',
  'istioctl1.10 install',
  'istioctl-1.14 install',
  'istioctl-1.14.1-linux-arm64 install',
  '$ISTIOCTL install',
  ['$', '{ISTIOCTL} install'].join(''),
  ['$', '{ISTIOCTL_BIN:-istioctl} install'].join(''),
  '$BIN/$ISTIOCTL install',
  '$(ISTIOCTL) install',
  '$DIR/bin/istioctl install',
];

const others = [
  'istioctl',
  'istioctl version',
  'istioctl uninstall --purge',
  'istioctl x uninstall -f install',
  'istioctl x precheck',
  'istioctl verify-install -f a.yaml',
  'istioctl analyze install',
  'istioctl profile dump demo',
  'istioctl manifest diff a.yaml b.yaml',
  'istioctl kube-inject -f install',
  'istioctl install --help',
  'istioctl install -h',
  'istioctl --context install version',
  'istioctl -n install version',
  'istioctl install --dry-run',
  'istioctl operator init --dry-run=true',
  'istioctl operator dump',
  'istioctl operator remove',
  'istioctl operator',
  'istioctl manifest',
  'istioctl manifest migrate a.yaml',
  'istioctl manifest versions',
  'istioctl manifest translate -f a.yaml',
  'istioctl x revision tag set prod --revision 1-14-1',
  'istioctl tag set prod --revision install',
  'istioctl dashboard kiali',
  'istioctl proxy-status install',
  'istioctl waypoint apply',
  'istioctlx install',
  'kubectl install',
  'helm upgrade --install istioctl',
  '$KUBECTL install',
];

for (const line of installs) test(`${line} is an install`, () => assert.ok(isInstall(line)));
for (const line of others) test(`${line} is none`, () => assert.ok(!isInstall(line)));

const lines: readonly [line: string, image: string, minor?: number][] = [
  ['istioctl install -f a.yaml', 'fromA/pilot:a'],
  ['istioctl install -f a.yaml -f b.yaml', 'fromB/pilot:a'],
  ['istioctl install -f b.yaml -f a.yaml', 'fromA/pilot:a'],
  ['istioctl install -f a.yaml,b.yaml', 'fromB/pilot:a'],
  ['istioctl install --filename=a.yaml', 'fromA/pilot:a'],
  ['istioctl install -f=a.yaml', 'fromA/pilot:a'],
  ['istioctl install -fa.yaml', 'fromA/pilot:a'],
  ['istioctl install -yf a.yaml', 'fromA/pilot:a'],
  ['istioctl install --set hub=x -f a.yaml', 'x/pilot:a'],
  ['istioctl install --set=hub=x', 'x/pilot:t'],
  ['istioctl install -s hub=x -s hub=y', 'y/pilot:t'],
  ['istioctl install --set values.global.hub=x --set hub=y', 'x/pilot:t'],
  ['istioctl install --set profile=empty -f a.yaml --set components.pilot.enabled=true', 'fromA/pilot:a'],
  ['istioctl install --set tag=1.10', 'h/pilot:1.1', 23],
  ['istioctl install --set tag=1.10', 'h/pilot:1.10', 24],
  ['istioctl install --set values.global.tag=1.10', 'h/pilot:1.10', 24],
  ['istioctl install --set components.pilot.tag=1.10', 'h/pilot:1.1', 24],
  ['istioctl install --set spec.hub=x', 'x/pilot:t', 23],
  ['istioctl install --set spec.hub=x', 'h/pilot:t', 24],
  ['istioctl install --charts dir --set hub=x', 'x/pilot:t'],
  ['istioctl install --readiness-timeout 5m --set hub=x -- --set hub=y', 'x/pilot:t'],
];

for (const [line, image, minor = 14] of lines)
  test(`1.${minor} ${line} pulls ${image}`, () => assert.equal(pilotOf(line, at(minor)), image));

const gapLines: readonly [line: string, gap: RegExp][] = [
  ['istioctl install -f -', /^file: .*standard input/],
  ['istioctl install -f missing.yaml', /^file: missing\.yaml can't be read; it was looked for in \/folder$/],
  ['istioctl install -f notes.yaml', /^file: there is no IstioOperator in notes\.yaml$/],
  ['istioctl install -f /etc/missing.yaml', /^file: \/etc\/missing\.yaml can't be read$/],
  [
    'istioctl install -f https://x.example/a.yaml',
    /^file: Meshfit does not fetch https:\/\/x\.example\/a\.yaml/,
  ],
  ['istioctl install -f /dev/stdin', /^file: .*standard input/],
  ['istioctl install -f $FILE', /^file: the file \$FILE is not known/],
  ['istioctl install -d ./manifests', /^file: the charts and profiles come from/],
  ['istioctl install $ARGS', /^values: \$ARGS may hold further flags/],
  ['istioctl install --set hub', /^values: istioctl can't read hub/],
  ['istioctl install --set hub=a=b', /^values: istioctl can't read hub=a=b/],
  ['istioctl install --set $KEY=x', /^values: istioctl can't read \$KEY=x/],
  ['istioctl install --set tag=$TAG', /^tag: the tag \$TAG is not known/],
  ['istioctl install --set components.ingressGateways.[name:x].enabled=true', /^values: istioctl refuses/],
];

for (const [line, gap] of gapLines)
  test(`${line} leaves something open`, () => {
    const { gaps } = planned(command(line), at(14), table);
    assert.equal(gaps.length, 1);
    assert.match(`${gaps[0]?.what}: ${gaps[0]?.why}`, gap);
  });

test('only the value of a flag stands for it, not the whole word', () => {
  const line = 'istioctl install --set=hub=my.org/istio --set tag=1.14.1';
  const [pilot] = planned(command(line)).images;
  const textAt = (part: 'hub' | 'tag'): string | undefined => {
    const origin = pilot?.parts[part]?.origin;
    return origin?.kind === 'written' ? line.slice(origin.site.span.start, origin.site.span.end) : undefined;
  };
  assert.equal(textAt('hub'), 'my.org/istio');
  assert.equal(textAt('tag'), '1.14.1');
});

test('quotes around the value are left out', () => {
  const line = 'istioctl install --set tag="1.14.1"';
  const { words, ...rest } = command(line);
  const unquoted = words.map(({ traced }) => {
    const [start, end] = [traced.raw.indexOf('"'), traced.raw.lastIndexOf('"')];
    if (start < 0) return wordOf(traced);
    return wordOf(joinTraced([sliceTraced(traced, 0, start), sliceTraced(traced, start + 1, end)]));
  });
  const origin = planned({ ...rest, words: unquoted }).images[0]?.parts.tag?.origin;
  assert.ok(origin?.kind === 'written');
  assert.equal(line.slice(origin.site.span.start, origin.site.span.end), '1.14.1');
});

test('a dynamic part of a word leaves the rest of the word known', () => {
  const plan = planned(command('istioctl install --set hub=$HUB --set tag=1.14.1'));
  assert.equal(installed(plan)[0], '? $HUB/pilot:1.14.1');
  assert.equal(plan.version?.version, '1.14.1');
});

const outlets: readonly [into: string, isInstall: boolean][] = [
  ['kubectl apply -f -', true],
  ['tee all.yaml', true],
  ['kubectl delete -f -', false],
  ['kubectl --context c delete --ignore-not-found=true -f -', false],
  ['oc delete -f -', false],
  ['$KUBECTL delete -f -', false],
  ['k3s kubectl delete -f -', false],
  ['tee all.yaml | kubectl delete -f -', false],
  ['kubectl diff -f -', false],
  ['kubectl apply --dry-run=client -f -', false],
  ['grep delete', true],
];

for (const [into, expected] of outlets)
  test(`manifests that are piped into ${into} are ${expected ? 'an' : 'no'} install`, () => {
    assert.equal(isInstall(`istioctl manifest generate | ${into}`), expected);
  });

test('what comes after an install that prints no manifests does not matter', () => {
  assert.ok(isInstall('istioctl install | kubectl delete -f -'));
});

test('the IstioOperator of standard input counts, and so does a file that the script writes', () => {
  const own = operatorText('{profile: minimal, hub: own, tag: x}');
  const pilot = (line: string, written: Record<string, string>) =>
    installed(planned(scripted(line, written), at(14)))[0];
  assert.equal(pilot('istioctl install -f -', { '-': own }), 'own/pilot:x');
  assert.equal(pilot('istioctl install -f /dev/stdin', { '-': own }), 'own/pilot:x');
  assert.equal(pilot('istioctl install -f f.yaml --set tag=y', { 'f.yaml': own }), 'own/pilot:y');
});

test('why a file is not known is said in its own words', () => {
  const open = () => ({ fragments: undefined, why: 'a program writes it' });
  const why = (line: string) => istio.plan(command(line), { hubs: [] }, open)?.gaps[0]?.why;
  assert.equal(why('istioctl install -f f.yaml'), "f.yaml can't be read: a program writes it");
  assert.match(why('istioctl install -f -') ?? '', /standard input, .*: a program writes it$/);
});

test('no address is opened', () => {
  const opened: string[] = [];
  const open = (reference: string) => {
    opened.push(reference);
    return { fragments: undefined };
  };
  istio.plan(
    command('istioctl install -f https://x.example/a.yaml,file:///etc/passwd,b.yaml'),
    { hubs: [] },
    open,
  );
  assert.deepEqual(opened, ['b.yaml']);
});

test('the files that were read are named, also those that are missing', () => {
  const { reads } = planned(command('istioctl install -f a.yaml -f missing.yaml'), {}, table);
  assert.deepEqual(reads, ['file:///folder/a.yaml', 'file:///folder/missing.yaml']);
});

test('each file that is read is linked with the text that names it', () => {
  const line = 'istioctl install -f a.yaml,b.yaml';
  const linked = planned(command(line), {}, table).files.map(
    ({ site: { span }, uri }) => `${line.slice(span.start, span.end)} ${uri}`,
  );
  assert.deepEqual(linked, ['a.yaml file:///folder/a.yaml', 'b.yaml file:///folder/b.yaml']);
});
