import assert from 'node:assert/strict';
import {
  type CodeAction,
  commands,
  type Diagnostic,
  type DiagnosticSeverity,
  extensions,
  type Hover,
  languages,
  type Position,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { until } from './wait';

/** What `activate` of the extension returns. */
interface Api {
  readonly started: () => boolean;
}

/** The extension under test, activated. */
export async function activate(): Promise<Api> {
  const extension = extensions.getExtension<Api>('meshfit.meshfit');
  assert(extension !== undefined, 'the extension meshfit.meshfit is not installed');
  return extension.activate();
}

/** Shows a file of the workspace folder in an editor, as it is on disk. */
export async function open(name: string): Promise<TextDocument> {
  const [folder] = workspace.workspaceFolders ?? [];
  assert(folder !== undefined, 'no folder is open');
  const document = await workspace.openTextDocument(Uri.joinPath(folder.uri, name));
  await window.showTextDocument(document);
  if (document.isDirty) await commands.executeCommand('workbench.action.files.revert');
  return document;
}

/** Writes a file into the workspace folder; its folders are made. */
export async function write(name: string, text: string): Promise<void> {
  const [folder] = workspace.workspaceFolders ?? [];
  assert(folder !== undefined, 'no folder is open');
  await workspace.fs.writeFile(Uri.joinPath(folder.uri, name), new TextEncoder().encode(text));
}

/** Replaces the first occurrence of `text`, without saving. */
export async function replace(document: TextDocument, text: string, newText: string): Promise<void> {
  const start = positionOf(document, text);
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(start, start.translate(0, text.length)), newText);
  assert.equal(await workspace.applyEdit(edit), true);
}

/** Waits until `document` has a finding of Meshfit with this code, and with this severity where one is given. */
export const finding = (
  document: TextDocument,
  code: string,
  severity?: DiagnosticSeverity,
): Promise<Diagnostic> =>
  until(
    `finding ${code}`,
    languages.onDidChangeDiagnostics,
    () =>
      findingsOf(document).find(
        diagnostic =>
          codeOf(diagnostic) === code && (severity === undefined || diagnostic.severity === severity),
      ),
    () => languages.getDiagnostics(document.uri),
  );

/** Waits until `document` has no finding of Meshfit with this code. */
export const noFinding = (document: TextDocument, code: string): Promise<true> =>
  until(
    `end of the finding ${code}`,
    languages.onDidChangeDiagnostics,
    () => (findingsOf(document).some(diagnostic => codeOf(diagnostic) === code) ? undefined : true),
    () => languages.getDiagnostics(document.uri),
  );

export const findingsOf = (document: TextDocument): readonly Diagnostic[] =>
  languages.getDiagnostics(document.uri).filter(diagnostic => diagnostic.source === 'meshfit');

export const codeOf = ({ code }: Diagnostic): string | number | undefined =>
  typeof code === 'object' ? code.value : code;

/** The text of all hovers at the first occurrence of `text`. */
export async function hoverAt(document: TextDocument, text: string): Promise<string> {
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    positionOf(document, text),
  );
  return hovers
    .flatMap(hover => hover.contents)
    .map(content => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

/** The quick fixes that are offered at `range`. */
export const quickFixesAt = (document: TextDocument, range: Range): Thenable<CodeAction[]> =>
  commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    'quickfix',
    100,
  );

export function positionOf(document: TextDocument, text: string): Position {
  const offset = document.getText().indexOf(text);
  assert.notEqual(offset, -1, `${document.uri.path} does not hold “${text}”`);
  return document.positionAt(offset);
}
