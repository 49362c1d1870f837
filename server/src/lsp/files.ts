import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ReadFile } from '../core/document';

/** Files as the editor sees them: what is open there, else what is on disk. */
export interface Files {
  readonly open: (uri: string) => TextDocument | undefined;
  readonly textOf: (uri: string) => string | undefined;
  readonly read: ReadFile;
}

/** What files are made from: the open documents, and the disk. */
export interface FilesOptions {
  readonly documents: {
    readonly get: (uri: string) => TextDocument | undefined;
    readonly all: () => readonly TextDocument[];
  };
  readonly textAt: (uri: string) => string | undefined;
  /** The files that a path in a document may mean, the likeliest first. */
  readonly placesOf: (reference: string, directory: string) => readonly string[];
}

export function filesFor({ documents, textAt, placesOf }: FilesOptions): Files {
  const open = (uri: string): TextDocument | undefined => {
    const same = (document: TextDocument): boolean => fileKey(document.uri) === fileKey(uri);
    return documents.get(uri) ?? documents.all().find(same);
  };
  const textOf = (uri: string): string | undefined => open(uri)?.getText() ?? textAt(uri);
  return {
    open,
    textOf,
    read(reference, directory) {
      const places = placesOf(reference, directory);
      const uri = places.find(place => textOf(place) !== undefined) ?? places[0];
      if (uri === undefined) return { uri: reference, text: undefined };
      // By the editor's spelling, so that what is said of the file is said of the open document.
      return { uri: open(uri)?.uri ?? uri, text: textOf(uri) };
    },
  };
}

/** The same for two URIs of the same file, which editors escape in different ways (`@` and `%40`, `C:` and `c%3A`). */
export function fileKey(uri: string): string {
  try {
    return decodeURIComponent(uri).replace(/^file:\/\/\/[A-Z]:/, drive => drive.toLowerCase());
  } catch {
    return uri;
  }
}
