import assert from 'node:assert/strict';
import { test } from 'node:test';
import { show } from './show';

/** Asserts what is read below `kind: IstioOperator`, with the text at a value's site where the two differ. */
const reads = (name: string, text: string, expected: string): void => {
  test(name, () => {
    const lines = show(`kind: IstioOperator\n${text}`).split('\n').slice(2);
    assert.deepEqual(lines, expected === '' ? [] : expected.trim().split('\n'));
  });
};

reads(
  'numbers and strings stay as written',
  'a: 1.10\nb: "1.10"\nc: 1.10.0\nd: 0x10\ne: 1e3',
  `
a = number 1.10
b = "1.10"
c = "1.10.0"
d = number 0x10
e = number 1e3`,
);

reads(
  'booleans and nulls are those of YAML 1.1',
  'a: yes\nb: Off\nc: ~\nd:\ne: "on"\nf: !!str yes',
  `
a = boolean yes
b = boolean Off
c = null ~
d = null
e = "on"
f = "yes"`,
);

reads(
  'the site of a text is what a replacement would overwrite',
  "a: 'it''s'\nb: \"x\\ty\"\nc: |\n  docker.io\n",
  `
a = "it's" @ "it''s"
b = "x\\ty" @ "x\\\\ty"
c = "docker.io\\n" @ "docker.io"`,
);

reads(
  'folded and plain text over several lines',
  'a: >-\n  b\n  c\nd: e\n  f # g',
  `
a = "b c" @ "b\\n  c"
d = "e f" @ "e\\n  f"`,
);

reads(
  'lists, also of lists and of maps',
  'a:\n- b: 1\n  c: d\n- - e\n-\n- []\n- [f: g, h]',
  `
a[0].b = number 1
a[0].c = "d"
a[1][0] = "e"
a[2] = null
a[3] = []
a[4][0].f = "g"
a[4][1] = "h"`,
);

reads(
  'keys of any type',
  '1: a\ntrue: b\n"c d": e\n? f\n: g\n[h]: i',
  `
1 = "a"
true = "b"
c d = "e"
f = "g"`,
);

reads('the last of several keys counts, as for istioctl', 'tag: a\ntag: b', 'tag = "b"');

reads('comments, also those of kpt', 'hub: gcr.io/x # {"$ref": "tag"}\n# tag: 1\n', 'hub = "gcr.io/x"');

reads('carriage returns', 'spec:\r\n  hub: a # b\r\n  tag: "c"\r\n', 'spec.hub = "a"\nspec.tag = "c"');

reads(
  'an alias is the value of its anchor, where that stands',
  'a: &x 1.14\nb: *x\nc: {d: *x}',
  `
a = number 1.14
b = number 1.14
c.d = number 1.14`,
);

reads(
  'a key merged from a map keeps its value, keys below the merge win',
  `
a: &a {hub: A, tag: A}
b: &b {hub: B, pilot: B}
spec:
  <<: [*a, *b]
  tag: own`,
  `
a.hub = "A"
a.tag = "A"
b.hub = "B"
b.pilot = "B"
spec.hub = "A"
spec.pilot = "B"
spec.tag = "own"`,
);

reads(
  "a merge replaces keys above it, as in istioctl's reader",
  'a: &a {tag: A}\nb:\n  tag: own\n  <<: *a',
  `
a.tag = "A"
b.tag = "A"`,
);

reads(
  'an anchor that is missing, or contains itself, leaves a value open',
  'a: *x\nb: &b [*b]\nc: {<<: *y}',
  `
a ? \`*x\` refers to an anchor that is not set above it
b[0] ? \`*b\` refers to an anchor that is not set above it
c.<< ? \`*y\` refers to an anchor that is not set above it`,
);

test('the items of a list and of an array are manifests of their own', () => {
  const kinds = (text: string) => show(text).match(/^\S+ \w+$/gm);
  assert.deepEqual(kinds('kind: List\nitems:\n- kind: IstioOperator\n- kind: B'), [
    '? List',
    '? IstioOperator',
    '? B',
  ]);
  assert.deepEqual(kinds('[{"kind":"IstioOperator","apiVersion":"a/v1"}]'), ['a/v1 IstioOperator']);
});

test('JSON, with comments and a string that is being typed', () => {
  const text =
    '{\n "kind": "IstioOperator", // "x": {\n "spec": {\n\t"hub": "docker.io,\n\t"tag": "a\\"b"\n}}';
  assert.equal(
    show(text),
    '? IstioOperator\nkind = "IstioOperator"\nspec.hub = "docker.io"\nspec.tag = "a\\"b" @ "a\\\\\\"b"',
  );
});

test('a byte order mark is no part of the first key', () =>
  assert.equal(show('\uFEFFkind: IstioOperator'), '? IstioOperator\nkind = "IstioOperator"'));
