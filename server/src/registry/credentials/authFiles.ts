import { readFileSync, statSync } from 'node:fs';
import { type AuthFile, parseAuthFile } from './authFile';
import type { AuthPlace } from './authPlaces';

/** The user's files of credentials, as they are now. */
export interface AuthFiles {
  /** What they say, in their order; the very same value until one of them has changed. Never throws. */
  readonly current: () => readonly AuthFile[];
  /** Reads all of them with the next question. */
  readonly forget: () => void;
}

export interface AuthFilesOptions {
  readonly places: () => readonly AuthPlace[];
  /** Told once what is wrong with a file, until it has been changed. */
  readonly log: (message: string) => void;
  readonly now: () => number;
}

/** Reads files with the first question, and again when they have changed, for which they are looked at every 2 s at most. */
export function createAuthFiles({ places, log, now }: AuthFilesOptions): AuthFiles {
  let readers: readonly Reader[] | undefined;
  let files: readonly AuthFile[] = [];
  let looked = Number.NEGATIVE_INFINITY;
  return {
    current() {
      const age = now() - looked;
      if (readers !== undefined && age >= 0 && age < lookAgain) return files;
      looked = now();
      readers ??= places().map(place => createReader(place, log));
      const found = readers.flatMap(read => read() ?? []);
      const isSame = found.length === files.length && found.every((file, index) => file === files[index]);
      if (!isSame) files = found;
      return files;
    },
    forget() {
      readers = undefined;
    },
  };
}

/** Milliseconds for which files are taken to be as they were. */
const lookAgain = 2000;

/** What a file says, `undefined` when there is none; the very same value while it is the same file. */
type Reader = () => AuthFile | undefined;

function createReader(place: AuthPlace, log: (message: string) => void): Reader {
  const { name, text } = place;
  let told: ReadonlySet<string> = new Set();
  let stamp: string | undefined;
  let file: AuthFile | undefined;
  return () => {
    const look = text === undefined ? lookAt(name) : { stamp: '', content: () => textOf(text) };
    if (look.stamp === stamp) return file;
    stamp = look.stamp;
    const warnings = new Set<string>();
    const warn = (why: string) => warnings.add(`${name} ${why}`);
    const content = look.content();
    file = content.kind === 'text' ? parseAuthFile(content.text, place, warn) : undefined;
    if (content.kind === 'unusable') warn(content.why);
    for (const warning of warnings) if (!told.has(warning)) log(warning);
    told = warnings;
    return file;
  };
}

type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unusable'; readonly why: string };

interface Look {
  /** The same as before where the file is. */
  readonly stamp: string;
  readonly content: () => Content;
}

/** Anything but a small regular file is refused. */
function lookAt(path: string): Look {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return { stamp: 'absent', content: () => ({ kind: 'absent' }) };
    const stamp = [stat.mtimeMs, stat.ctimeMs, stat.size, stat.ino].join();
    const isUsable = stat.isFile() && stat.size <= maxBytes;
    return { stamp, content: () => (isUsable ? contentOf(path) : odd) };
  } catch (error) {
    return { stamp: codeOf(error), content: () => unreadable(error) };
  }
}

function contentOf(path: string): Content {
  try {
    return textOf(readFileSync(path, 'utf8'));
  } catch (error) {
    return unreadable(error);
  }
}

const maxBytes = 1024 * 1024;

const textOf = (text: string): Content => ({ kind: 'text', text });

const odd: Content = { kind: 'unusable', why: 'is not used: it is not a regular file of at most 1 MiB' };

/** A path through something that is no folder leads nowhere. */
function unreadable(error: unknown): Content {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
  return { kind: 'unusable', why: `can't be read (${code}); registries are asked without credentials` };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
