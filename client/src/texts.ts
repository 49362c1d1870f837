import * as vscode from 'vscode';

/** The scheme of the read-only documents that show what the server has to tell. */
const scheme = 'meshfit';

/** Read-only documents beside the editor. */
export interface Texts extends vscode.Disposable {
  /** Shows `text` under `title`; what was shown under the same title before is replaced. */
  readonly show: (title: string, text: string) => Promise<void>;
}

export function createTexts(): Texts {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: uri => texts.get(uri.toString()) ?? '',
  });
  return {
    async show(title, text) {
      const uri = vscode.Uri.from({ scheme, path: title });
      texts.set(uri.toString(), text);
      changed.fire(uri);
      await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    },
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}
