import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ReadFile } from './core/document';

/** A file larger than this (in bytes) is not followed: no install file comes near it. */
const largest = 16 * 1024 * 1024;

/**
 * Reads the files that a document refers to by a path, at the first of `placesOnDisk` that has one. Whatever can't be
 * read has the text `undefined` and the first place's URI.
 */
export const readFromDisk =
  (roots: readonly string[]): ReadFile =>
  (reference, directory) => {
    const places = placesOnDisk(reference, directory, roots);
    for (const uri of places) {
      const text = textOnDisk(uri);
      if (text !== undefined) return { uri, text };
    }
    return { uri: places[0] ?? reference, text: undefined };
  };

/**
 * The URIs of the files that a path in a document may mean, the likeliest first: relative to `directory`, then to each of
 * `roots`. All of them are URIs of folders with a slash at their ends, or of a file that stands in the folder. There are
 * none where the document is no file, nor for a path that begins with two slashes, which is a network share on Windows: a
 * document must not make us talk to a host.
 */
export function placesOnDisk(
  reference: string,
  directory: string,
  roots: readonly string[],
): readonly string[] {
  if (/^[\\/]{2}/.test(reference) || localPath(directory) === undefined) return [];
  const folders = [directory, ...(isAbsolute(reference) ? [] : roots)].flatMap(uri => {
    const path = localPath(uri);
    return path === undefined ? [] : uri.endsWith('/') ? path : dirname(path);
  });
  return [...new Set(folders.map(folder => pathToFileURL(resolve(folder, reference)).href))];
}

/** The text of a file by its URI; `undefined` where it can't be read. */
export function textOnDisk(uri: string): string | undefined {
  const path = localPath(uri);
  if (path === undefined) return undefined;
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= largest ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function localPath(uri: string): string | undefined {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  return url?.protocol === 'file:' && url.host === '' ? fileURLToPath(url) : undefined;
}
