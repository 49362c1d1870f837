import assert from 'node:assert/strict';
import { finding, hoverAt, open } from './example';
import type { Tests } from './index';

export const hovers: Tests = {
  'the hover of a tag lists images and their platforms': async () => {
    const document = await open('istio-1.14.yaml');
    await finding(document, 'platform-unsupported');
    const text = await hoverAt(document, '1.14.1');
    assert.match(text, /docker\.io\/istio\/pilot:1\.14\.1/);
    assert.match(text, /linux\/amd64/);
  },
};
