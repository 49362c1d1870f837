import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkJson } from '../../server/src/cli/report/json';
import type { CheckReport, Reported } from '../../server/src/cli/report/model';
import { checkText } from '../../server/src/cli/report/text';
import type { Finding } from '../../server/src/core/finding';

const site = { uri: 'file:///a.yaml', span: { start: 0, end: 1 } };
const at = {
  file: 'a.yaml',
  uri: 'a.yaml',
  start: { line: 1, column: 1 },
  end: { line: 1, column: 2 },
  text: 'x',
};
const finding: Finding = {
  code: 'override-ignored',
  severity: 'hint',
  message: 'It has no effect.',
  site,
  related: [],
  images: [],
  evidence: 'text',
  install: site,
  tags: ['unnecessary'],
};
const recipes = [{ title: 'Build them', command: 'HUB=h\ndocker buildx build' }];
const reported: Reported = { finding, place: at, install: at, related: [], fixes: [], recipes };
const report: CheckReport = {
  root: 'file:///',
  findings: [reported],
  undecided: [],
  looked: 1,
  files: 1,
  installs: [{ name: 'IstioOperator', place: at, findings: [reported], undecided: [] }],
  images: 1,
  notes: [],
};

test('a hint is called one, and is counted; commands to copy stand below it', () =>
  assert.equal(
    checkText(report, false),
    [
      'a.yaml:1:1  hint  override-ignored',
      '  1 | x',
      '    | ^',
      '  It has no effect.',
      '  hint: Build them:',
      '    HUB=h',
      '    docker buildx build',
      '',
      'Checked 1 install with 1 image in 1 file: 1 hint.',
      '',
    ].join('\n'),
  ));

test('the JSON of a finding has the same members as ever', () => {
  const parsed = JSON.parse(checkJson(report)) as { findings: readonly object[] };
  assert.deepEqual(Object.keys(parsed.findings[0] ?? {}), [
    'code',
    'severity',
    'file',
    'line',
    'column',
    'endLine',
    'endColumn',
    'message',
    'images',
    'evidence',
    'install',
    'fixes',
  ]);
});
