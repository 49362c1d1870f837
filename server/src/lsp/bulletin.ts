import type { Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fileKey } from './files';

/** A diagnostic and the file that it stands in. */
export interface Notice {
  readonly uri: string;
  readonly diagnostic: Diagnostic;
}

/** What the editor is told: the diagnostics of one file; without `version` for a file that is not open. */
export interface Announcement {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: Diagnostic[];
}

/**
 * Keeps what each open document says, of itself and of other files (a script of the install file that it names), and
 * tells the editor of each file what all of them say, once.
 */
export interface Bulletin {
  /** Replaces what `document` said before, for the texts as they are now. */
  readonly publish: (document: TextDocument, notices: readonly Notice[]) => void;
  /** What is said from now on is told even where the editor knows it: the user has asked for an answer. */
  readonly repeat: () => void;
  /** Takes back all that `document` said; it is closed. */
  readonly withdraw: (document: TextDocument) => void;
}

interface Saying extends Notice {
  readonly key: string;
  /** The version of the file that it is said of. */
  readonly version: number | undefined;
}

/**
 * A bulletin that sends its announcements in the next microtask, so that files which are checked together are told of
 * once. What was said of another version of a file is left out. Of the same version nothing is told twice: editors draw
 * squiggles anew with every announcement, and VS Code, where its light bulb is switched off, then takes back a menu of quick
 * fixes that is about to show.
 */
export function createBulletin(
  open: (uri: string) => TextDocument | undefined,
  send: (announcement: Announcement) => void,
): Bulletin {
  const said = new Map<string, readonly Saying[]>();
  const changed = new Map<string, string>();
  const told = new Map<string, Announcement>();

  const tell = (key: string, announcement: Announcement): void => {
    const before = told.get(key);
    if (before !== undefined && isSame(before, announcement)) return;
    // An editor that opens the file again starts afresh.
    if (open(announcement.uri) === undefined && announcement.diagnostics.length === 0) told.delete(key);
    else told.set(key, announcement);
    send(announcement);
  };
  const announce = (): void => {
    for (const [key, uri] of changed) {
      const document = open(uri);
      const own = said.get(key) ?? [];
      const others = [...said].flatMap(([speaker, sayings]) => (speaker === key ? [] : sayings));
      const about = (sayings: readonly Saying[]): Diagnostic[] =>
        sayings
          .filter(saying => saying.key === key && saying.version === document?.version)
          .map(({ diagnostic }) => diagnostic);
      const diagnostics = withOthers(about(own), about(others));
      tell(key, { uri: document?.uri ?? uri, ...(document && { version: document.version }), diagnostics });
    }
    changed.clear();
  };
  const touch = (uri: string): void => {
    if (changed.size === 0) queueMicrotask(announce);
    changed.set(fileKey(uri), uri);
  };
  const say = (uri: string, sayings: readonly Saying[]): void => {
    const key = fileKey(uri);
    const before = said.get(key) ?? [];
    for (const about of new Set([...before, ...sayings].map(saying => saying.uri))) touch(about);
    touch(uri);
    if (sayings.length > 0) said.set(key, sayings);
    else said.delete(key);
  };
  return {
    publish({ uri }, notices) {
      // Nearly all that a document says is of itself; the few files are looked up once each.
      const files = new Map<string, Pick<Saying, 'key' | 'version'>>();
      const fileOf = (about: string): Pick<Saying, 'key' | 'version'> => {
        const file = files.get(about) ?? { key: fileKey(about), version: open(about)?.version };
        files.set(about, file);
        return file;
      };
      say(
        uri,
        notices.map(({ uri: about, diagnostic }) => {
          const { key, version } = fileOf(about);
          return { uri: about, diagnostic, key, version };
        }),
      );
    },
    repeat: () => told.clear(),
    withdraw: ({ uri }) => say(uri, []),
  };
}

/** Nearly always the very same values, which costs no comparison. */
const isSame = (a: Announcement, b: Announcement): boolean =>
  a.uri === b.uri &&
  a.version === b.version &&
  a.diagnostics.length === b.diagnostics.length &&
  a.diagnostics.every((diagnostic, index) => {
    const other = b.diagnostics[index];
    return diagnostic === other || JSON.stringify(diagnostic) === JSON.stringify(other);
  });

/** What a document says of itself, and what others say of it in other words, or of other places. */
function withOthers(own: Diagnostic[], others: readonly Diagnostic[]): Diagnostic[] {
  if (others.length === 0) return own;
  const known = new Set<string>();
  return [...own, ...others].filter(({ range, code, message }) => {
    const key = JSON.stringify([range, code, message]);
    return !known.has(key) && known.add(key);
  });
}
