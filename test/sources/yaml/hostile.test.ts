import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Node, nodeAt } from '../../../server/src/core/tree';
import { readManifests } from '../../../server/src/sources/yaml/manifests';
import { yaml } from '../../../server/src/sources/yaml/yaml';
import { show } from './show';

const head = 'kind: IstioOperator\n';

/** Every node of a tree, with shared ones as often as they are used. */
const nodesOf = (node: Node): readonly Node[] => [
  node,
  ...(node.kind === 'map' ? node.entries.flatMap(entry => nodesOf(entry.value)) : []),
  ...(node.kind === 'list' ? node.items.flatMap(nodesOf) : []),
];

test('any text is read, and every site lies within it', () => {
  const part = fc.constantFrom(
    ...[
      'a',
      'hub',
      'kind: A',
      ':',
      ': ',
      '- ',
      '? ',
      '\n',
      '\n  ',
      '\n    ',
      '\r\n',
      '\t',
      ' ',
      '"',
      "'",
      '{',
      '}',
    ],
    ...[
      '[',
      ']',
      ',',
      '# ',
      '|\n',
      '>-\n',
      '&x ',
      '*x',
      '<<: ',
      '!!str ',
      '---\n',
      '...',
      '%',
      '@',
      '`',
      '\uFEFF',
    ],
    ...[
      '{{ a }}',
      '{{- if a }}',
      '{{ end }}',
      '{{',
      '}}',
      '{% x %}',
      '{#',
      '#}',
      `$\{A}`,
      '$(',
      '$A',
      '<% a %>',
      '<a>',
    ],
    ...['1.10', '~', '\\\\', '\u2028', '\uD800', '{{ toYaml . | nindent 4 }}\n'],
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), parts => {
      const text = parts.join('');
      for (const fragment of readManifests(text, 'a')) {
        assert.ok(fragment.kind === 'manifest');
        for (const { site } of nodesOf(fragment.root))
          assert.ok(0 <= site.span.start && site.span.start <= site.span.end && site.span.end <= text.length);
        const insertion = yaml.insert(text, fragment, ['spec', 'hub'], 'x');
        assert.ok(insertion === undefined || insertion.newText.includes('x'));
      }
    }),
    { numRuns: 3000 },
  );
});

test('a plain value stands at its site as it is', () => {
  const value = fc.stringMatching(/^[a-z][a-z0-9:/.@-]{3,20}\d$/);
  fc.assert(
    fc.property(value, fc.nat(5), (text, blanks) => {
      const lines = show(`${head}a:${' '.repeat(blanks + 1)}${text}\nb: c\n`).split('\n');
      assert.deepEqual(lines.slice(2), [`a = "${text}"`, 'b = "c"']);
    }),
  );
});

test('aliases that would expand without end are left open', () => {
  const levels = Array.from(
    { length: 20 },
    (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
  );
  const [fragment] = readManifests(`${head}a0: &a0 x\n${levels.join('\n')}\ntag: b`, 'a');
  assert.ok(fragment?.kind === 'manifest');
  const nodes = nodesOf(fragment.root);
  assert.ok(nodes.length < 200_000, `${nodes.length} nodes`);
  assert.ok(nodes.some(node => node.kind === 'scalar' && node.text.kind === 'dynamic'));
});

for (const [name, text] of Object.entries({
  'brackets without end': 'a: [',
  'braces without end': '{a: ',
  'lists in lists': '- ',
  'quotes without end': '"a\n',
  'expressions without end': 'a: {{ b\n',
  'variables without end': '${',
  'blank lines': '\n',
}))
  test(`half a megabyte of ${name} takes less than five seconds`, () => {
    const start = performance.now();
    readManifests(head + text.repeat(500_000 / text.length), 'a');
    assert.ok(performance.now() - start < 5_000);
  });

const deep = `a: ${'['.repeat(1000)}${']'.repeat(1000)}`;

/** The kinds that are known not to have been read, with their API versions and the text at the anchor. */
const unread = (text: string): readonly string[] =>
  readManifests(text, 'a').flatMap(fragment => {
    if (fragment.kind !== 'manifest' || fragment.unread === undefined) return [];
    assert.deepEqual(fragment.root.entries, []);
    return `${fragment.apiVersion} ${text.slice(fragment.anchor.span.start, fragment.anchor.span.end)}`;
  });

test('a text that is nested deeper than any install says so, rather than half of it', () => {
  assert.match(show(`${head}a: ${'['.repeat(100)}${']'.repeat(100)}\nb: c`), /\nb = "c"$/);
  const [fragment] = readManifests(`${head}${deep}\nb: c`, 'a');
  assert.ok(fragment?.kind === 'manifest' && fragment.root.entries.length === 0);
  assert.match(fragment.unread ?? '', /^the document is nested more than 100 levels deep/);
});

test('an install of 40,000 lines is read, one that is far longer says that it is too long', () => {
  const lines = (count: number): string =>
    `${head}a:\n${'  - path: "a.b[0]" # c\n    value: d\n'.repeat(count / 2)}tag: b\n`;
  const [long] = readManifests(lines(40_000), 'a');
  assert.ok(long?.kind === 'manifest' && long.unread === undefined && long.root.entries.length === 3);
  const [tooLong] = readManifests(lines(200_000), 'a');
  assert.ok(tooLong?.kind === 'manifest');
  assert.match(tooLong.unread ?? '', /^the document is longer than Meshfit reads/);
});

test('what could not be read is named by what it plainly says it is', () => {
  const api = 'apiVersion: install.istio.io/v1alpha1\n';
  assert.deepEqual(unread(`${api}kind: "IstioOperator" # c\n${deep}`), [
    'install.istio.io/v1alpha1 IstioOperator',
  ]);
  assert.deepEqual(unread(`kind: ConfigMap\ndata: |\n  kind: IstioOperator\n${deep}`), [' ConfigMap']);
  assert.deepEqual(unread(`kind: {{ .IstioOperator }}\n${deep}`), []);
  assert.deepEqual(unread(`kind: List\nitems:\n- kind: IstioOperator\n  ${deep}`), [
    ' List',
    ' IstioOperator',
  ]);
  assert.deepEqual(unread(`[{"kind": "IstioOperator", "a": ${'['.repeat(1000)}`), [' IstioOperator']);
});

test('nothing is inserted in a text that could not be read', () => {
  const [fragment] = readManifests(head + deep, 'a');
  assert.ok(fragment);
  assert.equal(yaml.insert(head + deep, fragment, ['spec', 'hub'], 'x'), undefined);
});

test('aliases of a long text are read as those of a short one', () => {
  const [fragment] = readManifests(`${head}a: &a {b: c}\nd: [${'e,'.repeat(110_000)}]\nf: *a\n`, 'a');
  assert.equal(fragment?.kind === 'manifest' && nodeAt(fragment.root, ['f', 'b'])?.kind, 'scalar');
});
