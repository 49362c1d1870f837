import assert from 'node:assert/strict';
import {
  type CodeAction,
  commands,
  type Diagnostic,
  type DocumentLink,
  type LocationLink,
  languages,
  type TextDocument,
  workspace,
} from 'vscode';
import { codeOf, findingsOf, hoverAt, open, positionOf, quickFixesAt } from './example';
import type { Tests } from './index';
import { until } from './wait';

export const scripts: Tests = {
  'a shell script without an install has no finding': async () => {
    assert.deepEqual(findingsOf(await open('plain.sh')), []);
  },

  'the version that a script downloads has the squiggle': async () => {
    const document = await open('install.sh');
    const { range } = await findingOn(document, 'ISTIO_VERSION=1.14.1');
    assert.equal(document.getText(range), '1.14.1');
  },

  'the hover of the command lists images and their platforms': async () => {
    const document = await open('install.sh');
    const text = await hoverAt(document, 'istioctl install --set');
    assert.match(text, /docker\.io\/istio\/pilot:1\.14\.1.*linux\/amd64/s);
  },

  'a quick fix raises the version where it is written, and changes nothing else': async () => {
    const document = await open('install.sh');
    const before = document.getText();
    const { range } = await findingOn(document, 'ISTIO_VERSION=1.14.1');
    await apply(await quickFixesAt(document, range), 'Move to Istio 1.15.7');
    assert.equal(document.getText(), before.replace('ISTIO_VERSION=1.14.1', 'ISTIO_VERSION=1.15.7'));
    await noFindingOn(document, 'ISTIO_VERSION=');
  },

  'in a heredoc a quick fix changes the variable that it uses': async () => {
    const document = await open('install.sh');
    const before = document.getText();
    const { range } = await findingOn(document, 'tag: 1.14.1');
    await apply(await quickFixesAt(document, range), 'ghcr.io/resf/istio');
    assert.equal(document.getText(), before.replace('HUB=docker.io/istio', 'HUB=ghcr.io/resf/istio'));
    await noFindingOn(document, 'tag: ');
  },

  'what a script leads to in another file is shown there': async () => {
    const operator = await open('istio-1.14.yaml');
    await open('install.sh');
    await findingOn(operator, 'tag: 1.14.1');
    assert.equal(findingsOf(operator).length, 1);
  },

  'the file that a script names is a link, and the definition of a variable is its value': async () => {
    const document = await open('install.sh');
    const links = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', document.uri);
    const link = links.find(({ target }) => target?.path.endsWith('/istio-1.14.yaml'));
    assert.ok(link, JSON.stringify(links));
    const definitions = await commands.executeCommand<LocationLink[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      positionOf(document, '$HUB').translate(0, 2),
    );
    assert.deepEqual(
      definitions.map(({ targetUri, targetRange }) => [targetUri.fsPath, document.getText(targetRange)]),
      [[document.uri.fsPath, 'docker.io/istio']],
    );
  },

  'Check This File works in a script': async () => {
    await open('install.sh');
    await commands.executeCommand('meshfit.check');
  },
};

/** Waits until `document` has an error of Meshfit on the line that holds `text`. */
const findingOn = (document: TextDocument, text: string): Promise<Diagnostic> =>
  until(
    `error on the line of ${text}`,
    languages.onDidChangeDiagnostics,
    () => errorsOn(document, text)[0],
    () => languages.getDiagnostics(document.uri),
  );

const noFindingOn = (document: TextDocument, text: string): Promise<true> =>
  until(
    `end of the error on the line of ${text}`,
    languages.onDidChangeDiagnostics,
    () => (errorsOn(document, text).length === 0 ? true : undefined),
    () => languages.getDiagnostics(document.uri),
  );

const errorsOn = (document: TextDocument, text: string): readonly Diagnostic[] =>
  findingsOf(document).filter(
    diagnostic =>
      codeOf(diagnostic) === 'platform-unsupported' &&
      diagnostic.severity === 0 &&
      document.lineAt(diagnostic.range.start.line).text.includes(text),
  );

async function apply(actions: readonly CodeAction[], title: string): Promise<void> {
  const action = actions.find(candidate => candidate.title.includes(title));
  assert(action?.edit !== undefined, `offered: ${actions.map(candidate => candidate.title).join('; ')}`);
  assert.equal(await workspace.applyEdit(action.edit), true);
}
