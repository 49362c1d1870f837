import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseToken } from '../../server/src/registry/token';

const now = 1e12;

/** The token and its lifetime in seconds, or why there is none. */
function read(body: string): string {
  const answer = parseToken(body, now);
  return answer.kind === 'token' ? `${answer.token} ${(answer.expires - now) / 1000}` : answer.why;
}

test('case 16: access_token wins over token, where it says anything', () => {
  assert.equal(read('{"token":"a","access_token":""}'), 'a 60');
  assert.equal(read('{"token":"a","access_token":"b","expires_in":300}'), 'b 300');
  assert.equal(read('{"token":"a","access_token":null}'), 'a 60');
});

const lifetimes = [
  ['-1', 60],
  ['0', 60],
  ['59', 60],
  ['1e308', 86_400],
  ['"600"', 60],
  ['null', 60],
] as const;

for (const [value, seconds] of lifetimes) {
  test(`case 16: expires_in: ${value} counts as ${seconds} seconds`, () => {
    assert.equal(read(`{"token":"a","expires_in":${value}}`), `a ${seconds}`);
  });
}

test('a token lives from when it was issued', () => {
  const issued = new Date(now - 10_000).toISOString();
  assert.equal(read(`{"token":"a","expires_in":100,"issued_at":"${issued}"}`), 'a 90');
  const future = new Date(now + 1e9).toISOString();
  for (const unsaid of ['0001-01-01T00:00:00Z', 'soon', future])
    assert.equal(read(`{"token":"a","expires_in":100,"issued_at":"${unsaid}"}`), 'a 100');
});

test('case 16: what is no token is not sent', () => {
  for (const body of [
    '{"token":{}}',
    '{"token":""}',
    '{"token":"a\\r\\nX: y"}',
    '{"token":"a b"}',
    '{}',
    '[1]',
  ])
    assert.equal(read(body), 'its answer holds no usable token');
  assert.equal(read('IAmNotJson'), 'its answer is not JSON');
  assert.equal(read('{"token":"a","expires_in":NaN}'), 'its answer is not JSON');
});

test('any text is read', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), text => void parseToken(text, now)));
});
