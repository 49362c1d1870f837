import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ImageUse } from '../server/src/core/install';
import { readSettings } from '../server/src/core/settings';
import { textOf } from '../server/src/core/text';
import { defaults } from '../server/src/defaults';
import { createEngine } from '../server/src/engine';

const page = readFileSync('docs/how-istio-chooses-images.md', 'utf8');

/** An example: its language and text, and the lines of `VERSION  IMAGE…` below it. */
const examples = [...page.matchAll(/^```(yaml|sh)\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', text = '', lines = '']) => ({ language, text, lines: lines.trim().split('\n') }),
);

function imagesOf(language: string, text: string, istioVersion: string): readonly ImageUse[] {
  const { settings, problems } = readSettings({ istioVersion }, defaults);
  assert.deepEqual(problems, []);
  const uri = language === 'sh' ? 'file:///install.sh' : 'file:///install.yaml';
  const readFile = (reference: string) => ({ uri: reference, text: undefined });
  const { installs } = createEngine().plan({ uri, text }, { settings, readFile });
  assert.equal(installs.length, 1);
  return installs.flatMap(({ plan }) => plan.images);
}

test('every block of the page is part of an example', () => {
  assert.ok(examples.length >= 15);
  assert.equal(page.match(/^```\w/gm)?.length, examples.length * 2);
});

for (const { language, text, lines } of examples)
  test(`the page says what follows from ${text.trim().split('\n').slice(-2).join(' ').trim()}`, () => {
    let images: readonly ImageUse[] = [];
    for (const line of lines) {
      const [version = '', ...names] = line.split(/ +/);
      const when = version === 'pods' ? 'injection' : 'install';
      if (version !== 'pods') images = imagesOf(language, text, version);
      assert.deepEqual(
        images.filter(use => use.when === when).map(({ reference }) => textOf(reference)),
        names,
        version,
      );
    }
  });
