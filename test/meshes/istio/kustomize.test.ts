import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkFix, checkPlan } from '../../support/check';
import { manifest, planned, shown } from './fixture';

const kustomization = (...images: readonly string[]) =>
  manifest(`kind: Kustomization\nimages:\n${images.map(image => `  - ${image}\n`).join('')}# istio newTag\n`);

const rows: readonly (readonly [image: string, expected: readonly string[]])[] = [
  ['{ name: docker.io/istio/pilot, newTag: 1.20.1 }', ['docker.io/istio/pilot:1.20.1']],
  ['{ name: docker.io/istio/pilot, newName: h/x/istiod, newTag: "1.10" }', ['h/x/istiod:1.10']],
  ['{ name: istio/proxyv2, newName: h/proxyv2, newTag: t }', ['h/proxyv2:t']],
  ['{ name: docker.io/istio/install-cni, newTag: $TAG }', ['? docker.io/istio/install-cni:$TAG']],
  ['{ name: docker.io/istio/ztunnel, newTag: 1.24.0 }', ['docker.io/istio/ztunnel:1.24.0']],
];

for (const [image, expected] of rows)
  test(image, () => assert.deepEqual(planned(kustomization(image)).images.map(shown), expected));

test('other images, and those that only get a name or a digest, are none', () => {
  const images = [
    '{ name: redis, newTag: 1.0.0 }',
    '{ name: docker.io/istio/pilot, newName: h/pilot }',
    '{ name: docker.io/istio/pilot, newTag: a, digest: "sha256:0" }',
    '{ name: docker.io/istio/examples-bookinfo, newTag: 1.0.0 }',
    'istio',
  ];
  assert.throws(() => planned(kustomization(...images)), /no install/);
});

test('a file of that name says no kind', () =>
  checkPlan(
    `
--- kustomization.yaml
resources: [istiod.yaml]
images:
  - name: docker.io/istio/pilot
    newTag: 1.20.1
`,
    ['Deployment/istiod docker.io/istio/pilot:1.20.1'],
  ));

const file = (tag: string) => `
--- kustomization.yaml
kind: Kustomization
images:
  - name: docker.io/istio/pilot
    newTag: ${tag}
`;

test('what is wrong stands under the new tag, and is raised there', async () => {
  await check(`${file('1.14.1')}#           ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1\n`);
  await checkFix(file('1.14.1'), '1.15.7', file('1.15.7').replace('\n--- kustomization.yaml', ''));
});
