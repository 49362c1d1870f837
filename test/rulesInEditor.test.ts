import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { type Row, registries, rules, ways } from './editor/suite/documents';
import { check, checkFix } from './support/check';
import { fixtureOf } from './support/fixture';

test('the tests in a real VS Code have a document for every rule', () => {
  const pages = readdirSync('server/src/rules').filter(name => name.endsWith('.md'));
  assert.deepEqual(
    Object.keys(rules).sort(),
    pages.map(name => name.replace(/\.md$/, '')),
  );
});

for (const [name, row] of Object.entries({ ...rules, ...ways }))
  test(`what they expect of ${name} holds without an editor, too`, async () => {
    const source = `${row.verified === true ? 'verify: yes' : ''}\n${registries}${row.document}`;
    await check(source);
    if (row.fix !== undefined) await checkFix(source, row.fix.title, afterFix(row, row.fix));
  });

function afterFix({ document }: Row, { change: [from, to] }: NonNullable<Row['fix']>): string {
  const text = fixtureOf(document).files[0]?.text ?? '';
  assert.ok(text.includes(from), text);
  return text.replace(from, to);
}
