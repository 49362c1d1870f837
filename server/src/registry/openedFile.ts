import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';

/** What is at a path: a text, nothing that could be opened (with the system's code), or what `look` has against it. */
export type OpenedFile<R> =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly code: string }
  | R;

/**
 * Reads a file unless `look` has something against it. That is decided on what was opened, so that nothing can be put in its
 * place between the check and the reading. `flags` come on top of reading without waiting for the writer of a pipe. Never
 * throws.
 */
export function readOpened<R>(
  path: string,
  flags: number,
  look: (found: Stats) => R | undefined,
): OpenedFile<R> {
  let descriptor: number | undefined;
  try {
    // Windows does not have this flag.
    const { O_RDONLY, O_NONBLOCK = 0 } = constants;
    descriptor = openSync(path, O_RDONLY | O_NONBLOCK | flags);
    return look(fstatSync(descriptor)) ?? { kind: 'text', text: readFileSync(descriptor, 'utf8') };
  } catch (error) {
    return { kind: 'failed', code: errorCode(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The system's code for an error, as `ENOENT`. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
