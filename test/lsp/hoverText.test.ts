import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChildCheck } from '../../server/src/core/fact';
import { hoverText } from '../../server/src/lsp/hoverText';
import { escapeMarkdown, inlineCode } from '../../server/src/lsp/markdown';
import { at, operator, planned } from '../meshes/istio/fixture';

const arm64 = { os: 'linux', architecture: 'arm64' };
const amd64 = { os: 'linux', architecture: 'amd64' };

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
  const text = hoverText({ site: plan.anchor, plan, images, gaps: [] }, [arm64], 0);
  assert.match(text, /h\/pilot:t`[^-]*istiod runs on amd64 nodes only, by its nodeSelector/);
  assert.doesNotMatch(text.replace(/- `h\/pilot[^-]*/, ''), /nodes only/);
  const elsewhere = hoverText({ site: plan.anchor, plan, images, gaps: [] }, [amd64], 0);
  assert.doesNotMatch(elsewhere, /nodes only/);
});

const child = { platform: arm64, digest: `sha256:${'1'.repeat(64)}` };

for (const [title, checked, shown] of [
  ['only the index', undefined, /✓ linux\/amd64 and linux\/arm64 {2}\n {2}Deployment\/istiod\n/],
  [
    'the images',
    [{ kind: 'agrees', ...child }],
    /istiod {2}\n {2}The images behind its index were read\\\.\n/,
  ],
  [
    'nothing of an image',
    [{ kind: 'unread', ...child, why: 'it broke off [x](y)' }],
    /The index lists linux\/arm64, but the image behind that could not be read: it broke off \\\[x\\\]/,
  ],
] as const satisfies readonly (readonly [string, readonly ChildCheck[] | undefined, RegExp])[])
  test(`the hover says who spoke, when, and that ${title} was read`, () => {
    const plan = planned(operator('profile: minimal'), at(20));
    const source = {
      kind: 'registry',
      by: 'the mirror a.example of docker.io',
      seen: 0,
      digest: `sha256:${'0'.repeat(64)}`,
      ...(checked && { checked }),
    } as const;
    const verdict = { kind: 'supported', available: [amd64, arm64], source } as const;
    const images = plan.images.slice(0, 1).map(use => ({ use, verdict }));
    const text = hoverText({ site: plan.anchor, plan, images, gaps: [] }, [], 3 * 3_600_000 + 60_000);
    assert.match(text, shown);
    assert.match(text, /_By the mirror a\\\.example of docker\\\.io, as of 3 h ago_$/);
  });
