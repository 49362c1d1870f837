import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { type FakeRegistry, fakeRegistry } from '../support/fakeRegistry';
import { startSession } from '../support/languageServer';

const uri = 'file:///workspace/istio.yaml';
const example = readFileSync('examples/istio-1.14.yaml', 'utf8');

/** A server that has an install open and waits for a registry that never answers. */
async function waiting(t: test.TestContext) {
  let arrived = (): void => {};
  const first = new Promise<void>(resolve => {
    arrived = resolve;
  });
  const fake = await fakeRegistry(t, () => () => arrived());
  const session = await startSession({ mirrors: { 'docker.io': `http://${fake.host}` } });
  await session.open(uri, example);
  await first;
  return { fake, session };
}

/** Waits until every connection is closed; the test's own time limit is the deadline. */
async function untilClosed(fake: FakeRegistry): Promise<void> {
  while (fake.connections() > 0) await new Promise(setImmediate);
}

const limit = { timeout: 20_000 };

test('case 44: closing a document closes the connections of its lookups', limit, async t => {
  const { fake, session } = await waiting(t);
  t.after(session.stop);
  await session.close(uri);
  await untilClosed(fake);
  assert.match(fake.log(), /manifests\/1\.14\.1/);
});

test(
  'case 44: a newer text closes the connections of the older one, and gets no answers of it',
  limit,
  async t => {
    const { fake, session } = await waiting(t);
    t.after(session.stop);
    await session.change(uri, 2, '# nothing to install any more\n');
    await untilClosed(fake);
    const { version, diagnostics } = await session.diagnostics(params => params.version === 2);
    assert.deepEqual([version, diagnostics], [2, []]);
  },
);

test('case 44: the server ends although requests are in flight', limit, async t => {
  const { fake, session } = await waiting(t);
  await session.stop();
  await untilClosed(fake);
});

test('case 44: settings that allow nobody to be asked end what is under way', limit, async t => {
  const { fake, session } = await waiting(t);
  t.after(session.stop);
  const textDocument = { uri };
  const verified = session.connection.sendRequest<string>('meshfit/verify', { textDocument });
  const hovered = session.connection.sendRequest('textDocument/hover', {
    textDocument,
    position: { line: 2, character: 2 },
  });
  await session.configure({ mirrors: { 'docker.io': `http://${fake.host}` }, network: 'off' });
  await untilClosed(fake);
  const asked = fake.seen.length;
  assert.match(await verified, /could not be read: the settings have changed/);
  await hovered;
  assert.equal(fake.seen.length, asked);
});
