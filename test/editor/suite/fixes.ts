import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { finding, noFinding, open, quickFixesAt } from './example';
import type { Tests } from './index';

export const fixes: Tests = {
  'the fix switches the hub, ends the finding and leaves the rest of the file as it was': async () => {
    const document = await open('istio-1.14.yaml');
    const before = document.getText();
    const { range } = await finding(document, 'platform-unsupported');
    const actions = await quickFixesAt(document, range);
    const action = actions.find(({ title }) => title.includes('ghcr.io/resf/istio'));
    assert(action?.edit !== undefined, `offered: ${actions.map(({ title }) => title).join('; ')}`);
    assert.equal(await workspace.applyEdit(action.edit), true);
    await noFinding(document, 'platform-unsupported');
    assert.equal(document.getText(), before.replace('hub: docker.io/istio', 'hub: ghcr.io/resf/istio'));
  },
};
