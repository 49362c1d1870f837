import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wordOf } from '../../../server/src/core/fragment';
import { textOf } from '../../../server/src/core/text';
import { joinTraced, tracedAt, tracedUnknown } from '../../../server/src/core/traced';
import type { Node } from '../../../server/src/core/tree';
import { assignValue, parseStrvals, type StrvalsFlag } from '../../../server/src/meshes/istio/strvals';

const wordAt = (raw: string) => wordOf(tracedAt(raw, { uri: 'f', span: { start: 0, end: raw.length } }));

/** The values that a flag sets, as plain data: numbers and strings apart, unknown text in angle brackets. */
function plain(node: Node): unknown {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
    case 'list':
      return node.items.map(plain);
    case 'scalar': {
      const raw = textOf(node.text);
      if (node.text.kind === 'dynamic') return `<${raw}>`;
      return { number: Number(raw), boolean: raw.toLowerCase() === 'true', null: null, string: raw }[
        node.type
      ];
    }
  }
}

function valuesOf(raw: string, flag: StrvalsFlag = 'set'): unknown {
  const assigned = parseStrvals(wordAt(raw), flag);
  const empty: Node = { kind: 'map', entries: [], site: { uri: 'f', span: { start: 0, end: 0 } } };
  return assigned && plain(assigned.reduce<Node>((values, one) => assignValue(values, one), empty));
}

// From helm pkg/strvals/parser_test.go and literal_parser_test.go, and from Helm's documentation of --set.
const rows: readonly (readonly [raw: string, values: unknown, flag?: StrvalsFlag])[] = [
  ['name1=null', { name1: null }],
  ['name1=value1', { name1: 'value1' }],
  ['name1=value1,name2=value2', { name1: 'value1', name2: 'value2' }],
  ['name1=value1,name2=value2,', { name1: 'value1', name2: 'value2' }],
  ['name1=,name2=value2', { name1: '', name2: 'value2' }],
  ['leading_zeros=00009', { leading_zeros: '00009' }],
  ['zero_int=0', { zero_int: 0 }],
  ['long_int=1234567890', { long_int: 1234567890 }],
  ['long_int_string=1234567890', { long_int_string: '1234567890' }, 'set-string'],
  ['boolean=true', { boolean: true }],
  ['boolean=true', { boolean: 'true' }, 'set-string'],
  ['is_null=null', { is_null: 'null' }, 'set-string'],
  ['tag=1.10', { tag: '1.10' }],
  ['tag=1.20', { tag: '1.20' }, 'set-string'],
  ['tag=2', { tag: 2 }],
  ['name1=one\\,two,name2=three\\,four', { name1: 'one,two', name2: 'three,four' }],
  ['name1=one\\=two,name2=three', { name1: 'one=two', name2: 'three' }],
  ['name1=one two three,name2=three two one', { name1: 'one two three', name2: 'three two one' }],
  ['outer.inner=value', { outer: { inner: 'value' } }],
  ['outer.middle.inner=value', { outer: { middle: { inner: 'value' } } }],
  ['outer.inner1=value,outer.inner2=value2', { outer: { inner1: 'value', inner2: 'value2' } }],
  ['name1={value1,value2}', { name1: ['value1', 'value2'] }],
  ['name1={value1,value2},name2=x', { name1: ['value1', 'value2'], name2: 'x' }],
  ['name1={}', { name1: [] }],
  ['name1={1021,902}', { name1: [1021, 902] }],
  ['list[0]=foo', { list: ['foo'] }],
  ['list[0].foo=bar', { list: [{ foo: 'bar' }] }],
  ['list[0].foo=bar,list[0].hello=world', { list: [{ foo: 'bar', hello: 'world' }] }],
  ['list[0]=foo,list[1]=bar', { list: ['foo', 'bar'] }],
  ['list[1]=bar', { list: [null, 'bar'] }],
  ['nested[0][0]=1', { nested: [[1]] }],
  ['noval[0]={}', { noval: [[]] }],
  ['nodeSelector.kubernetes\\.io/arch=arm64', { nodeSelector: { 'kubernetes.io/arch': 'arm64' } }],
  ['a=b=c', { a: 'b=c' }],
  ['name1=one\\,two', { name1: 'one\\,two' }, 'set-literal'],
  ['name1={a,b},c=d', { name1: '{a,b},c=d' }, 'set-literal'],
  ['name1', undefined],
  ['name1=value1,name2', undefined],
  ['=value', undefined],
  ['name1={value1', undefined],
  ['name1={a}b', undefined],
  ['list[0', undefined],
  ['list[a]=x', undefined],
  ['list[99999999]=x', undefined],
  ['.a=b', undefined],
  ['a..b=c', undefined],
];

for (const [raw, expected, flag = 'set'] of rows)
  test(`--${flag} ${raw}`, () => assert.deepEqual(valuesOf(raw, flag), expected));

test('nothing in a text that is not known is taken for syntax', () => {
  const at = (start: number, end: number) => ({ uri: 'f', span: { start, end } });
  const word = wordOf(
    joinTraced([
      tracedAt('hub=', at(0, 4)),
      tracedUnknown('{{ .a, .b }}', at(4, 16), 'it is a template'),
      tracedAt(',tag=1', at(16, 22)),
    ]),
  );
  const [hub, tag] = parseStrvals(word, 'set') ?? [];
  assert.equal(hub && plain(hub.value), '<{{ .a, .b }}>');
  assert.equal(tag && plain(tag.value), 1);
  assert.deepEqual(tag?.value.site.span, { start: 21, end: 22 });
});

test('whatever is written, it is read or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'a.,={}[]\\0 ') }), raw => {
      const assigned = parseStrvals(wordAt(raw), 'set');
      for (const { path } of assigned ?? []) assert.ok(path.length > 0);
    }),
  );
});

test('no index and no depth takes for ever', () => {
  const start = performance.now();
  for (const raw of [`a${'[65536]'.repeat(25)}=x`, `a${'[65536]'.repeat(5000)}=x`, `${'a.'.repeat(5000)}b=x`])
    valuesOf(Array.from({ length: 50 }, () => raw).join());
  assert.ok(performance.now() - start < 2000);
});

test('what has no special characters is set as it is', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  fc.assert(
    fc.property(name, fc.stringMatching(/^[a-z/.:-]{1,20}$/), (key, value) => {
      fc.pre(!/^(?:true|false|null)$/.test(value));
      assert.deepEqual(valuesOf(`${key}=${value}`), { [key]: value });
    }),
  );
});
