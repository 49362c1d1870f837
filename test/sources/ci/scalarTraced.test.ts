import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Traced } from '../../../server/src/core/traced';
import { entryOf } from '../../../server/src/core/tree';
import { scalarTraced } from '../../../server/src/sources/ci/scalarTraced';
import { composeNodes } from '../../../server/src/sources/yaml/compose';
import { assertPointsAtItsText } from './pointsAt';

/** The value of the key `run`, checked to be written where it says. */
function runOf(text: string): Traced {
  const composed = composeNodes(text, 'file:///a.yaml');
  assert.ok(composed.kind === 'read');
  const value = entryOf(composed.nodes[0], 'run')?.value;
  assert.ok(value?.kind === 'scalar');
  const traced = scalarTraced(text, value);
  assertPointsAtItsText(traced, text);
  return traced;
}

/** Asserts that the value reads as the `yaml` package reads it, with either kind of line end. */
const reads = (name: string, text: string): void => {
  test(`${name} is read as YAML says`, () => {
    const expected: unknown = parse(text).run;
    assert.equal(runOf(text).raw, expected);
    assert.equal(runOf(text.replaceAll('\n', '\r\n')).raw, expected);
  });
};

reads('a plain scalar', 'run: istioctl install -y # now\n');
reads('a plain scalar over lines', 'run: istioctl install\n  --set a=b\n\n  -y\nb: c\n');
reads('a single-quoted scalar', "run: 'istioctl ''install''\n  -y'\n");
reads('a double-quoted scalar', 'run: "a \\"b\\"\\t\\x41\\u00e9\\U0001F600 \\\n   c\n  d\n\n  e \\/ \\\\"\n');
reads('a literal block', 'run: |\n  a \\\n    b\n\n  c\nd: e\n');
reads('a block without its line end', 'run: |-\n  a\n  b\n');
reads('a block with a comment behind its header', 'run: | # here\n  a\n  # b\n');
reads('a block with its indentation told', 'run: |2\n    a\n   b\n');
reads('a block that begins with blank lines', 'run: |\n\n  a\n  b\n');
reads('a folded block', 'run: >-\n  a\n  b\n\n  c\n    d\n    e\n\n    f\n  g\n\n\n  h\n');
reads('an empty block', 'run: |\nb: c\n');
reads('an empty value in quotes', 'run: ""\n');

test('the units of a literal block are those in the file', () => {
  const text = 'run: |\n  a\n  b\n';
  const { stretches } = runOf(text);
  assert.ok(stretches.every(({ exact }) => exact));
});

test('a word of a block is found where it is written', () => {
  const text = 'jobs:\n- &x !!str |1-\n    istioctl\nrun: >\n   a\n   istioctl\n';
  const { raw } = runOf(text);
  assert.equal(raw, 'a istioctl\n');
});

test('a block under a template line at column 0 keeps its indentation', () => {
  assert.equal(
    runOf('run: |\n{{- if .x }}\n  a\n{{- end }}\n  b\nc: d\n').raw,
    '{{- if .x }}\na\n{{- end }}\nb\n',
  );
});

test('a folded or literal block reads as YAML says, whatever its lines', () => {
  const line = fc.constantFrom('a', 'b c', '', '', '  d', '# e', '    f: g', '- h');
  fc.assert(
    fc.property(fc.constantFrom('|', '>', '|-', '>-'), fc.array(line), (style, lines) => {
      const text = `run: ${style}\n  x\n${lines.map(part => (part === '' ? '\n' : `  ${part}\n`)).join('')}`;
      assert.equal(runOf(text).raw, parse(text).run);
    }),
  );
});
