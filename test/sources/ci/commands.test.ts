import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fragment } from '../../../server/src/core/fragment';
import { textOf } from '../../../server/src/core/text';
import { yaml } from '../../../server/src/sources/yaml/yaml';

const read = (text: string, uri = 'file:///w/.github/workflows/ci.yaml'): readonly Fragment[] =>
  yaml
    .split(text)
    .flatMap(chunk => yaml.read(chunk.text, uri, () => ({ uri: 'file:///none', text: undefined })));

/** The commands and manifests of a text, one a line; `for a=b` tells the combination of a matrix. */
const show = (text: string): readonly string[] =>
  read(text).map(fragment => {
    const given = (fragment.given ?? []).map(({ name, value }) => ` for ${name}=${value}`).join('');
    if (fragment.kind === 'manifest') return `${fragment.kindName}${given}`;
    return fragment.words.map(word => textOf(word.text)).join(' ') + given;
  });

test('the commands of a workflow', () =>
  assert.deepEqual(
    show('on: push\njobs:\n  a:\n    steps:\n      - run: |\n          sudo istioctl install -y\n'),
    ['istioctl install -y'],
  ));

test('a command says for which combination it stands, unless that makes no difference', () =>
  assert.deepEqual(
    show(
      `jobs:\n  a:\n    strategy: {matrix: {v: [1.13.2, 1.14.1]}}\n    steps:\n    - run: istioctl install -f a.yaml\n    - run: istioctl upgrade --set tag=$\{{ matrix.v }}\n`,
    ),
    [
      'istioctl install -f a.yaml',
      'istioctl upgrade --set tag=1.13.2 for matrix.v=1.13.2',
      'istioctl upgrade --set tag=1.14.1 for matrix.v=1.14.1',
    ],
  ));

test('an install of the whole document is found once, one in a text too', () => {
  assert.deepEqual(show('# istioctl install -f\nkind: IstioOperator\nspec: {tag: 1.14.1}\n'), [
    'IstioOperator',
  ]);
  assert.deepEqual(
    show('kind: ConfigMap\ndata:\n  a.yaml: |\n    kind: IstioOperator\n  a.sh: istioctl install\n'),
    ['ConfigMap', 'istioctl install', 'IstioOperator'],
  );
  assert.deepEqual(show('run: |\n  kubectl apply -f - <<END\n  kind: IstioOperator\n  END\n'), [
    'IstioOperator',
  ]);
});

test('words can be added to a line of a script, and not to a list of words', () => {
  const text = 'run: istioctl install\n---\ncommand: [istioctl, install]\n';
  const ends = read(text).map(fragment => fragment.kind === 'command' && fragment.end?.span.start);
  assert.deepEqual(ends, [text.indexOf('\n'), undefined]);
});

/** Writes a hub into the manifest that is a part of a text. */
function withHub(text: string): string | undefined {
  const manifest = read(text).find(fragment => fragment.kind === 'manifest' && fragment.within !== undefined);
  assert.ok(manifest?.kind === 'manifest');
  const insertion = yaml.insert(text, manifest, ['spec', 'hub'], 'ghcr.io/a');
  return (
    insertion && text.slice(0, insertion.span.start) + insertion.newText + text.slice(insertion.span.end)
  );
}

/** Asserts that a hub is written at `@@`, with either kind of line end. */
const writesHub = (name: string, text: string): void => {
  test(`a value can be written into ${name}`, () => {
    const [before = '', after = ''] = text.split(/[^\n]*@@\n/);
    const indent = /([ ]*)@@/.exec(text)?.[1] ?? '';
    const written = `${before}${indent}hub: ghcr.io/a\n${after}`;
    assert.equal(withHub(before + after), written);
    assert.equal(withHub((before + after).replaceAll('\n', '\r\n')), written.replaceAll('\n', '\r\n'));
  });
};

writesHub(
  'a file of a ConfigMap',
  'kind: ConfigMap\ndata:\n  a.yaml: |\n    kind: IstioOperator\n    spec:\n      @@\n      tag: 1.14.1\n  b: c\n',
);
writesHub(
  'a here-document of a script',
  'jobs:\n- run: |\n    kubectl apply -f - <<END\n    kind: IstioOperator\n    spec:\n      @@\n      tag: 1.14.1\n    END\n',
);

test('nothing is written into a manifest in quotes', () =>
  assert.equal(
    withHub('kind: ConfigMap\ndata:\n  a.yaml: "kind: IstioOperator\\nspec:\\n  tag: 1.14.1\\n"\n'),
    undefined,
  ));

test('workflows run at the top of the repository', () => {
  const [fragment] = read('run: istioctl install\n');
  assert.ok(fragment?.kind === 'command');
  assert.deepEqual(fragment.directories, ['file:///w/']);
});

for (const [name, text] of Object.entries({
  'a comment': '# istioctl install\na: b\n',
  'prose in a description': 'description: Runs istioctl install for you.\n',
  'a printed line': 'run: echo "istioctl install"\n',
  'a name': 'name: istioctl install\njobs: {a: {steps: [{uses: x/istioctl}]}}\n',
  'another language': 'steps:\n- run: istioctl install\n  shell: python\n',
  'a commented line of a script': 'run: |\n  # istioctl install\n  echo\n',
}))
  test(`${name} is no command`, () => assert.deepEqual(show(text), []));
