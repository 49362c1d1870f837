import { constants, type Stats } from 'node:fs';
import { readOpened } from './openedFile';

/** What is at a path: a text of the user's own, nothing, or something that is not read, with the reason as a clause. */
export type OwnFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'too long' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly why: string };

/** Reads a file of at most `maxBytes` that only this user can have written; a link is none. Never throws. */
export function readOwnFile(path: string, maxBytes: number): OwnFile {
  // Windows does not have this flag.
  const { O_NOFOLLOW = 0 } = constants;
  const file = readOpened(path, O_NOFOLLOW, found => complaint(found, maxBytes));
  if (file.kind !== 'failed') return file;
  if (file.code === 'ENOENT') return { kind: 'nothing' };
  return refused(file.code === 'ELOOP' ? 'it is a link' : `it can't be read (${file.code})`);
}

function complaint(found: Stats, maxBytes: number): OwnFile | undefined {
  const user = process.getuid?.();
  if (!found.isFile()) return refused('it is not a file');
  if (user !== undefined && found.uid !== user) return refused('it belongs to somebody else');
  if (user !== undefined && (found.mode & othersMayWrite) !== 0) return refused('others may write to it');
  return found.size > maxBytes ? { kind: 'too long' } : undefined;
}

const refused = (why: string): OwnFile => ({ kind: 'refused', why });

const othersMayWrite = 0o022;
