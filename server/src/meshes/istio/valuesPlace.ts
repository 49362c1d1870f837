import type { Manifest } from '../../core/fragment';
import type { Gap, InstallPlan } from '../../core/install';
import type { Open } from '../../core/mesh';
import type { Node } from '../../core/tree';
import type { Piece } from './piece';
import { type ReadValues, readValuesFile } from './valuesFile';

/** What several files of values come to. */
export interface ValuesFiles extends Pick<InstallPlan, 'files' | 'reads'> {
  readonly layers: readonly Node[];
  readonly gaps: readonly Gap[];
}

/** The URI of the folder that a manifest stands in. */
export const folderOf = ({ anchor: { uri } }: Pick<Manifest, 'anchor'>): string =>
  uri.slice(0, uri.lastIndexOf('/') + 1);

/** Reads files of values that lie in the folder of a manifest or below it, in their order. */
export function readBeside(manifest: Manifest, pieces: readonly Piece[], open: Open): ValuesFiles {
  return valuesFiles(pieces.map(piece => readValuesFile(piece, [folderOf(manifest)], open)));
}

export function valuesFiles(read: readonly ReadValues[]): ValuesFiles {
  const files = read.flatMap(file => file.files);
  return {
    layers: read.flatMap(({ values }) => values ?? []),
    gaps: read.flatMap(({ gaps }) => gaps),
    files,
    reads: files.map(({ uri }) => uri),
  };
}

/** What is said of installs that several files of values belong to, taken together. */
export const togetherOf = (all: readonly ValuesFiles[]): Pick<ValuesFiles, 'gaps' | 'files' | 'reads'> => ({
  gaps: all.flatMap(({ gaps }) => gaps),
  files: all.flatMap(({ files }) => files),
  reads: all.flatMap(({ reads }) => reads),
});
