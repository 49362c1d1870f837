import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Fragment } from '../../../server/src/core/fragment';
import type { ReadChunk } from '../../../server/src/core/source';
import { readManifests } from '../../../server/src/sources/yaml/manifests';
import { reread } from '../../../server/src/sources/yaml/reread';

const uri = 'file:///a.yaml';
const readChunk = (text: string): ReadChunk => ({ text, fragments: readManifests(text, uri) });

const plain = `# The mesh of the shop.
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  hub: docker.io/istio # where from
  tag: 1.14.1
  meshConfig:
    accessLogFile: /dev/stdout
  values:
    pilot: {image: pilot, cpu: 100m, "tag": "1.14", on: [a, 'b']}
  components:
    ingressGateways:
      - name: one
        enabled: true
      - "two"
      - - three
  quoted: "1.14.1"
  single: '1.14' # 'quoted'
`;

const documents: readonly string[] = [
  plain,
  plain.replaceAll('\n', '\r\n'),
  `a: &tag 1.14\nb: *tag\nkind: IstioOperator\nspec: &spec\n  tag: *tag\n  hub: x\nother:\n  <<: *spec\n  hub: y\n  "on": &k "v"\n`,
  `kind: A\nm: &m {a: 1}\nn: &n x\nc:\n  <<: [*m, *n]\n  <<: nul\n  a: 2\n  a: 3\nd: {&k a, a: 2, b: *k}\ne: {&q "a": *q}\n`,
  `kind: A\nspec:\n  tag: 1.1\n    hub: a\n  te\n  b: c\n   d\n  e: "f\n   g"\n  h: a: b\n  i:j\n  'k': 'l\n  m: n\n`,
  `kind: A\na: |\n  b: c\n  # d\nb: >-\n  word\nc: |-\n    - x\n # no\nd: !!str 1\ne:\n - a\n\n   !!str\n - 12\nf !!str : 12\n`,
  `kind: A\n? b\n: c\n? |\n  # d\n: e\n? [a, &x b]\n: *x\nf: "a # b: c"\ng: 'h # i'\nj: k#l # m\nn: {\n  o: p, # q\n  r\n}\n`,
  `kind: A\nhub: {{ .Values.hub }}\n{{- if .x }}\ntag: 1.1\n{{ else }}\ntag: 1.2\n{{ end }}\nc: <tag>\n`,
  `kind: A\nhub: $HUB/istio\ntag: <tag>\na: b$\nc: { {a: b} }\ne: d- {\n# {\nf: x<%\n`,
  `{\n  "kind": "IstioOperator", // a: b\n  "spec": {"tag": "1.14", "hub": "docker.io/istio",\n  "a": ["b", 1, true],\n  # "c\n  "d": "e,\n  "f": null, "g": "//h"}\n}\n`,
  `// x: y\nkind: A\na: /b\nc: d # "e\nf: "g\n`,
  `kind: A\na: &k b\nc: {*k : d, b: e}\nf:\n- g\n\n  &m\n- n\no:\n *m : p\n n: q\nr: s\nt &u : v\nw:\n *u : x\n v: y\n`,
  `kind: PodList\napiVersion: v1\nitems:\n- kind: Pod\n  name: a\n- apiVersion: v2\n  kind: &k Pod\n- kind: *k\n  x: &y y\n  z: *y\n`,
  `%TAG ! a # b\n--- # c: d\nkind: A\na: b\n... # e\nkind: B\na: c # d`,
  `- kind: A\n  a: b\n-   kind: B\n    a: c\n\t# tab\n\td: e\n`,
  `kind: A\na: ~\nb: null\nc: nul\nd: 0x1f\ne: 1_0\nf: on\ng: -1\nh: .5\ni: --\nj: -\nk: *none\nl: |\n# x\n`,
];

const replace = (text: string, start: number, length: number, by: string): string =>
  text.slice(0, start) + by + text.slice(start + length);

test('what is read anew after any small edit is what reading the whole text gives', () => {
  const simple = fc.constantFrom(...'ab1.-/_:nulE@+x0');
  const anyCharacter = fc.constantFrom(...' \n\r\t:#,&*!|>?%@~\'"{}[]$<\\=;+é');
  const piece = fc.constantFrom('', 'null', '// ', ' #', ': ', '{{', '<a>');
  const edit = fc.record({
    before: fc.constantFrom(...documents.map(readChunk)),
    place: fc.noBias(fc.nat(1000)),
    length: fc.constantFrom(0, 0, 0, 1, 1, 2, 3),
    by: fc.oneof(
      { arbitrary: fc.string({ unit: simple, maxLength: 3 }), weight: 4 },
      { arbitrary: fc.string({ unit: anyCharacter, maxLength: 3 }), weight: 1 },
      { arbitrary: piece, weight: 1 },
    ),
  });
  let understood = 0;
  fc.assert(
    fc.property(edit, ({ before, place, length, by }) => {
      const text = replace(before.text, place % (before.text.length + 1), length, by);
      const fragments = reread(before, text);
      if (fragments === undefined) return;
      understood += 1;
      assert.deepEqual(fragments, readManifests(text, uri));
    }),
    { numRuns: 40_000 },
  );
  assert.ok(understood > 500, `only ${understood} edits were understood`);
});

