import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoverText } from '../../server/src/lsp/hoverText';
import { escapeMarkdown, inlineCode } from '../../server/src/lsp/markdown';
import { at, operator, planned } from '../meshes/istio/fixture';

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

test('what is kept to other nodes on purpose says by what, and is told apart from pods that are not', () => {
  const spec = 'components: {pilot: {enabled: true, k8s: {nodeSelector: {kubernetes.io/arch: amd64}}}}';
  const plan = planned(operator(spec), at(20));
  const images = plan.images.map(use => ({
    use,
    verdict:
      use.nodes === undefined
        ? ({ kind: 'pending' } as const)
        : ({ kind: 'unknown', because: 'x', decider: 'tag' } as const),
  }));
  const text = hoverText({ site: plan.anchor, plan, images, gaps: [] }, 0);
  assert.match(text, /h\/pilot:t`[^-]*istiod runs on amd64 nodes only, by its nodeSelector/);
  assert.doesNotMatch(text.replace(/- `h\/pilot[^-]*/, ''), /nodes only/);
});
