import assert from 'node:assert/strict';
import { test } from 'node:test';
import { istio } from '../../server/src/meshes/istio/index';
import { files, scripted } from '../meshes/istio/fixture';
import { check } from '../support/check';

for (const [command, carets] of [
  ['istioctl operator init --hub=x', '#        ^^^^^^^^^^^^^'],
  ['istioctl operator remove --purge', '#        ^^^^^^^^^^^^^^^'],
  ['istioctl -n istio-system profile diff default demo', '#                        ^^^^^^^^^^^^'],
  ['bin/istioctl manifest diff a.yaml b.yaml', '#            ^^^^^^^^^^^^^'],
] as const)
  test(`${command} is an error from 1.24 on`, () =>
    check(`
--- run.sh
ISTIO_VERSION=1.24.0
${command}
${carets} command-removed: 1.23 was the last version with it
`));

for (const command of ['istioctl profile list', 'istioctl operator dump', 'istioctl manifest diff a b'])
  for (const version of ['', 'ISTIO_VERSION=1.23.6\n'])
    test(`${version.trim()} ${command} is no install, and nothing is wrong with it`, () => {
      const fragment = scripted(version + command);
      assert.equal(istio.plan(fragment, { hubs: [] }, files({})), undefined);
    });
