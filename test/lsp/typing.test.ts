import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Fact } from '../../server/src/core/fact';
import { formatImage } from '../../server/src/core/image';
import { defaults } from '../../server/src/defaults';
import { createEngine } from '../../server/src/engine';
import { watch } from '../../server/src/lsp/watch';
import type { Facts } from '../../server/src/settle';

const example = readFileSync('examples/istio-1.14.yaml', 'utf8');
const tagAt = example.indexOf('1.14.1');

const everywhere: Fact = {
  kind: 'known',
  platforms: defaults.platforms,
  digest: `sha256:${'a'.repeat(64)}`,
  seen: Date.now(),
  by: 'docker.io',
};

/** A document that is open and answered, and whose time passes only as the test wants. */
async function opened(t: test.TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const known = new Map<string, Fact>();
  const asked: string[] = [];
  const facts: Facts = {
    peek: image => known.get(formatImage(image)) ?? { kind: 'pending' },
    async load(wanted) {
      for (const { image } of wanted) {
        asked.push(formatImage(image));
        known.set(formatImage(image), everywhere);
      }
    },
  };
  const world = {
    engine: createEngine(),
    context: { settings: defaults, readFile: (uri: string) => ({ uri, text: undefined }) },
    facts: { ...facts, explicitly: () => facts },
    copies: false,
    allows: false,
    verifies: false,
  };
  const own = watch(
    () => {},
    error => assert.fail(String(error)),
  );
  t.after(own.stop);
  const document = TextDocument.create('file:///istio.yaml', 'yaml', 1, example);
  own.changed(document, world, 'at once');
  const tags = () => [...new Set(asked.splice(0).map(name => name.slice(name.lastIndexOf(':') + 1)))];
  const pass = async (milliseconds: number) => {
    t.mock.timers.tick(milliseconds);
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    return tags();
  };
  assert.deepEqual(await pass(0), ['1.14.1']);
  const edit = (offset: number, length: number, text: string) => {
    const range = { start: document.positionAt(offset), end: document.positionAt(offset + length) };
    TextDocument.update(document, [{ range, text }], document.version + 1);
    own.changed(document, world, 'when idle');
  };
  const type = async (offset: number, text: string, milliseconds: number) => {
    const seen: string[] = [];
    for (const [index, letter] of [...text].entries()) {
      edit(offset + index, 0, letter);
      seen.push(...(await pass(milliseconds)));
    }
    return seen;
  };
  return { edit, type, pass, save: () => own.changed(document, world, 'at once') };
}

test('a tag that is typed letter by letter is asked for once, when it is complete', async t => {
  const { edit, type, pass } = await opened(t);
  edit(tagAt, 6, '');
  assert.deepEqual(await type(tagAt, '1.20.0', 100), []);
  assert.deepEqual(await pass(400), []);
  assert.deepEqual(await pass(1000), []);
  assert.deepEqual(await pass(100), ['1.20.0']);
});

test('thinking between two letters asks for nothing', async t => {
  const { edit, type, pass } = await opened(t);
  edit(tagAt, 6, '');
  assert.deepEqual(await type(tagAt, '1.20.0', 1400), []);
  assert.deepEqual(await pass(1100), ['1.20.0']);
});

test('taking letters away asks for nothing either', async t => {
  const { edit, pass } = await opened(t);
  for (let length = 6; length > 4; length -= 1) {
    edit(tagAt + length - 1, 1, '');
    assert.deepEqual(await pass(600), []);
  }
});

test('a tag that is pasted is asked for after a short rest', async t => {
  const { edit, pass } = await opened(t);
  edit(tagAt, 6, '1.20.0');
  assert.deepEqual(await pass(399), []);
  assert.deepEqual(await pass(1), ['1.20.0']);
});

test('typing elsewhere says that the tag is complete', async t => {
  const { edit, type, pass } = await opened(t);
  edit(tagAt + 5, 1, '2');
  assert.deepEqual(await pass(100), []);
  await type(2, 'a', 0);
  assert.deepEqual(await pass(400), ['1.14.2']);
});

test('a document that is saved is asked for at once', async t => {
  const { edit, save, pass } = await opened(t);
  edit(tagAt + 5, 1, '2');
  save();
  assert.deepEqual(await pass(0), ['1.14.2']);
});
