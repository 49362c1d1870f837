import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type OverlayOptions, overlay } from '../../server/src/core/overlay';
import { literal } from '../../server/src/core/text';
import type { Node } from '../../server/src/core/tree';

const patch: OverlayOptions = { lists: 'replace', nulls: 'remove' };
const byName: OverlayOptions = { lists: 'mergeByName', nulls: 'remove' };
const keepNulls: OverlayOptions = { lists: 'replace', nulls: 'keep' };

type Json = string | null | readonly Json[] | { readonly [key: string]: Json };

const rows: readonly [title: string, options: OverlayOptions, base: Json, over: Json, result: Json][] = [
  ['maps are merged', patch, { a: '1', b: { c: '2' } }, { b: { d: '3' } }, { a: '1', b: { c: '2', d: '3' } }],
  ['a scalar is replaced', patch, { a: '1' }, { a: '2' }, { a: '2' }],
  ['a map replaces a scalar', patch, { a: '1' }, { a: { b: '2' } }, { a: { b: '2' } }],
  ['a null removes', patch, { a: '1', b: '2' }, { a: null }, { b: '2' }],
  ['a null stays', keepNulls, { a: '1', b: '2' }, { a: null }, { a: null, b: '2' }],
  ['lists are replaced', patch, { a: ['1', '2'] }, { a: ['3'] }, { a: ['3'] }],
  [
    'items are merged by name',
    byName,
    { a: [{ name: 'x', k: '1' }, { name: 'y' }] },
    { a: [{ name: 'x', l: '2' }, { name: 'z' }] },
    { a: [{ name: 'x', k: '1', l: '2' }, { name: 'y' }, { name: 'z' }] },
  ],
  ['items without a name are added', byName, { a: ['1'] }, { a: ['2'] }, { a: ['1', '2'] }],
];

for (const [title, options, base, over, result] of rows)
  test(title, () => assert.deepEqual(plain(overlay(tree(base), tree(over), options)), result));

test('values keep the place they were written at', () => {
  const over = tree({ a: { b: '1' } });
  const result = overlay(tree({ a: { c: '2' } }), over, patch);
  assert.equal(at(at(result, 'a'), 'b'), at(at(over, 'a'), 'b'));
});

test('laying a tree on itself changes nothing', () => {
  const trees = fc.letrec<{ tree: Json }>(tie => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.array(tie('tree')),
      fc.dictionary(fc.string(), tie('tree'), { noNullPrototype: true }),
    ),
  })).tree;
  fc.assert(
    fc.property(trees, json => assert.deepEqual(plain(overlay(tree(json), tree(json), patch)), json)),
  );
});

test('a tree deeper than the stack is laid on another without harm', () => {
  let deep: Node = tree('1');
  for (let depth = 0; depth < 100_000; depth++)
    deep = { kind: 'map', entries: [{ key: 'a', keySite: site, value: deep }], site };
  assert.equal(overlay(deep, deep, byName).kind, 'map');
});

const site = { uri: 'file:///x', span: { start: 0, end: 0 } };

function tree(json: Json): Node {
  if (json === null) return { kind: 'scalar', text: literal(''), type: 'null', site };
  if (typeof json === 'string') return { kind: 'scalar', text: literal(json), type: 'string', site };
  if (isList(json)) return { kind: 'list', items: json.map(tree), site };
  const entries = Object.entries(json).map(([key, value]) => ({ key, keySite: site, value: tree(value) }));
  return { kind: 'map', entries, site };
}

const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

function plain(node: Node): Json {
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind === 'map')
    return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
  if (node.type === 'null') return null;
  return node.text.kind === 'literal' ? node.text.value : node.text.raw;
}

function at(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? node.entries.find(entry => entry.key === key)?.value : undefined;
}
