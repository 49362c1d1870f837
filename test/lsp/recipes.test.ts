import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver/node';
import { startSession } from '../support/languageServer';

const uri = 'file:///workspace/istio.yaml';
const text = 'kind: IstioOperator\nspec:\n  tag: 1.20.0\n';

for (const [copies, expected] of [
  [true, ['meshfit.copy']],
  [false, []],
] as const)
  test(`commands are offered only to a client that can copy them: ${copies}`, async t => {
    const settings = { network: 'off', platforms: ['linux/s390x'] };
    const session = await startSession(settings, undefined, { copies });
    t.after(session.stop);
    await session.open(uri, text);
    await session.diagnostics(({ diagnostics }) => diagnostics.length > 0);
    const at = { line: 2, character: 9 };
    const actions = await session.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: at, end: at },
      context: { diagnostics: [] },
    });
    assert.deepEqual(
      actions.flatMap(({ command }) => command?.command ?? []),
      expected,
    );
  });
