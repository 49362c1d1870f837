import type { Site, Text } from './text';
import { siteOfTraced, type Traced, textOfTraced } from './traced';
import type { MapNode } from './tree';

/** The narrow waist: sources produce nothing but fragments, meshes read nothing but fragments. */
export type Fragment = Manifest | Command;

/**
 * A Kubernetes-like document. `anchor` is the value of its `kind:` (or the document's start where it has none): the
 * place that stands for the whole install when no written value decides.
 */
export interface Manifest {
  readonly kind: 'manifest';
  readonly apiVersion: string;
  readonly kindName: string;
  readonly root: MapNode;
  readonly anchor: Site;
  /** The text that it was read from, and which manifest there it is, where that is a part of the document only. */
  readonly within?: { readonly traced: Traced; readonly position: number };
  /** What a script knows that puts it into a command. */
  readonly surroundings?: Surroundings;
  /** The command that it is put into there, as it is run. */
  readonly putInto?: string;
  /** The values that were taken for variables that may have others. */
  readonly given?: readonly Given[];
  /** Why the document could not be read, as a clause; `root` is then empty, and says nothing about the document. */
  readonly unread?: string;
}

/**
 * One word of a command line, after quotes are removed and variables are filled in. `site` is where its value is written
 * (see `traced.ts`), without quotes.
 */
export interface Word {
  readonly text: Text;
  readonly site: Site;
  readonly traced: Traced;
}

export const wordOf = (traced: Traced): Word => ({
  text: textOfTraced(traced),
  site: siteOfTraced(traced),
  traced,
});

/** What one of several values of a variable holds for: `HUB` is `docker.io/istio`, as written at `site`. */
export interface Given {
  readonly name: string;
  readonly value: string;
  readonly site: Site;
}

/** A file that a script writes before it runs the command; `path` as the command may name it, `-` for its input. */
export interface WrittenFile {
  readonly path: string;
  /** `undefined`: it is written, but nobody knows what stands in it; `why` is then a clause that says what is missing. */
  readonly fragments: readonly Fragment[] | undefined;
  readonly why?: string;
}

/** What a script knows at one moment. */
export interface Surroundings {
  /** The variables that have a value, by name. */
  readonly variables: ReadonlyMap<string, Word>;
  /** The words of the commands that ran before, in their order. */
  readonly before: readonly (readonly Word[])[];
}

/**
 * A command as a shell would run it. `words[0]` is the executable. `anchor` is the place that stands for the whole
 * install.
 */
export interface Command extends Surroundings {
  readonly kind: 'command';
  readonly words: readonly Word[];
  readonly anchor: Site;
  /** URIs of folders, each with a slash at its end: relative paths are looked for in one after the other. */
  readonly directories: readonly string[];
  /** Its flags are written as attributes there: `version = "1.20.0"` for `--version 1.20.0`. */
  readonly hasAttributes?: true;
  /** Where further words can be written; absent where there is no safe place. */
  readonly end?: Site;
  /** The words of the commands that its output is piped into, in their order. */
  readonly into: readonly (readonly Word[])[];
  readonly written: readonly WrittenFile[];
  /** The values that were taken for variables that may have others. */
  readonly given: readonly Given[];
}
