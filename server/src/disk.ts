import { readFileSync, statSync } from 'node:fs';
import type { ReadFile } from './core/document';

/** A file larger than this (in bytes) is not followed: no install file comes near it. */
const largest = 16 * 1024 * 1024;

/**
 * Reads the files that a document refers to. `directory` is a URI: of a folder with a slash at its end, or of a file that
 * stands in the folder. Whatever can't be read has the text `undefined`.
 */
export const readFromDisk: ReadFile = (reference, directory) => {
  const url = URL.canParse(reference, directory) ? new URL(reference, directory) : undefined;
  if (url?.protocol !== 'file:') return { uri: reference, text: undefined };
  try {
    const readable = statSync(url).isFile() && statSync(url).size <= largest;
    return { uri: url.href, text: readable ? readFileSync(url, 'utf8') : undefined };
  } catch {
    return { uri: url.href, text: undefined };
  }
};
