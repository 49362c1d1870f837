import type { ReadFile } from '../../core/document';
import type { Fragment } from '../../core/fragment';
import type { Traced } from '../../core/traced';

/** A text in the language of the shell, and what it is run with. */
export interface Script {
  readonly text: Traced;
  /** Values that variables have before it runs: several where it is not known which of them. */
  readonly variables: ReadonlyMap<string, readonly Traced[]>;
}

/** Where scripts run, one after the other. Files and downloads stay from one to the next. */
export interface Session {
  /** The document that holds them; its folder is where they run. */
  readonly uri: string;
  /** Reads the files that they source. */
  readonly open: ReadFile;
  /** Whether the next script also knows the variables of the last, as in one terminal. */
  readonly keepsVariables: boolean;
}

/** The commands and manifests of scripts, in the order in which they run. Never throws, and ends for every text. */
export function readScripts(_scripts: readonly Script[], _session: Session): readonly Fragment[] {
  return [];
}
