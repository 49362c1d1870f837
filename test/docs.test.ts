import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { settingNames } from '../server/src/core/settingNames';
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

const guides = readdirSync('docs').filter(name => name.endsWith('.md'));
const pages = ['README.md', 'CHANGELOG.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'].concat(
  guides.map(name => `docs/${name}`),
);

for (const page of pages)
  test(`the links of ${page} lead somewhere`, () => {
    for (const [, path = ''] of readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g))
      assert.ok(existsSync(join(dirname(page), path)), path);
  });

test('the README names every setting and every rule', () => {
  const readme = readFileSync('README.md', 'utf8');
  for (const name of Object.values(settingNames)) assert.ok(readme.includes(`| \`meshfit.${name}\` |`), name);
  for (const { code } of rules) assert.ok(readme.includes(`[${code}](${folder}/${code}.md)`), code);
});

test('every field of the output for programs is explained', () => {
  const page = readFileSync('docs/command-line.md', 'utf8');
  const golden = 'test/cli/golden';
  for (const name of readdirSync(golden).filter(file => file.endsWith('json.txt')))
    for (const [, field = ''] of readFileSync(`${golden}/${name}`, 'utf8').matchAll(/^ *"(\w+)": /gm))
      assert.ok(page.includes(`\`${field}\``) || field === 'version', `${field} in ${name}`);
});
