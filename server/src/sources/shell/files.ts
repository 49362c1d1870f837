import { joinPath } from '../../core/path';
import type { Evaluation } from './evaluation';
import { pathOf } from './expand';
import type { State } from './state';
import type { ReadScriptFile } from './stream';

/** The URIs of the folders in which a script's relative paths are looked for: the one it is in, then the one it began in. */
export function directoriesOf(uri: string, { directory = '.' }: State): readonly string[] {
  const own = uri.slice(0, uri.lastIndexOf('/') + 1);
  const path = pathOf(own);
  if (directory === '.' || path === undefined) return [own];
  const steps = joinPath(path, directory).split('/').map(encodeURIComponent).join('/');
  const current = `file://${steps}/`.replace(/\/+$/, '/');
  return current === own ? [own] : [current, own];
}

/** Reads files on disk for a session, from the folders that its script may be in. */
export const readFileFor =
  ({ session }: Evaluation): ReadScriptFile =>
  (path, state) => {
    for (const directory of directoriesOf(session.uri, state)) {
      const { uri, text } = session.open(path, directory);
      if (text !== undefined) return { uri, text };
    }
    return undefined;
  };
