import * as vscode from 'vscode';
import type { DocumentSelector, LanguageClient } from 'vscode-languageclient/node';
import { languages, plainEndings } from './languages';

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

  const launch = async (): Promise<LanguageClient> =>
    (await import('./languageClient')).startLanguageClient(context, log, documentSelector);
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
