import type { ReadFile } from '../../core/document';
import type { Fragment } from '../../core/fragment';
import { readScripts } from '../shell/script';
import { readTracedManifests } from '../yaml/traced';
import { distinctFragments } from './distinctFragments';
import { findShell } from './findShell';
import { mayHoldCommands } from './mayHoldCommands';

/**
 * The commands of the shell scripts in a chunk of YAML, and the manifests in its texts; those that the chunk itself is are
 * left to the reader of manifests. Sites are counted from the chunk's start.
 */
export function readCommands(chunk: string, uri: string, open: ReadFile): readonly Fragment[] {
  if (!mayHoldCommands(chunk)) return [];
  const { sessions, documents } = findShell(chunk, uri);
  const runsIn = atRepository(uri);
  const read = sessions.flatMap(({ scripts, keepsVariables, given }) =>
    readScripts(scripts, { uri: runsIn, open, keepsVariables }).map(fragment => ({ fragment, given })),
  );
  return [...distinctFragments(read), ...documents.flatMap(readTracedManifests)];
}

/** Pipelines in a folder of their service run at the top of the repository. */
const atRepository = (uri: string): string =>
  uri.replace(
    /\/\.(?:github|circleci|buildkite|gitlab|azure-pipelines|azuredevops|tekton|woodpecker)\/.*$/,
    '/pipeline',
  );
