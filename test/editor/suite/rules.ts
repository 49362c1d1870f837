import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import {
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  languages,
  type TextDocument,
  workspace,
} from 'vscode';
import { type FixtureFile, fixtureOf } from '../../support/fixture';
import { type Row, rules as rows, ways } from './documents';
import { codeOf, findingsOf, noFinding, open, quickFixesAt, write } from './example';
import type { Tests } from './index';
import { until } from './wait';

/** Every rule once, then every way to install. */
export const rules: Tests = Object.fromEntries([
  ...Object.entries(rows).map(([code, row]) => [
    `${code} shows at its text, and its quick fix does what it says`,
    () => shows(code, row),
  ]),
  ...Object.entries(ways).map(([way, row]) => [`an install by ${way} is checked`, () => shows(way, row)]),
]);

/** Opens a row's document, and compares what VS Code has of it: squiggles, tags, links, and the text after the fix. */
async function shows(name: string, row: Row): Promise<void> {
  const [file] = fixtureOf(row.document).files;
  const [first] = file?.expected ?? [];
  assert(file !== undefined && first !== undefined, 'a row has a file, and a finding in it');
  await write(`${name}/${file.name}`, file.text);
  const document = await open(`${name}/${file.name}`);
  if (row.verified === true) await commands.executeCommand('meshfit.verify');
  await findingsAt(document, file.expected);
  const diagnostic = findingsOf(document).find(found => codeOf(found) === first.code);
  assert(diagnostic !== undefined);
  assert.ok(diagnostic.message.includes(first.message), diagnostic.message);
  assert.equal(DiagnosticSeverity[diagnostic.severity].toLowerCase(), row.severity);
  assert.deepEqual(diagnostic.tags ?? [], row.greyed === true ? [DiagnosticTag.Unnecessary] : []);
  assert.match(pageOf(diagnostic), new RegExp(`/server/src/rules/${first.code}\\.md$`));
  if (row.leadsTo !== undefined) assert.equal(leadsTo(document, diagnostic), row.leadsTo);
  if (row.fix !== undefined) await fixes(document, diagnostic, row.fix);
  await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}

async function fixes(
  document: TextDocument,
  diagnostic: Diagnostic,
  { title, change: [from, to] }: NonNullable<Row['fix']>,
): Promise<void> {
  const before = document.getText();
  const actions = await quickFixesAt(document, diagnostic.range);
  const action = actions.find(offered => offered.title.includes(title));
  assert(action?.edit !== undefined, `offered: ${actions.map(offered => offered.title).join('; ')}`);
  assert.equal(await workspace.applyEdit(action.edit), true);
  assert.equal(document.getText(), before.replace(from, to));
  await noFinding(document, String(codeOf(diagnostic)));
}

/** Waits until the findings of `document` are of these rules and at these places, and are no others. */
function findingsAt(document: TextDocument, expected: FixtureFile['expected']): Promise<true> {
  const places = () =>
    findingsOf(document)
      .map(found =>
        placeText(codeOf(found), found.range.start.line, found.range.start.character, textAt(found)),
      )
      .sort();
  const textAt = ({ range }: Diagnostic): string => document.getText(range);
  const wanted = expected
    .map(({ code, line, start, end }) =>
      placeText(code, line, start, document.lineAt(line).text.slice(start, end)),
    )
    .sort();
  return until(
    `findings ${JSON.stringify(wanted)}`,
    languages.onDidChangeDiagnostics,
    () => (isDeepStrictEqual(places(), wanted) ? true : undefined),
    () => findingsOf(document),
  );
}

const placeText = (code: string | number | undefined, line: number, start: number, text: string): string =>
  `${line}:${start} ${text} ${code}`;

const pageOf = ({ code }: Diagnostic): string => (typeof code === 'object' ? code.target.toString() : '');

const leadsTo = (document: TextDocument, { relatedInformation = [] }: Diagnostic): string | undefined =>
  relatedInformation.map(({ location }) => document.getText(location.range))[0];
