import type { Connection, InitializeParams, WorkspaceFolder } from 'vscode-languageserver';

/** The folders that the editor has open, as URIs with a slash at their ends. */
export interface Roots {
  readonly uris: () => readonly string[];
  /** Takes the folders that the editor names when it shakes hands. */
  readonly initialize: (params: InitializeParams) => void;
  /** Follows folders that are added and removed later, and tells of it; for use once the editor is ready. */
  readonly follow: (changed: () => void) => void;
}

export function createRoots({ workspace }: Connection): Roots {
  let uris: readonly string[] = [];
  let announces = false;
  return {
    uris: () => uris,
    initialize({ capabilities, workspaceFolders, rootUri }) {
      announces = capabilities.workspace?.workspaceFolders === true;
      uris = workspaceFolders?.map(uriOf) ?? (rootUri ? [withSlash(rootUri)] : []);
    },
    follow(changed) {
      if (!announces) return;
      workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(uriOf));
        uris = [...uris.filter(uri => !gone.has(uri)), ...added.map(uriOf)];
        changed();
      });
    },
  };
}

const uriOf = ({ uri }: WorkspaceFolder): string => withSlash(uri);

const withSlash = (uri: string): string => (uri.endsWith('/') ? uri : `${uri}/`);
