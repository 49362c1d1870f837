import * as vscode from 'vscode';
import { mayInterest } from '../../server/src/sources/interest';
import { startClient } from './client';
import { registerCommands } from './commands';

/** What the extension tells those who test it. */
export interface Api {
  /** Whether the language server was started. */
  readonly started: () => boolean;
}

/**
 * Starts the language server with the first document that may hold an install, and not before: people who edit other
 * files never pay for it.
 */
export function activate(context: vscode.ExtensionContext): Api {
  const log = vscode.window.createOutputChannel('Meshfit', { log: true });
  const client = startClient(context, log);
  const consider = (document: vscode.TextDocument): void => {
    if (client.handles(document) && mayInterest(document.getText())) client.start();
  };
  context.subscriptions.push(
    log,
    client,
    vscode.workspace.onDidOpenTextDocument(consider),
    vscode.workspace.onDidSaveTextDocument(consider),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (!client.started() && contentChanges.some(({ text }) => text !== '')) consider(document);
    }),
    ...registerCommands(client),
  );
  for (const document of vscode.workspace.textDocuments) consider(document);
  return { started: client.started };
}
