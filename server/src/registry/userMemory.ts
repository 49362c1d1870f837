import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import { createDiskMemory, type DiskMemory } from './diskMemory';

export interface UserMemoryOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
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
