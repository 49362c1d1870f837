import { isAbsolute, join } from 'node:path';
import type { Environment } from './environment';

/** What decides where a user's cache is. */
export interface CachePlace {
  readonly environment: Environment;
  /** As `process.platform` names it. */
  readonly system: string;
  /** The user's own folder. */
  readonly home: string;
  /** Where the editor lets its extensions keep such things. */
  readonly editor?: string;
}

/**
 * The folder for what registries have answered: `MESHFIT_CACHE_DIR`, else the editor's, else the system's usual one
 * (XDG Base Directory Specification: a path there that is not absolute is ignored). Never relative to where Meshfit was
 * started, which may be somebody else's workspace; `undefined` where there is no such folder.
 */
export function cacheFolder({ environment, system, home, editor }: CachePlace): string | undefined {
  const absolute = (path: string | undefined, ...below: readonly string[]): string | undefined =>
    path !== undefined && isAbsolute(path) ? join(path, ...below) : undefined;
  return absolute(environment.MESHFIT_CACHE_DIR) ?? absolute(editor) ?? usualFolder();

  function usualFolder(): string | undefined {
    switch (system) {
      case 'win32':
        return absolute(environment.LOCALAPPDATA, 'meshfit', 'Cache');
      case 'darwin':
        return absolute(home, 'Library', 'Caches', 'meshfit');
      default:
        return absolute(environment.XDG_CACHE_HOME, 'meshfit') ?? absolute(home, '.cache', 'meshfit');
    }
  }
}
