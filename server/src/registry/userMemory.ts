import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import { createDiskMemory, type DiskMemory } from './diskMemory';
import type { Environment } from './environment';

export interface UserMemoryOptions {
  readonly environment: Environment;
  readonly log: (message: string) => void;
  /** Where the editor lets its extensions keep such things. */
  readonly editor?: string | undefined;
}

/** What registries have answered this user; `undefined` where there is no folder for it. Touches no file yet. */
export function createUserMemory({ environment, log, editor }: UserMemoryOptions): DiskMemory | undefined {
  const folder = cacheFolder({
    environment,
    system: process.platform,
    home: homedir(),
    ...(editor !== undefined && { editor }),
  });
  return folder === undefined
    ? undefined
    : createDiskMemory({ file: join(folder, 'answers.json'), now: Date.now, log });
}
