import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** What is at a path: a text of the user's own, nothing, or something that is not read, with the reason as a clause. */
export type OwnFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'too long' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * Reads a file of at most `maxBytes` that only this user can have written. The checks are made on what was opened, so that
 * nothing can be put in its place between the check and the reading. Never throws.
 */
export function readOwnFile(path: string, maxBytes: number): OwnFile {
  let descriptor: number | undefined;
  try {
    // A pipe would wait for a writer without O_NONBLOCK. Windows has neither flag.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const found = fstatSync(descriptor);
    const user = process.getuid?.();
    if (!found.isFile()) return refused('it is not a file');
    if (user !== undefined && found.uid !== user) return refused('it belongs to somebody else');
    if (user !== undefined && (found.mode & othersMayWrite) !== 0) return refused('others may write to it');
    if (found.size > maxBytes) return { kind: 'too long' };
    return { kind: 'text', text: readFileSync(descriptor, 'utf8') };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return { kind: 'nothing' };
    return refused(code === 'ELOOP' ? 'it is a link' : `it can't be read (${code})`);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

const refused = (why: string): OwnFile => ({ kind: 'refused', why });

const othersMayWrite = 0o022;

/** The system's code for an error, as `ENOENT`. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
