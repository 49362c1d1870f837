import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, relative } from 'node:path';
import type { Environment } from '../environment';

/** A credential helper on this machine, or why there is none that may be run, as a clause for people. */
export type HelperProgram =
  | { readonly kind: 'program'; readonly file: string; readonly env: Environment }
  | { readonly kind: 'failed'; readonly why: string };

export interface ProgramSearch {
  readonly env: Environment;
  /** Folders whose content must not run: those that are open. One that holds the home folder does not count. */
  readonly folders: () => readonly string[];
  readonly platform?: NodeJS.Platform;
}

/**
 * Looks for a program on the PATH, in its absolute folders outside of those that are open; on Windows only for an `.exe`. The
 * program is given a PATH of the same folders.
 */
export async function findHelper(
  name: string,
  { env, folders, platform = process.platform }: ProgramSearch,
): Promise<HelperProgram> {
  const variable = Object.keys(env).find(key => (platform === 'win32' ? key.toUpperCase() : key) === 'PATH');
  const path = variable === undefined ? '' : (env[variable] ?? '');
  const open = await Promise.all(folders().map(real));
  const home = await real(env.HOME || env.USERPROFILE || homedir());
  const isOpen = (file: string) => open.some(folder => !isWithin(home, folder) && isWithin(file, folder));
  const searched: string[] = [];
  let within: string | undefined;
  for (const folder of path.split(delimiter).filter(isAbsolute)) {
    const inside = isOpen(await real(folder));
    if (!inside) searched.push(folder);
    else within ??= folder;
  }
  for (const folder of searched) {
    const file = join(folder, platform === 'win32' ? `${name}.exe` : name);
    if (!(await isProgram(file))) continue;
    const inside = isOpen(await real(file));
    if (!inside) {
      const program: Environment = { ...env, [variable ?? 'PATH']: searched.join(delimiter) };
      return { kind: 'program', file, env: program };
    }
    within ??= dirname(file);
  }
  const elsewhere =
    within === undefined ? '' : `; what is in ${within} is not run, because that folder is open`;
  return { kind: 'failed', why: `the credential helper ${name} is not on the PATH${elsewhere}` };
}

const isWithin = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way === '' || !(way.startsWith('..') || isAbsolute(way));
};

/** Where the links of a path lead; the path itself when there is nothing. */
const real = (path: string): Promise<string> => realpath(path).catch(() => path);

async function isProgram(file: string): Promise<boolean> {
  try {
    if (!(await stat(file)).isFile()) return false;
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
