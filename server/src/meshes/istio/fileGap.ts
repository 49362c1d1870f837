import { distinct } from '../../core/words';

/**
 * Says that a file can't be read, in a clause: why, where that is known, or else where it was looked for. The path `-` is
 * the command's input; `directories` are URIs of folders.
 */
export function unreadableFile(path: string, directories: readonly string[], why?: string): string {
  if (path === '-')
    return why === undefined
      ? 'the IstioOperator comes from standard input, which is not known here'
      : `the IstioOperator comes from standard input, which is not known here: ${why}`;
  if (why !== undefined) return `${path} can't be read: ${why}`;
  if (/^([/~\\]|[A-Za-z]:)/.test(path) || directories.length === 0) return `${path} can't be read`;
  return `${path} can't be read; it was looked for in ${distinct(directories.map(shownFolder)).join(' and in ')}`;
}

/** The folder of a URI as people write it; a URI of another scheme stays as it is. */
function shownFolder(uri: string): string {
  const path = /^file:\/\/(\/.*?)\/?$/.exec(uri)?.[1];
  if (path === undefined) return uri;
  try {
    return decodeURIComponent(path);
  } catch {
    // A lone percent sign is no escape, so the path is written out as it is.
    return path;
  }
}
