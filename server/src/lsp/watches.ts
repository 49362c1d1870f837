import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { InstallFinding } from '../engine';
import { fileKey } from './files';
import { type AskWhen, type Watch, watch } from './watch';
import type { World } from './world';

/** What the watches of all open documents are made with. */
export interface WatchesOptions {
  readonly documents: () => readonly TextDocument[];
  /** Undefined until the settings are known: nothing is checked before. */
  readonly world: () => World | undefined;
  readonly publish: (document: TextDocument, findings: readonly InstallFinding[]) => void;
  readonly failed: (error: unknown) => void;
}

/** Keeps the findings of every open document up to date. */
export interface Watches {
  /** Checks a document and asks for everything it needs, at once. */
  readonly check: (document: TextDocument) => void;
  /** The same by the user's own wish, which counts for more than that a document is open. */
  readonly checkExplicitly: (document: TextDocument) => void;
  readonly checkAll: () => void;
  /** A document was opened: it is checked, and so are those that rest on it. */
  readonly opened: (document: TextDocument) => void;
  /** The text of a document has changed: it is checked, and so are those that rest on it. */
  readonly changed: (document: TextDocument) => void;
  /** Files have changed on disk: the documents that rest on them are checked. */
  readonly filesChanged: (uris: readonly string[]) => void;
  /** A document was closed: from now on its text on disk counts, also for those that rest on it. */
  readonly close: (document: TextDocument) => void;
  /** The open documents that rest on a file. */
  readonly restingOn: (uri: string) => readonly TextDocument[];
}

export function createWatches({ documents, world, publish, failed }: WatchesOptions): Watches {
  const watches = new Map<string, Watch>();
  const check = (document: TextDocument, ask: AskWhen): void => {
    const known = world();
    if (known === undefined) return;
    const own = watches.get(document.uri) ?? watch(publish, failed);
    watches.set(document.uri, own);
    own.changed(document, known, ask);
  };
  const restingOn = (...uris: readonly string[]): readonly TextDocument[] => {
    const keys = new Set(uris.map(fileKey));
    return documents().filter(({ uri }) =>
      watches
        .get(uri)
        ?.reads()
        .some(other => keys.has(fileKey(other))),
    );
  };
  const filesChanged = (uris: readonly string[]): void => {
    for (const document of restingOn(...uris)) check(document, 'when idle');
  };
  return {
    check: document => check(document, 'at once'),
    checkExplicitly: document => check(document, 'explicitly'),
    checkAll() {
      for (const document of documents()) check(document, 'at once');
    },
    opened(document) {
      check(document, 'at once');
      filesChanged([document.uri]);
    },
    changed(document) {
      // Opening a document counts as its first change, too: then there is nothing left to do.
      if (watches.get(document.uri)?.checked() === document.version) return;
      check(document, 'when idle');
      filesChanged([document.uri]);
    },
    filesChanged,
    restingOn,
    close({ uri }) {
      watches.get(uri)?.stop();
      watches.delete(uri);
      filesChanged([uri]);
    },
  };
}
