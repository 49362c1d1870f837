import type { Contact } from '../core/contact';
import { loadCredentials } from './credentials';
import type { Environment } from './environment';
import { createRegistry, type NetworkSettings, type Registry } from './index';
import { createLedger } from './ledger';
import type { Transport } from './transport';
import { createUserMemory } from './userMemory';

export interface SessionOptions {
  readonly environment: Environment;
  readonly log: (message: string) => void;
  /** Where the editor lets its extensions keep what registries answer. */
  readonly cacheFolder?: string | undefined;
  /** The paths of the folders that are open, from where no program is run; the current one unless told otherwise. */
  readonly folders?: () => readonly string[];
}

/** What registries are for one run of a program: one user, one memory, one list of contacted hosts. */
export interface Session {
  /** The registries under these settings; without `cache` nothing is remembered beyond this run, or taken from others. */
  readonly registryFor: (
    settings: NetworkSettings,
    options: { readonly cache: boolean; readonly transport?: Transport },
  ) => Registry;
  readonly contacts: () => readonly Contact[];
  /** Resolves when all that is to be remembered is on disk. */
  readonly flush: () => Promise<void>;
}

export function createSession({ environment, log, cacheFolder, folders }: SessionOptions): Session {
  const memory = createUserMemory({ environment, log, editor: cacheFolder });
  const ledger = createLedger();
  return {
    registryFor: (settings, { cache, transport }) =>
      createRegistry({
        settings,
        credentials: loadCredentials(environment, log, { ...(folders && { folders }) }),
        log,
        ledger,
        ...(cache && memory && { memory }),
        ...(transport && { transport }),
      }),
    contacts: ledger.contacts,
    flush: async () => memory?.flush(),
  };
}
