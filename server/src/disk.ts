import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ReadFile } from './core/document';

/** A file larger than this (in bytes) is not followed: no install file comes near it. */
const largest = 16 * 1024 * 1024;

/**
 * Reads the files that a document refers to by a path. `directory` is a URI: of a folder with a slash at its end, or of a
 * file that stands in the folder. Whatever can't be read has the text `undefined`; so has a path that begins with two
 * slashes, which is a network share on Windows: a document must not make us talk to a host.
 */
export const readFromDisk: ReadFile = (reference, directory) => {
  const base = localPath(directory);
  if (base === undefined || /^[\\/]{2}/.test(reference)) return { uri: reference, text: undefined };
  const folder = directory.endsWith('/') ? base : dirname(base);
  const uri = pathToFileURL(resolve(folder, reference)).href;
  return { uri, text: textOnDisk(uri) };
};

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
