import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { readNoProxy } from '../../server/src/registry/noProxy';

const rows: readonly (readonly [list: string, without: string, through: string])[] = [
  [
    '',
    'localhost x.localhost 127.0.0.1 127.9.9.9:5000 [::1]',
    'quay.io 10.0.0.1 128.0.0.1 localhost.example',
  ],
  ['*', 'quay.io 10.0.0.1 [2001:db8::1]', ''],
  [
    'example.com',
    'example.com a.example.com b.a.example.com example.com:5000',
    'badexample.com example.com.evil quay.io',
  ],
  ['.example.com', 'a.example.com b.a.example.com', 'example.com badexample.com'],
  ['*.example.com', 'a.example.com', 'example.com'],
  ['EXAMPLE.com:5000', 'example.com:5000 a.example.com:5000', 'example.com example.com:5001'],
  ['example.com:443', 'example.com', 'example.com:5000'],
  ['10.1.2.3', '10.1.2.3 10.1.2.3:5000', '10.1.2.4 10.1.2.33'],
  ['10.1.2.3:5000', '10.1.2.3:5000', '10.1.2.3'],
  ['10.0.0.0/8', '10.1.2.3 10.255.0.1:5000', '11.0.0.1 x10.example'],
  ['2001:db8::/32 [fd00::1]:5000', '[2001:db8::7] [fd00::1]:5000', '[2001:db9::7] [fd00::1]'],
  ['fd00::1', '[fd00::1] [fd00::1]:5000', '[fd00::2]'],
  ['a.example, b.example\tc.example,,', 'a.example b.example c.example', 'd.example'],
  ['10.0.0.0/99 . : /8 http://quay.io', '', 'quay.io 10.0.0.1'],
];

for (const [list, without, through] of rows) {
  test(`case 43: NO_PROXY=${list}`, () => {
    const bypass = readNoProxy(list);
    for (const host of without.split(' ').filter(Boolean))
      assert.ok(bypass(new URL(`https://${host}/`)), host);
    for (const host of through.split(' ').filter(Boolean))
      assert.ok(!bypass(new URL(`https://${host}/`)), host);
  });
}

test('a host is below its own domain only, whatever the list', () => {
  fc.assert(
    fc.property(fc.domain(), fc.domain(), (listed, asked) => {
      const below = asked === listed || asked.endsWith(`.${listed}`);
      assert.equal(readNoProxy(listed)(new URL(`https://${asked}/`)), below || asked.endsWith('.localhost'));
    }),
  );
});

test('no list makes it stumble', () => {
  fc.assert(fc.property(fc.string(), list => void readNoProxy(list)(new URL('https://quay.io/'))));
});
