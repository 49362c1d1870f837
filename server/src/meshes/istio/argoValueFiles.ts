import type { Manifest } from '../../core/fragment';
import type { Gap } from '../../core/install';
import type { Open } from '../../core/mesh';
import { textOf } from '../../core/text';
import type { Node } from '../../core/tree';
import { itemsAt } from './itemsAt';
import type { Piece } from './piece';
import { pieceAt, pieceOf } from './scalarPiece';
import type { ReadValues } from './valuesFile';
import { folderOf, type ValuesFiles, valuesFiles } from './valuesPlace';

/**
 * The files of values that a source of Argo CD names. `$REF/path` lies in the repository of the source with that `ref`, which
 * most often is the one that the application stands in: it is looked for beside the application and in the folders above.
 * Any other path lies in the chart (argo-cd docs/user-guide/multiple_sources.md).
 */
export function argoValueFiles(
  helm: Node | undefined,
  sources: readonly Node[],
  manifest: Manifest,
  open: Open,
): ValuesFiles {
  const references = sources
    .flatMap(source => pieceAt(source, ['ref']) ?? [])
    .map(({ text }) => textOf(text));
  const named = itemsAt(helm, ['valueFiles']).flatMap(item =>
    item.kind === 'scalar' ? (pieceOf(item) ?? []) : [],
  );
  return valuesFiles(named.map(piece => readOne(piece, references, manifest, open)));
}

function readOne(piece: Piece, references: readonly string[], manifest: Manifest, open: Open): ReadValues {
  const { text, site } = piece;
  const name = textOf(text);
  const gap = (why: string): ReadValues => ({ gaps: [{ what: 'file', why, site } satisfies Gap], files: [] });
  if (name === 'values.yaml') return { gaps: [], files: [] };
  // The reference looks like a variable, but is none.
  const [, reference, path = ''] = /^\$([\w.-]+)\/(.+)$/.exec(name) ?? [];
  if (/\$|\{\{/.test(reference === undefined ? name : path))
    return gap(`the file ${name} is not known: it is filled in later`);
  if (reference === undefined) return gap(`${name} lies in the chart and is not known here`);
  if (!references.includes(reference))
    return gap(`${name} lies in another source of the application, and none has the ref ${reference}`);
  const { uri, fragments } = open(path, foldersAbove(folderOf(manifest)), 'values');
  const [values] = (fragments ?? []).filter(fragment => fragment.kind === 'manifest');
  if (uri === undefined || values === undefined)
    return gap(`${name} lies in another source of the application and is not known here`);
  const files = [{ site, uri }];
  if (values.unread !== undefined) return { ...gap(`${name} can't be read: ${values.unread}`), files };
  return { values: values.root, gaps: [], files };
}

/** More folders than a repository has above a file of its own. */
const mostFolders = 12;

/** The URI of a folder and those of the folders above it, the nearest first. */
function foldersAbove(folder: string): readonly string[] {
  const [, root = folder, path = ''] = /^(\w+:\/\/[^/]*\/)(.*)$/.exec(folder) ?? [];
  const steps = path.split('/').slice(0, -1);
  return Array.from({ length: Math.min(steps.length + 1, mostFolders) }, (_, above) =>
    [root, ...steps.slice(0, steps.length - above).map(step => `${step}/`)].join(''),
  );
}
