import * as vscode from 'vscode';
import { allowRegistry } from './allowRegistry';
import type { Client } from './client';
import { createTexts } from './texts';

/** Registers the commands of the palette. */
export function registerCommands(client: Client): readonly vscode.Disposable[] {
  const about = (document: vscode.TextDocument) => ({ textDocument: { uri: document.uri.toString() } });
  const texts = createTexts();
  const withDocument = (run: (document: vscode.TextDocument) => Promise<void>) => async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !client.handles(document))
      void vscode.window.showInformationMessage(
        'Meshfit: open a file first that can hold an install, such as YAML or a script.',
      );
    else await run(document);
  };
  return [
    texts,
    vscode.commands.registerCommand(
      'meshfit.check',
      withDocument(document => client.request('meshfit/check', about(document))),
    ),
    vscode.commands.registerCommand(
      'meshfit.showPlan',
      withDocument(async document => {
        const plan = await client.request<string>('meshfit/plan', about(document));
        await texts.show(`${document.uri.path} – install plan`, plan);
      }),
    ),
    vscode.commands.registerCommand('meshfit.showContacts', async () =>
      texts.show('/Hosts that Meshfit has asked', await client.request<string>('meshfit/contacts')),
    ),
    vscode.commands.registerCommand('meshfit.allowRegistry', allowRegistry),
    // Of the images that a code action of the server names, or, from the palette, of all in the file.
    vscode.commands.registerCommand('meshfit.verify', async (uri?: string, images?: readonly string[]) => {
      const verify = async (params: object): Promise<void> => {
        const title = 'Meshfit: reading the images';
        const said = await vscode.window.withProgress(
          { location: vscode.ProgressLocation.Window, title },
          () => client.request<string>('meshfit/verify', params),
        );
        void vscode.window.showInformationMessage(`Meshfit: ${said}`);
      };
      if (uri !== undefined) await verify({ textDocument: { uri }, images });
      else await withDocument(document => verify(about(document)))();
    }),
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
