import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseChallenges } from '../../server/src/registry/challenge';

/** `scheme key=value …`, one per challenge. */
const read = (...lines: readonly string[]): readonly string[] =>
  parseChallenges(lines).map(({ scheme, parameters }) =>
    [scheme, ...[...parameters].map(([name, value]) => `${name}=${value}`)].join(' '),
  );

test('case 18: several challenges, in one line or in several', () => {
  const expected = ['bearer realm=https://a.example/t scope=*', 'basic realm=x'];
  assert.deepEqual(read('Bearer realm="https://a.example/t",scope="*",Basic realm="x"'), expected);
  assert.deepEqual(read('BEARER Realm = "https://a.example/t" , scope=*', 'bAsIc realm=x'), expected);
});

test('case 18: commas, escapes and emptiness in quoted values', () => {
  assert.deepEqual(read('Bearer a="x,y \\"z\\\\",b="",a=again'), ['bearer a=x,y "z\\ b=']);
});

test('case 18: schemes with a bare token or with nothing', () => {
  assert.deepEqual(read('Negotiate abc==, Basic, Bearer realm=x'), ['negotiate', 'basic', 'bearer realm=x']);
  assert.deepEqual(read(''), []);
});

test('a comma that is missing changes nothing', () => {
  assert.deepEqual(read('Bearer realm="https://a.example" service="x" Basic realm=y'), [
    'bearer realm=https://a.example service=x',
    'basic realm=y',
  ]);
});

test('case 18: what was complete before a malformed part is kept', () => {
  assert.deepEqual(read('Bearer realm="https://a.example",service="x'), ['bearer realm=https://a.example']);
  assert.deepEqual(read('realm="x"'), []);
});

test('any line is read, and a long one at once', () => {
  fc.assert(fc.property(fc.array(fc.string()), lines => void parseChallenges(lines)));
  for (const part of ['a', 'a=', '"', 'a="\\', 'a=b,', 'a ', ',', 'a="b",', '\\"']) {
    const start = performance.now();
    parseChallenges([`Bearer ${part.repeat(65_536 / part.length)}`, part.repeat(65_536 / part.length)]);
    assert.ok(performance.now() - start < 1000, part);
  }
});
