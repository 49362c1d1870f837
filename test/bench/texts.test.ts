import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dockerfile, largeInstall, manyDocuments } from '../../bench/texts';
import { defaults } from '../../server/src/defaults';
import { createEngine } from '../../server/src/engine';

const settings = { ...defaults, network: 'off' } as const;
const readFile = (uri: string) => ({ uri, text: undefined });

const texts = [
  { text: largeInstall(200), lines: 200 },
  { text: manyDocuments('all', { count: 400, lines: 5000, isInstall: () => true }), lines: 5000 },
  { text: manyDocuments('none', { count: 400, lines: 5000, isInstall: () => false }), lines: 5000 },
];

for (const { text, lines } of texts)
  test(`${text.uri} is as long and holds as many installs as the bench says`, () => {
    assert.equal(text.text.split('\n').length - 1, lines);
    const { installs } = createEngine().plan(text, { settings, readFile });
    assert.equal(installs.length, text.installs);
  });

test('the cursor stands at the end of a line that holds a value', () => {
  for (const { text, cursor } of [...texts.map(({ text }) => text), dockerfile(200)]) {
    const line = text.split('\n')[cursor.line] ?? '';
    assert.match(line, /[:=] ?\S+$/);
    assert.equal(cursor.character, line.length);
  }
});

test('the cursor stands in a comment where the bench says so', () => {
  const { text, cursor } = largeInstall(200, 'comment');
  const line = text.split('\n')[cursor.line] ?? '';
  assert.match(line, /^ +# .*\w$/);
  assert.equal(cursor.character, line.length);
});
