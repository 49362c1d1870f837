import assert from 'node:assert/strict';
import { activate, finding, findingsOf, hoverAt, open } from './example';
import type { Tests } from './index';

export const idle: Tests = {
  'a YAML file without an install does not start the language server': async () => {
    const document = await open('plain.yaml');
    const { started } = await activate();
    assert.equal(await hoverAt(document, 'replicas'), '');
    assert.deepEqual(findingsOf(document), []);
    assert.equal(started(), false);
  },

  'a YAML file with an install starts the language server': async () => {
    const { started } = await activate();
    await finding(await open('istio-1.14.yaml'), 'platform-unsupported');
    assert.equal(started(), true);
  },
};
