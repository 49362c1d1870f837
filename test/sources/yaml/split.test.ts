import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mayHold, split } from '../../../server/src/sources/yaml/split';

const chunks = (text: string): readonly string[] => split(text).map(chunk => chunk.text);
const a = 'kind: IstioOperator\n';

test('only the documents that may hold an install', () =>
  assert.deepEqual(split(`kind: A\n---\n${a}---\nkind: B\n`), [{ start: 8, text: `---\n${a}` }]));

for (const marker of ['---', '--- # comment', '--- |', '---\t', '---\r', '...'])
  test(`a document ends at ${JSON.stringify(marker)}`, () =>
    assert.equal(chunks(`${a}${marker}\n${a}`).length, 2));

for (const line of ['----', '---a', '....', ' ---', '-- -'])
  test(`a document goes on at ${JSON.stringify(line)}`, () =>
    assert.deepEqual(chunks(`${a}${line}\n${a}`), [`${a}${line}\n${a}`]));

test('a marker within block text is one only at the start of a line', () => {
  assert.equal(chunks(`x: |\n  ---\n${a}`).length, 1);
  assert.deepEqual(chunks(`x: |\n---\n${a}`), [`---\n${a}`]);
});

test('directives and comments belong to the document that follows', () => {
  assert.deepEqual(chunks(`\uFEFF# c\n%YAML 1.1\n---\n${a}`), [`\uFEFF# c\n%YAML 1.1\n---\n${a}`]);
  assert.deepEqual(chunks(`${a}...\n%TAG ! x\n---\n${a}`), [`${a}...\n`, `%TAG ! x\n---\n${a}`]);
});

test('every chunk stands in the text where it says, and no install is lost', () => {
  const line = fc.constantFrom(
    a,
    '---\n',
    '...\n',
    '# c\n',
    '%YAML 1.1\n',
    'x: y\n',
    '\r\n',
    '--- install.istio.io\n',
  );
  fc.assert(
    fc.property(fc.array(line), lines => {
      const text = lines.join('');
      const found = split(text);
      for (const chunk of found)
        assert.equal(text.slice(chunk.start, chunk.start + chunk.text.length), chunk.text);
      const count = (part: string): number => part.split(/IstioOperator|install\.istio\.io/).length - 1;
      assert.equal(
        found.reduce((sum, chunk) => sum + count(chunk.text), 0),
        count(text),
      );
    }),
  );
});

test('what may hold an install', () => {
  assert.ok(mayHold('apiVersion: {{ x }}\nkind: "IstioOperator"'));
  assert.ok(mayHold('{"apiVersion":"install.istio.io/v1alpha1"}'));
  assert.ok(mayHold('run: istioctl install'));
  assert.ok(mayHold('env: {ISTIOCTL_VERSION: 1.14.1}'));
  assert.ok(!mayHold('kind: Gateway\napiVersion: networking.istio.io/v1'));
});
