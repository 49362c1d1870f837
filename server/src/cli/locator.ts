import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Lines, linesOf } from '../core/lines';
import { textOnDisk } from '../disk';
import type { Input } from './inputs';
import type { Locate } from './report/model';

/** Turns sites into lines and columns, in the inputs and in the files that they refer to. */
export function locator(files: readonly Input[], directory: string): Locate {
  const root = folderUri(directory);
  const known = new Map<string, { file: string; uri: string; lines: Lines }>();
  const fileAt = (uri: string) => {
    const seen = known.get(uri);
    if (seen !== undefined) return seen;
    const input = files.find(file => file.uri === uri);
    const name = input?.name ?? (uri.startsWith('file:') ? relative(directory, fileURLToPath(uri)) : uri);
    const text = input?.text ?? textOnDisk(uri) ?? '';
    const file = { file: name, uri: uriBelow(root, uri), lines: linesOf(text) };
    known.set(uri, file);
    return file;
  };
  return site => {
    const { file, uri, lines } = fileAt(site.uri);
    const start = lines.positionAt(site.span.start);
    return { file, uri, start, end: lines.positionAt(site.span.end), text: lines.textAt(start.line) };
  };
}

/** The URI of a folder, with a slash at its end. */
export const folderUri = (path: string): string => pathToFileURL(`${path}/`).href;

/**
 * A file's URI, relative to `root` where it lies below. What URLs take and RFC 3986 does not is encoded, and so are colons,
 * which would make a scheme of what stands before them.
 */
function uriBelow(root: string, uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  const below = uri.startsWith(root) ? uri.slice(root.length).replaceAll(':', '%3A') : uri;
  return below.replace(/[[\]^|]/g, encodeURIComponent);
}
