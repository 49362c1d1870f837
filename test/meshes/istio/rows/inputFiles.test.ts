import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InstallPlan } from '../../../../server/src/core/install';
import { at, command, installed, operatorText, planned, scripted } from '../fixture';
import { gapsOf, minorsOf } from './rows';

const mine = operatorText('{profile: minimal, hub: mine}');
const other = operatorText('{profile: minimal, hub: other}');
const kindless = 'spec: {profile: minimal, hub: mine}\n';
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: istio-system}\n';
const configMap = 'apiVersion: v1\nkind: ConfigMap\ndata: {a: b}\n';
const gateway =
  'apiVersion: networking.istio.io/v1beta1\nkind: Gateway\nspec: {selector: {istio: ingressgateway}}\n';
const documents = (...texts: readonly string[]): string => texts.join('---\n');

const refusesOthers = (kind: string): string =>
  `refuses x.yaml, because there is ${kind} beside the IstioOperator; give each a file of its own`;
const readsFirst = (kind: string): string =>
  `reads the first document of x.yaml only, ${kind}; give the IstioOperator behind it a file of its own`;
const many = 'there are 2 IstioOperators in x.yaml, but istioctl takes one per file';
const all = 'h/pilot:t h/proxyv2:t';

/** Versions, the file that -f names, the images at once, and what is said about it: its end, or nothing. */
type Row = readonly [first: number, last: number, name: string, text: string, images: string, gap: string];

const rows: readonly Row[] = [
  // to 1.11 nobody looks at the kind
  [5, 11, 'a spec alone', kindless, 'mine/pilot:t', ''],
  [
    12,
    31,
    'a spec alone',
    kindless,
    'mine/pilot:t',
    'refuses x.yaml, because it does not say kind: IstioOperator',
  ],
  [
    5,
    31,
    'values without a spec',
    'values: {global: {hub: a}}\n',
    all,
    'there is no IstioOperator in x.yaml',
  ],
  [5, 31, 'another kind alone', gateway, all, 'there is no IstioOperator in x.yaml'],
  [5, 31, 'nothing', '', all, 'there is no IstioOperator in x.yaml'],
  // two IstioOperators: to 1.11 the first counts, later none
  [
    5,
    11,
    'two IstioOperators',
    documents(mine, other),
    'mine/pilot:t',
    'there are 2 IstioOperators in x.yaml, and istioctl 1.MINOR reads the first only',
  ],
  [12, 31, 'two IstioOperators', documents(mine, other), 'mine/pilot:t', many],
  // another kind behind it counts for nothing to 1.23, and is refused later
  [5, 23, 'a Namespace behind it', documents(mine, namespace), 'mine/pilot:t', ''],
  [24, 31, 'a Namespace behind it', documents(mine, namespace), 'mine/pilot:t', refusesOthers('a Namespace')],
  [5, 23, 'a Gateway behind it', documents(mine, gateway), 'mine/pilot:t', ''],
  [5, 11, 'a spec behind it', documents(mine, kindless), 'mine/pilot:t', ''],
  [
    12,
    23,
    'a spec behind it',
    documents(mine, kindless),
    'mine/pilot:t',
    'refuses x.yaml, because a document in it does not say kind: IstioOperator',
  ],
  // another kind before it: to 1.23 only that is read, so that nothing of the IstioOperator counts
  [5, 23, 'a Namespace before it', documents(namespace, mine), all, readsFirst('a Namespace')],
  [24, 31, 'a Namespace before it', documents(namespace, mine), 'mine/pilot:t', refusesOthers('a Namespace')],
  // what an IstioOperator does not have is refused, so that there is nothing but what was meant
  [5, 23, 'a ConfigMap before it', documents(configMap, mine), 'mine/pilot:t', readsFirst('a ConfigMap')],
  // comments and empty documents are none
  [5, 31, 'comments around it', `# a\n---\n# b\n${mine}---\n# c\n`, 'mine/pilot:t', ''],
];

const plan = (minor: number | undefined, text: string, words = '-f x.yaml'): InstallPlan =>
  planned(command(`istioctl install ${words}`), minor === undefined ? {} : at(minor), {
    'x.yaml': text,
    'y.yaml': operatorText('{tag: late}'),
  });

for (const [first, last, name, text, images, gap] of rows)
  test(`1.${first} to 1.${last} -f with ${name} ${gap === '' ? `pulls ${images}` : `is open: ${gap}`}`, () => {
    for (const minor of minorsOf(first, last)) {
      const read = plan(minor, text);
      // Prometheus came with the profile default to 1.6.
      const shown = installed(read).filter(image => !image.includes('prometheus'));
      assert.equal([...new Set(shown)].join(' '), images, `1.${minor}`);
      assert.ok(gapsOf(read).endsWith(gap.replace('MINOR', String(minor))), `1.${minor}: ${gapsOf(read)}`);
      assert.equal(gapsOf(read) === '', gap === '', `1.${minor}: ${gapsOf(read)}`);
    }
  });

test('where nothing tells the version, a spec alone is read, and what the versions make of it is said', () => {
  const read = plan(undefined, 'spec: {profile: minimal, hub: mine, tag: mine}\n');
  assert.deepEqual(installed(read), ['mine/pilot:mine']);
  assert.equal(
    gapsOf(read),
    'file: x.yaml is refused from Istio 1.12 on, because it does not say kind: IstioOperator',
  );
});

test('where nothing tells the version, a document behind the IstioOperator is no matter', () => {
  const text = documents(operatorText('{profile: minimal, hub: mine, tag: mine}'), namespace);
  assert.equal(gapsOf(plan(undefined, text)), '');
});

test('a tag in the file tells which version reads it', () => {
  const text = documents(operatorText('{profile: minimal, hub: mine, tag: 1.24.2}'), namespace);
  assert.equal(gapsOf(plan(undefined, text)), `file: istioctl 1.24 ${refusesOthers('a Namespace')}`);
});

test('a file that counts for nothing leaves the others as they are', () => {
  const read = plan(14, documents(namespace, mine), '-f y.yaml -f x.yaml');
  assert.deepEqual(installed(read), ['h/pilot:late', 'h/proxyv2:late']);
});

test('standard input is read like a file', () => {
  const read = planned(scripted('istioctl install -f -', { '-': kindless }), at(9));
  assert.deepEqual([installed(read), gapsOf(read)], [['mine/pilot:t'], '']);
  const refused = planned(scripted('istioctl install -f -', { '-': documents(mine, namespace) }), at(24));
  assert.match(gapsOf(refused), /refuses standard input, because there is a Namespace beside/);
});

test('a profile is read whether it says its kind or not', () => {
  const read = planned(
    command('istioctl install --set profile=./mine.yaml'),
    { ...at(14) },
    {
      './mine.yaml': 'spec: {components: {ingressGateways: [{name: istio-ingressgateway, enabled: false}]}}',
    },
  );
  assert.deepEqual([installed(read), gapsOf(read)], [['h/pilot:t'], '']);
});
