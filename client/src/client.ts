import * as vscode from 'vscode';
import type { DocumentSelector, LanguageClient } from 'vscode-languageclient/node';
import { languages, plainEndings, watchedFiles } from './languages';
import { sendForServer } from './sending';
import { withoutSecrets } from './withoutSecrets';

/** The connection to the language server, made when it is first needed. */
export interface Client extends vscode.Disposable {
  readonly handles: (document: vscode.TextDocument) => boolean;
  readonly started: () => boolean;
  /** Starts the server unless it runs; a failure is shown to the user and written to the log. */
  readonly start: () => void;
  /** Sends a request, starting the server if need be. */
  readonly request: <R>(method: string, params?: unknown) => Promise<R>;
}

export function startClient(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Client {
  const documentSelector: DocumentSelector = [
    ...languages.map(language => ({ language })),
    { language: 'plaintext', pattern: `**/*.{${plainEndings.join(',')}}` },
  ];
  let running: Promise<LanguageClient> | undefined;
  let stopped = false;

  const launch = async (): Promise<LanguageClient> => {
    // Loaded here so that editing other files costs nothing.
    const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
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
  };
  const connect = (): Promise<LanguageClient> => {
    running ??= launch();
    return running;
  };
  const failed = (error: unknown): void => {
    const why = error instanceof Error ? error.message : String(error);
    log.error(why);
    vscode.window.showErrorMessage(`Meshfit could not start its language server: ${why}`);
  };

  return {
    handles: document => vscode.languages.match(documentSelector as vscode.DocumentSelector, document) > 0,
    started: () => running !== undefined,
    start: () => void connect().catch(failed),
    request: async (method, params) => (await connect()).sendRequest(method, params),
    dispose() {
      if (stopped) return;
      stopped = true;
      running?.then(client => client.stop()).catch(error => log.error(String(error)));
    },
  };
}
