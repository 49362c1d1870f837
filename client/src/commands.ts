import * as vscode from 'vscode';
import type { Client } from './client';

/** The scheme of the read-only documents that show install plans. */
const planScheme = 'meshfit-plan';

/** Registers the commands of the palette. */
export function registerCommands(client: Client): readonly vscode.Disposable[] {
  const about = (document: vscode.TextDocument) => ({ textDocument: { uri: document.uri.toString() } });
  const plans = new Map<string, string>();
  const withDocument = (run: (document: vscode.TextDocument) => Promise<void>) => async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !client.handles(document))
      void vscode.window.showInformationMessage(
        'Meshfit: open a file first that can hold an install, such as YAML or a script.',
      );
    else await run(document);
  };
  return [
    vscode.workspace.registerTextDocumentContentProvider(planScheme, {
      provideTextDocumentContent: uri => plans.get(uri.toString()) ?? '',
    }),
    vscode.commands.registerCommand(
      'meshfit.check',
      withDocument(document => client.request('meshfit/check', about(document))),
    ),
    vscode.commands.registerCommand(
      'meshfit.showPlan',
      withDocument(async document => {
        const uri = vscode.Uri.from({ scheme: planScheme, path: `${document.uri.path} – install plan` });
        plans.set(uri.toString(), await client.request<string>('meshfit/plan', about(document)));
        await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
      }),
    ),
    // Sent by the server's code actions for commands that a user may run; not in the palette.
    vscode.commands.registerCommand('meshfit.copy', async (text: string) => {
      await vscode.env.clipboard.writeText(text);
      void vscode.window.setStatusBarMessage('Meshfit: copied the commands', 4000);
    }),
    vscode.commands.registerCommand('meshfit.forget', async () => {
      await client.request('meshfit/forget');
      void vscode.window.setStatusBarMessage('Meshfit: forgot the registries’ answers and asks again', 4000);
    }),
  ];
}
