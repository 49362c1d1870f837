import * as vscode from 'vscode';
import { type DocumentSelector, LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { watchedFiles } from './languages';
import { sendForServer } from './sending';
import { withoutSecrets } from './withoutSecrets';

/**
 * Starts the language server and connects to it; rejects if it does not come up. This file is a bundle of its own, so that
 * people who edit other files never load it.
 */
export async function startLanguageClient(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  documentSelector: DocumentSelector,
): Promise<LanguageClient> {
  const module = context.asAbsolutePath('dist/server.js');
  const client = new LanguageClient(
    'meshfit',
    'Meshfit',
    { module, transport: TransportKind.ipc },
    {
      documentSelector,
      outputChannel: log,
      traceOutputChannel: withoutSecrets(log),
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher(watchedFiles) },
      initializationOptions: {
        cacheFolder: context.globalStorageUri.fsPath,
        trusted: vscode.workspace.isTrusted,
        copies: true,
        allows: true,
        verifies: true,
        sends: true,
      },
    },
  );
  sendForServer(client);
  await client.start();
  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(() => client.sendNotification('meshfit/trusted')),
  );
  return client;
}
