import type { Site, Text } from './text';
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
  /** Why the document could not be read, as a clause; `root` is then empty, and says nothing about the document. */
  readonly unread?: string;
}

/** One word of a command line after quotes are removed; `site` covers the word without its quotes. */
export interface Word {
  readonly text: Text;
  readonly site: Site;
}

/**
 * A command as a shell would run it. `words[0]` is the executable. `anchor` is the place that stands for the whole
 * install. `directory` is the URI against which relative paths are resolved.
 */
export interface Command {
  readonly kind: 'command';
  readonly words: readonly Word[];
  readonly anchor: Site;
  readonly directory: string;
}
