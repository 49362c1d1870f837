import * as vscode from 'vscode';
import { isRegistryHost } from './registryHost';

/**
 * Asks the user whether a registry may be asked, and writes the answer to the user's own settings. Without a host, as from
 * the palette, or with what is none, the user types one: also others may run the command, with any text.
 */
export async function allowRegistry(given: unknown): Promise<void> {
  const host = typeof given === 'string' && isRegistryHost(given) ? given : (await typedHost())?.trim();
  if (host === undefined) return;
  const answer = await vscode.window.showWarningMessage(
    `Allow Meshfit to ask ${host}?`,
    {
      modal: true,
      detail: `Meshfit will ask ${host} for the platforms of the images that your files name. It sends your credentials only if you have signed in to that registry. You can take this back in the setting meshfit.registries.allowed.`,
    },
    'Allow',
  );
  if (answer !== 'Allow') return;
  const settings = vscode.workspace.getConfiguration('meshfit');
  const allowed = settings.inspect<readonly string[]>('registries.allowed')?.globalValue ?? [];
  if (allowed.includes(host)) return;
  await settings.update('registries.allowed', [...allowed, host], vscode.ConfigurationTarget.Global);
}

const typedHost = (): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: 'Meshfit: Allow a Registry',
    prompt: 'The registry that Meshfit may ask, as HOST or HOST:PORT',
    placeHolder: 'registry.example.com:5000',
    validateInput: text =>
      isRegistryHost(text.trim())
        ? undefined
        : 'Write it as HOST or HOST:PORT, without https:// and without a path',
  });
