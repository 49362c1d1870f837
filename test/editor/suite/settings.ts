import assert from 'node:assert/strict';
import { ConfigurationTarget, workspace } from 'vscode';
import { finding, noFinding, open } from './example';
import type { Tests } from './index';

export const settings: Tests = {
  'a folder’s own settings can’t say where registries are': async () => {
    const mirrors = workspace.getConfiguration('meshfit').inspect('mirrors');
    assert.equal(mirrors?.workspaceValue, undefined);
    assert.notEqual(mirrors?.globalValue, undefined);
  },

  'another platform in the folder’s settings checks open files again': async () => {
    const document = await open('istio-1.14.yaml');
    await finding(document, 'platform-unsupported');
    const section = workspace.getConfiguration('meshfit');
    await section.update('platforms', ['linux/amd64'], ConfigurationTarget.Workspace);
    await noFinding(document, 'platform-unsupported');
    await section.update('platforms', undefined, ConfigurationTarget.Workspace);
    await finding(document, 'platform-unsupported');
  },
};
