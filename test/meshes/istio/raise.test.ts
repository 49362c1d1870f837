import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixesOf } from '../../../server/src/core/fix';
import { applyEdits } from '../../../server/src/core/text';
import { judge } from '../../../server/src/core/verdict';
import { istio } from '../../../server/src/meshes/istio/index';
import { planned, scripted } from './fixture';

const targets = [{ os: 'linux', architecture: 'arm64' }];

/** The script after the first fix whose title holds `title`, by the release facts alone. */
function fixed(script: string, title: string): string | undefined {
  const plan = planned(scripted(script));
  const judging = {
    targets,
    released: istio.released,
    ask: () => ({ kind: 'offline', network: 'off' }) as const,
  };
  const fixes = fixesOf(plan, {
    targets,
    judge: use => judge(use, judging),
    verify: use => judge(use, judging),
    remedies: atFault => istio.remedies(plan, { hubs: [] }, targets, atFault),
    insert: ({ words }) => ({ ...plan.anchor, span: endOf(script), newText: ` ${words.join(' ')}` }),
    replan: edits => ({ plan: planned(scripted(applyEdits(script, edits))), alsoChanged: [] }),
  });
  const fix = fixes.find(candidate => candidate.title.startsWith(title));
  return fix && applyEdits(script, fix.edits);
}

const endOf = ({ length }: string) => ({ start: length, end: length });

const raised: readonly [before: string, after: string][] = [
  ['ISTIO_VERSION=1.14.1\nistioctl install', 'ISTIO_VERSION=1.15.7\nistioctl install'],
  [
    'curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 sh -\ncd istio-1.14.1\nbin/istioctl install',
    'curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.15.7 sh -\ncd istio-1.15.7\nbin/istioctl install',
  ],
  [
    'curl -L https://x.example/releases/download/1.14.1/istioctl-1.14.1-linux-amd64.tar.gz\nistioctl install',
    'curl -L https://x.example/releases/download/1.15.7/istioctl-1.15.7-linux-amd64.tar.gz\nistioctl install',
  ],
  [
    'V=1.14.1\ncurl -L https://x.example/istio-$V-linux-amd64.tar.gz\nistio-$V/bin/istioctl install',
    'V=1.15.7\ncurl -L https://x.example/istio-$V-linux-amd64.tar.gz\nistio-$V/bin/istioctl install',
  ],
  // The one text is a written tag, and tells the version that the other images come with.
  [
    'ISTIO_VERSION=1.14.1\nistioctl install --set components.pilot.tag=$ISTIO_VERSION',
    'ISTIO_VERSION=1.15.7\nistioctl install --set components.pilot.tag=$ISTIO_VERSION',
  ],
];

for (const [before, after] of raised)
  test(`one fix raises the version everywhere: ${before.replaceAll('\n', '; ')}`, () =>
    assert.equal(fixed(before, 'Move to Istio 1.15.7 '), after));

test('a version that is told without its patch is not raised', () =>
  assert.equal(fixed('istioctl-1.14 install', 'Move'), undefined));
