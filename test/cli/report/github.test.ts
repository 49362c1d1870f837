import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkGithub } from '../../../server/src/cli/report/github';
import { printable } from '../../../server/src/core/words';
import { reportOf } from '../../support/report';

/** Reads a line as the runner does: actions/runner `ActionCommand.TryParseV2`. */
function runnerReads(line: string) {
  const [, command = '', properties = '', data = ''] = /^\s*::(\w+) (.*?)::(.*)$/s.exec(line) ?? [];
  const replaced = (text: string, pairs: readonly (readonly [string, string])[]) =>
    pairs.reduce((result, [from, to]) => result.replaceAll(from, to), text);
  const inData = [
    ['%0D', '\r'],
    ['%0A', '\n'],
  ] as const;
  const inProperties = [...inData, ['%3A', ':'], ['%2C', ',']] as const;
  const read = properties.split(',').map(property => {
    const [name = '', value = ''] = property.split(/=(.*)/s);
    return [name, replaced(value, [...inProperties, ['%25', '%']])];
  });
  return {
    command,
    data: replaced(data, [...inData, ['%25', '%']]),
    properties: Object.fromEntries(read) as Readonly<Record<string, string>>,
  };
}

const linesOf = (made: Parameters<typeof reportOf>[0]) => checkGithub(reportOf(made)).trimEnd().split('\n');

const text = fc.string({ unit: 'binary', minLength: 1 });
const dangerous = fc.oneof(text, fc.stringMatching(/^[%:,=\]\r\n0AD235CFBa ]+$/));

test('the runner reads every message as it is, and every file', () =>
  fc.assert(
    fc.property(dangerous, dangerous, (message, name) => {
      const file = `folder/${name}`;
      const [line = '', summary, ...more] = linesOf({ message, file });
      const { command, data, properties } = runnerReads(line);
      assert.deepEqual([command, data], ['error', printable(message)]);
      assert.deepEqual([properties.file, properties.line, properties.col], [file, '1', '1']);
      assert.match(summary ?? '', /^Checked 1 install/);
      assert.deepEqual(more, []);
    }),
  ));

test('what is no error or warning is a notice, and so is what could not be decided', () => {
  const commandOf = (made: Omit<Parameters<typeof reportOf>[0], 'message'>) =>
    runnerReads(linesOf({ message: 'It is so.', ...made })[0] ?? '').command;
  for (const [severity, command] of [
    ['error', 'error'],
    ['warning', 'warning'],
    ['information', 'notice'],
    ['hint', 'notice'],
  ] as const)
    assert.equal(commandOf({ severity }), command);
  assert.equal(commandOf({ undecided: true }), 'notice');
});

test('a text of several lines has no columns, which the runner would drop with a complaint', () => {
  const report = reportOf({ message: 'It is so.' });
  const [reported] = report.findings;
  assert.ok(reported);
  const place = { ...reported.place, end: { line: 3, column: 1 } };
  const [line = ''] = checkGithub({ ...report, findings: [{ ...reported, place }] }).split('\n');
  const { title, ...where } = runnerReads(line).properties;
  assert.deepEqual(where, { file: 'a.yaml', line: '1', endLine: '3' });
  assert.equal(title, 'Meshfit (image-invalid)');
});