/** Asserts that a letter typed (and one deleted) at the end of `value` is understood, with either kind of line end. */
const understands = (value: string, text = plain): void => {
  test(`typing at the end of ${value} needs no reading`, () => {
    for (const whole of [text, text.replaceAll('\n', '\r\n')]) {
      const before = readChunk(whole);
      const end = whole.indexOf(value) + value.length;
      for (const edited of [
        replace(whole, end, 0, 'x'),
        replace(whole, end, 0, '7'),
        replace(whole, end - 1, 1, ''),
      ])
        assert.deepEqual(reread(before, edited), readManifests(edited, uri));
    }
  });
};

understands('tag: 1.14.1');
understands('hub: docker.io/istio');
understands('accessLogFile: /dev/stdout');
understands('quoted: "1.14.1');
understands("single: '1.14");
understands('cpu: 100m');
understands('- name: one');
understands('- - three');
understands(
  'image: localhost:5000/istio/pilot:1.14',
  'kind: A\nimage: localhost:5000/istio/pilot:1.14 # x\n',
);
understands(
  'tag: 1.14.1',
  '# istioctl install -f this.yaml\napiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec:\n  tag: 1.14.1\n',
);
understands('"tag":"1.14', '{"kind":"A","spec":{"tag":"1.14","hub":"x"}}');

/** Asserts that the edit at `@@` is left to the reader. */
const leaves = (name: string, text: string, by: string): void => {
  test(`${name} is read anew`, () => {
    const [before = '', after = ''] = text.split('@@');
    assert.equal(reread(readChunk(before + after), before + by + after), undefined);
  });
};

leaves('a kind', 'kind: A@@\na: b\n', 'x');
leaves('an API version', 'apiVersion: v1@@\nkind: A\n', 'x');
leaves('a key', 'kind: A\na@@: b\n', 'x');
leaves('an anchor', 'kind: A\na: &b@@ c\n', 'x');
leaves('a value that begins', 'kind: A\na: @@\n', 'x');
leaves('a value that becomes null', 'kind: A\na: nul@@\n', 'l');
leaves('a value that gets a comment', 'kind: A\na: b@@c\n', ' #');
leaves('a value of two lines', 'kind: A\na: b@@\n  c\n', 'x');
leaves('a line of a block scalar', 'kind: A\na: |\n  b: c@@\n', 'x');
leaves('a value that is written twice', 'kind: A\na: b@@\na: c\n', 'x');
leaves('a value with an anchor', 'kind: A\na: &b c@@\nd: *b\n', 'x');
leaves('a value with a tag', 'kind: A\na: !!str 1@@\n', '2');
leaves('a value with a tag above its dash', 'kind: A\na:\n- b\n\n  !!str\n- 1@@\n', '2');
leaves('an item with an anchor above its dash', 'kind: A\na:\n- b\n\n  &c\n- d@@\n', 'x');
leaves('a value that becomes a comment', '// JSON\nkind: A\na: @@/b\n', '/');
leaves('a file with template expressions', 'kind: A\na: b@@\nc: {{ d }}\n', 'x');
leaves('a file with a script', 'kind: A\na: b@@\nrun: istioctl install\n', 'x');
leaves('a file with an install in a text', 'kind: A\na: b@@\nc: |\n  kind: IstioOperator\n', 'x');
leaves('a value that begins to name istioctl', 'kind: A\nrun: istioct@@\n', 'l');
leaves('a document that is nested too deeply', `kind: A\na: b@@\nc: ${'['.repeat(200)}`, 'x');

test('what stands in front of an edit is kept as it is', () => {
  const before = readChunk('kind: A\na: {b: c}\nd: e\nf: g\n');
  const root = (fragment: Fragment | undefined) =>
    fragment?.kind === 'manifest' ? fragment.root : undefined;
  const old = root(before.fragments[0]);
  const edited = root(reread(before, 'kind: A\na: {b: c}\nd: ee\nf: g\n')?.[0]);
  assert.ok(old !== undefined && edited !== undefined);
  assert.deepEqual(
    edited.entries.map((entry, index) => entry === old.entries[index]),
    [true, true, false, false],
  );
});
