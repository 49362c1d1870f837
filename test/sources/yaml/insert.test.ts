import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { readManifests } from '../../../server/src/sources/yaml/manifests';
import { yaml } from '../../../server/src/sources/yaml/yaml';

/** The chunk after `value` was inserted under `path` of its first manifest; `undefined` where there is no place. */
function inserted(chunk: string, path: string, value = 'x'): string | undefined {
  const fragment = readManifests(chunk, 'file:///a')[0];
  assert.ok(fragment, 'the text holds no manifest');
  const insertion = yaml.insert(chunk, fragment, path.split('.'), value);
  if (insertion === undefined) return undefined;
  return chunk.slice(0, insertion.span.start) + insertion.newText + chunk.slice(insertion.span.end);
}

const inserts = (name: string, before: string, after: string, path = 'spec.hub'): void => {
  test(name, () => assert.equal(inserted(`kind: A\n${before}`, path), `kind: A\n${after}`));
};
const refuses = (name: string, text: string, path = 'spec.hub'): void => {
  test(name, () => assert.equal(inserted(`kind: A\n${text}`, path), undefined));
};

inserts('first in the map, above its comments', 'spec:\n  # b\n  c: d\n', 'spec:\n  hub: x\n  # b\n  c: d\n');
inserts('at the map’s own indentation', 'spec:\n    c: d', 'spec:\n    hub: x\n    c: d');
inserts(
  'with the levels that are missing',
  'spec:\n   c: d',
  'spec:\n   values:\n      global:\n         hub: x\n   c: d',
  'spec.values.global.hub',
);
inserts('with the line ends of the text', 'spec:\r\n  c: d\r\n', 'spec:\r\n  hub: x\r\n  c: d\r\n');
inserts('below a key without a value', 'spec: # b\nc: d\n', 'spec: # b\n  hub: x\nc: d\n');
inserts('below a key at the end of the text', 'spec:', 'spec:\n  hub: x');
inserts('behind a key without a value', 'spec:\n  hub:\n', 'spec:\n  hub: x\n');
inserts('behind a key, before a comment', 'spec:\n  hub: # b\n', 'spec:\n  hub: x # b\n');
inserts('in place of null', 'spec: ~\n', 'spec: {hub: x}\n');
inserts('in empty braces', 'spec: {}\n', 'spec: {hub: x}\n');
inserts('in braces', 'spec: { c: d }\n', 'spec: { hub: x, c: d }\n');
inserts('in braces over several lines', 'spec: {\n  c: d\n}', 'spec: {\n  hub: x,\n  c: d\n}');
inserts('at the end of the document', 'b: c\n\n# d\n', 'b: c\nspec:\n  hub: x\n\n# d\n');
inserts('at the end of a text without a line end', 'b: |\n  c', 'b: |\n  c\nspec:\n  hub: x');
inserts('before the end marker', 'b: c\n...\n', 'b: c\nspec:\n  hub: x\n...\n');
inserts(
  'outside of a branch',
  'spec:\n  {{- if a }}\n  b: c\n  {{- end }}\n',
  'spec:\n  hub: x\n  {{- if a }}\n  b: c\n  {{- end }}\n',
);

refuses('a key that is set', 'spec:\n  hub: a\n');
refuses('a place that an alias fills', 'a: &a {b: c}\nspec: *a\n');
refuses('a place that came through a merge', 'a: &a {spec: {b: c}}\n<<: *a\n');
refuses('a map that others share', 'spec: &a {b: c}\nd: *a\n');
refuses('a map that a template fills', 'spec:\n  {{- toYaml .Values.spec | nindent 2 }}\n  b: c\n');
refuses('a value that a template fills', 'spec: {{ toJson .Values.spec }}\n');
refuses(
  'a key that a template may set',
  'spec:\n  {{ if a }}\n  hub: b\n  {{ else }}\n  hub: c\n  {{ end }}\n',
);
refuses('text indented by tabs', 'spec:\n\tb: c\n');
refuses('text in place of a map', 'spec: a\n');

test('in JSON', () => {
  assert.equal(inserted('{"kind": "A"}', 'spec.hub'), '{"kind": "A", "spec": {"hub": "x"}}');
  assert.equal(
    inserted('{\n  "kind": "A",\n  "spec": {}\n}', 'spec.hub'),
    '{\n  "kind": "A",\n  "spec": {"hub": "x"}\n}',
  );
  assert.equal(inserted('{"kind": "A", "spec": null}', 'spec.hub'), '{"kind": "A", "spec": {"hub": "x"}}');
});

for (const value of [
  '1.10',
  'yes',
  '',
  '1e3',
  '~',
  '- a',
  'a: b',
  'a #b',
  '{a}',
  '@a',
  '*a',
  '...',
  'a:',
  '"',
])
  test(`${JSON.stringify(value)} is written so that it stays a text`, () =>
    assert.equal(parse(inserted('kind: A\nspec:\n  b: c\n', 'spec.hub', value) ?? '').spec.hub, value));

test('another reader finds the value, and everything else as it was', () => {
  const leaf = fc.oneof(fc.constantFrom('a', 1, true, null, 'x: y', '', 'two\nlines\n', 'k8s #1'));
  const tree = fc.letrec(tie => ({
    node: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('node'), { maxLength: 3 }), tie('map')),
    map: fc.dictionary(fc.constantFrom('spec', 'values', 'hub', 'b', 'c d'), tie('node'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  }));
  const shape = fc.record({
    tree: tree.map,
    flow: fc.boolean(),
    indent: fc.integer({ min: 2, max: 4 }),
    crlf: fc.boolean(),
  });
  const path = fc.constantFrom('spec.hub', 'spec.values.hub', 'hub', 'spec.values.b.hub');
  let placed = 0;
  fc.assert(
    fc.property(shape, path, ({ tree: content, flow, indent, crlf }, at) => {
      const value = { kind: 'A', ...(content as object) };
      const collectionStyle = flow ? 'flow' : 'any';
      const lines = stringify(value, { indent, collectionStyle, lineWidth: 0, aliasDuplicateObjects: false });
      const text = crlf ? lines.replaceAll('\n', '\r\n') : lines;
      const result = inserted(text, at, '1.10');
      if (result === undefined) return;
      placed += 1;
      assert.deepEqual(parse(result), withValue(value, at.split('.'), '1.10'));
    }),
    { numRuns: 500 },
  );
  assert.ok(placed > 200, `only ${placed} of 500 texts had a place`);
});

/** A copy with `value` at `path`; null on the way becomes a map. */
function withValue(map: object | null, [key = '', ...rest]: readonly string[], value: string): object {
  const inner = Object.entries(map ?? {}).find(([name]) => name === key)?.[1];
  return { ...map, [key]: rest.length === 0 ? value : withValue(inner ?? null, rest, value) };
}
