import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode';
import { finding, findingsOf, noFinding, open, replace } from './example';
import type { Tests } from './index';

export const findings: Tests = {
  'an image that has no build for the platform is an error at the tag': async () => {
    const document = await open('istio-1.14.yaml');
    const { range, severity, message } = await finding(document, 'platform-unsupported');
    assert.equal(document.getText(range), '1.14.1');
    assert.equal(severity, DiagnosticSeverity.Error);
    assert.match(message, /linux\/arm64/);
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
