import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver/node';
import { startSession } from '../support/languageServer';

const uri = 'file:///workspace/istio.yaml';
const text = readFileSync('examples/istio-1.14.yaml', 'utf8').replace(
  'docker.io/istio',
  'evil.example:22/istio',
);

async function actionsFor(t: import('node:test').TestContext, settings: object, options: object) {
  const session = await startSession(settings, undefined, options);
  t.after(session.stop);
  await session.open(uri, text);
  const { diagnostics } = await session.diagnostics(
    params => params.diagnostics[0]?.code === 'could-not-check',
  );
  const range = diagnostics[0]?.range;
  return session.connection.sendRequest<readonly CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range,
    context: { diagnostics },
  });
}

test('a registry that only the file names is offered to be allowed, with its host', async t => {
  const actions = await actionsFor(t, {}, { allows: true });
  const [allow, ...others] = actions.filter(({ command }) => command?.command === 'meshfit.allowRegistry');
  assert.equal(allow?.title, 'Allow Meshfit to ask evil.example:22 …');
  assert.deepEqual(allow?.command?.arguments, ['evil.example:22']);
  assert.equal(allow?.edit, undefined);
  assert.deepEqual(others, []);
});

test('an editor that can not ask the user is offered nothing of the kind', async t => {
  assert.deepEqual(await actionsFor(t, {}, {}), []);
});

test('without a network there is nothing to allow', async t => {
  for (const settings of [{ network: 'off' }, {}])
    assert.deepEqual(
      await actionsFor(t, settings, { allows: true, trusted: settings.network === 'off' }),
      [],
    );
});
