import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import { toCopyAction, toDiagnostic } from '../../server/src/lsp/convert';
import { overrideIgnored } from '../../server/src/rules/overrideIgnored';
import { at, operator, planned } from '../meshes/istio/fixture';

test('a value without effect is a hint that editors grey, with a link to the one that counts', () => {
  const plan = planned(operator('hub: a\nvalues: {global: {hub: b}}'), at(20));
  const [finding] = overrideIgnored.check(plan, {
    targets: [],
    judge: () => assert.fail('nothing is asked'),
    remark: () => assert.fail('nothing is asked'),
  });
  assert.ok(finding);
  const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const diagnostic = toDiagnostic(finding, { range: () => nowhere, version: () => null });
  assert.deepEqual(diagnostic.tags, [DiagnosticTag.Unnecessary]);
  assert.equal(diagnostic.severity, DiagnosticSeverity.Hint);
  assert.match(diagnostic.relatedInformation?.[0]?.message ?? '', /values\.global\.hub is used instead/);
});

test('a recipe is an action that changes nothing and hands its commands to the client', () => {
  const action = toCopyAction({ title: 'Build them', command: 'docker buildx build' }, []);
  assert.equal(action.title, 'Copy commands: build them');
  assert.equal(action.edit, undefined);
  assert.deepEqual(action.command?.arguments, ['docker buildx build']);
});
