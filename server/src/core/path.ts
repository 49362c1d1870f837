/**
 * A path with `/` between its steps and without `.`, `..` and double slashes where they can be resolved: `a/b` for
 * `./a//x/../b`. The empty path is `.`.
 */
export function normalPath(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else steps.push(step);
  }
  const rest = steps.join('/');
  return path.startsWith('/') ? `/${rest}` : rest === '' ? '.' : rest;
}

/** The path of `path` as it is named from the folder `directory`; an absolute path stays as it is. */
export const joinPath = (directory: string, path: string): string =>
  normalPath(path.startsWith('/') ? path : `${directory}/${path}`);
