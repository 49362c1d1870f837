import assert from 'node:assert/strict';
import { DiagnosticSeverity, workspace } from 'vscode';
import { codeOf, finding, findingsOf, noFinding, open, replace } from './example';
import type { Tests } from './index';

export const findings: Tests = {
  'an image that has no build for the platform is an error at the tag, by the registry’s word': async () => {
    const document = await open('istio-1.14.yaml');
    const { range, message } = await finding(document, 'platform-unsupported', DiagnosticSeverity.Error);
    assert.equal(document.getText(range), '1.14.1');
    assert.match(message, /not for linux\/arm64/);
  },

  'a registry that may not be asked is a hint, not an error': async () => {
    const document = await open('private-mirror.yaml');
    const { message } = await finding(document, 'could-not-check', DiagnosticSeverity.Hint);
    assert.match(message, /registry\.example\.com/);
    assert.deepEqual(findingsOf(document).map(codeOf), ['could-not-check']);
  },

  'a text that was never saved is checked too': async () => {
    const { getText } = await open('istio-1.14.yaml');
    const unsaved = await workspace.openTextDocument({ language: 'yaml', content: getText() });
    const { range } = await finding(unsaved, 'platform-unsupported', DiagnosticSeverity.Error);
    assert.equal(unsaved.getText(range), '1.14.1');
  },

  'a finding goes and comes back while the text is edited': async () => {
    const document = await open('istio-1.14.yaml');
    await finding(document, 'platform-unsupported');
    await replace(document, 'hub: docker.io/istio', 'hub: ghcr.io/resf/istio');
    await noFinding(document, 'platform-unsupported');
    await replace(document, 'hub: ghcr.io/resf/istio', 'hub: docker.io/istio');
    await finding(document, 'platform-unsupported');
  },

  'a YAML file without an install has no finding': async () => {
    assert.deepEqual(findingsOf(await open('plain.yaml')), []);
  },
};
