import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { plainText } from '../../server/src/registry/plainText';

test('text from the network becomes one short, harmless line', () => {
  assert.equal(plainText('a\u001b[31mb\r\n\tc\u202ed\u0000'), 'a [31mb c d');
  assert.equal(plainText('x'.repeat(1e6)).length, 200);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), text => {
      assert.doesNotMatch(plainText(text), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      assert.ok(plainText(text).length <= 200);
    }),
  );
});
