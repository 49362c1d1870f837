import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rules } from '../server/src/rules/index';
import { check } from './support/check';

const folder = 'server/src/rules';

test('every rule has a page, and every page a rule', () => {
  const pages = readdirSync(folder).filter(name => name.endsWith('.md'));
  assert.deepEqual(pages.sort(), rules.map(({ code }) => `${code}.md`).sort());
});

for (const { code } of rules)
  test(`the examples of ${code}.md do what the page says`, async () => {
    const page = readFileSync(`${folder}/${code}.md`, 'utf8');
    let facts = '';
    let examples = 0;
    for (const [, language, body = ''] of page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)) {
      if (language === 'text') facts = body;
      else {
        examples += 1;
        await check(`${facts}--- example.yaml\n${body}`);
      }
    }
    assert.ok(examples >= 2, 'a page shows at least two examples');
  });
