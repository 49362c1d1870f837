import assert from 'node:assert/strict';
import { activate, finding, findingsOf, hoverAt, open } from './example';
import type { Tests } from './index';

export const idle: Tests = {
  'files without an install do not start the language server': async () => {
    const { started } = await activate();
    for (const [name, word] of [
      ['plain.yaml', 'replicas'],
      ['plain.sh', 'kubectl'],
    ] as const) {
      const document = await open(name);
      assert.equal(await hoverAt(document, word), '');
      assert.deepEqual(findingsOf(document), []);
      assert.equal(started(), false, name);
    }
  },

  'a YAML file with an install starts the language server': async () => {
    const { started } = await activate();
    await finding(await open('istio-1.14.yaml'), 'platform-unsupported');
    assert.equal(started(), true);
  },
};
