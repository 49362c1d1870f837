import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeMarkdown, inlineCode } from '../../server/src/lsp/markdown';

for (const [remote, shown] of [
  ['[x](command:workbench.action.quit)', String.raw`\[x\]\(command:workbench\.action\.quit\)`],
  ['<img onerror=x>', String.raw`&lt;img onerror=x\>`],
  ['\u001b[31mred\u202e', String.raw` \[31mred `],
  ['`code`', String.raw`\`code\``],
] as const)
  test(`what a registry says can't act inside a hover: ${JSON.stringify(remote)}`, () => {
    assert.equal(escapeMarkdown(remote), shown);
  });

test('inline code can not be left', () => {
  assert.equal(inlineCode('a`](x)`b'), '`a ](x) b`');
});
