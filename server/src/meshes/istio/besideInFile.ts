import type { Manifest } from '../../core/fragment';
import type { Open } from '../../core/mesh';

/** The manifests of the file that a manifest stands in, itself among them, and the file; none where it can't be read. */
export interface Beside {
  readonly manifests: readonly Manifest[];
  readonly reads: readonly string[];
}

/**
 * Reads the whole file that a manifest stands in. The places of what is found there count from the start of the file, not
 * from that of the manifest's document, so none of them may become part of a plan.
 */
export function besideInFile({ anchor: { uri }, within, surroundings }: Manifest, open: Open): Beside {
  const cut = uri.lastIndexOf('/') + 1;
  // What a script puts together stands in no file of manifests.
  if (within !== undefined || surroundings !== undefined || cut === 0) return { manifests: [], reads: [] };
  const file = open(decoded(uri.slice(cut)), [uri.slice(0, cut)]);
  if (file.uri !== uri) return { manifests: [], reads: [] };
  const manifests = (file.fragments ?? []).filter(fragment => fragment.kind === 'manifest');
  return { manifests, reads: [uri] };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // A lone percent sign is no escape, so the name is what it says.
    return name;
  }
}
