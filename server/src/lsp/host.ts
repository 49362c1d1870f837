import type { HostStatus } from '../core/contact';
import type { Settings } from '../core/settings';
import type { InitializationOptions } from './protocol';
import type { WorldFacts } from './world';

/** What the server needs of the machine it runs on. */
export interface Host {
  /** The files that a path in a document may mean, the likeliest first: beside `directory`, then below the `roots`. */
  readonly placesOf: (reference: string, directory: string, roots: readonly string[]) => readonly string[];
  /** The text of a file on disk by its URI. */
  readonly textAt: (uri: string) => string | undefined;
  /** The requests of this run, as text for people. */
  readonly contacts: (hosts: readonly HostStatus[]) => Promise<string>;
  /** What answers for images under these settings, for this editor. */
  readonly facts: (settings: Settings, editor: Editor) => Promise<RegistryFacts>;
}

/** What there is to know about the editor. */
export interface Editor {
  /** What it said of itself. */
  readonly options: InitializationOptions;
  /** The folders that it has open, as URIs. */
  readonly folders: () => readonly string[];
}

/** Facts that can be dropped, so that everything is asked again. */
export interface RegistryFacts extends WorldFacts {
  /** How it stands with the hosts that were asked. */
  readonly status: () => readonly HostStatus[];
  readonly forget: () => void;
  /** Ends what is under way, and asks nobody from now on. */
  readonly close: () => void;
}
