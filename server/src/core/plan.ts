import { type Document, type DocumentPlan, type PlannedInstall, type ReadFile, sourceOf } from './document';
import type { Fragment } from './fragment';
import type { InstallPlan } from './install';
import type { Mesh, MeshSettings, Open } from './mesh';
import { placed } from './place';
import type { Chunk, ReadChunk, Source } from './source';

/** What planning is done with. */
export interface Planning {
  readonly sources: readonly Source[];
  readonly meshes: readonly Mesh[];
  readonly settings: MeshSettings;
  readonly readFile: ReadFile;
}

/**
 * What is kept of the chunks between two versions of a document, by their texts and in order: a chunk's text decides
 * everything but its place.
 */
export type ChunkMemory = ReadonlyMap<string, PlannedChunk>;

interface PlannedChunk extends ReadChunk {
  /** Absent for a chunk whose plans depend on other files, which may change at any time. */
  readonly plans: readonly Omit<PlannedInstall, 'chunk' | 'source'>[] | undefined;
}

/**
 * The installs of a document, and the memory for its next version. Chunks whose text is in `memory` are neither read
 * nor planned again, and one with a small change is read only in part; `memory` must come from the same document and the
 * same settings.
 */
export function planDocument(
  document: Document,
  planning: Planning,
  memory: ChunkMemory,
): { readonly planned: DocumentPlan; readonly memory: ChunkMemory } {
  const next = new Map<string, PlannedChunk>();
  const source = sourceOf(planning.sources, document);
  if (source === undefined || !source.mayHold(document.text))
    return { planned: { uri: document.uri, installs: [] }, memory: next };
  const chunks = source.split(document.text);
  const last = memory.size === chunks.length ? [...memory.values()] : [];
  const read = ({ text }: Chunk, before: ReadChunk | undefined): readonly Fragment[] =>
    (before && source.reread?.(before, text)) ?? source.read(text, document.uri);
  const installs = chunks.flatMap((chunk, index): readonly PlannedInstall[] => {
    const known = next.get(chunk.text) ?? memory.get(chunk.text);
    const fragments = known?.fragments ?? read(chunk, last[index]);
    const plans =
      known?.plans ??
      fragments.flatMap((fragment, position) => {
        const planned = planFragment(fragment, planning);
        return planned === undefined ? [] : { ...planned, position };
      });
    const independent = plans.every(({ plan }) => plan.reads.length === 0);
    next.set(chunk.text, { text: chunk.text, fragments, plans: independent ? plans : undefined });
    return plans.map(planned => ({ ...planned, chunk, source }));
  });
  return { planned: { uri: document.uri, installs }, memory: next };
}

/** The install that a fragment is, for the first mesh that knows it. */
export function planFragment(
  fragment: Fragment,
  { sources, meshes, settings, readFile }: Planning,
): { readonly fragment: Fragment; readonly mesh: Mesh; readonly plan: InstallPlan } | undefined {
  const open: Open = (reference, directory) => {
    const { uri, text } = readFile(reference, directory);
    const source = text === undefined ? undefined : sourceOf(sources, { uri, text });
    if (text === undefined || source === undefined) return { uri, fragments: undefined };
    const fragments = source
      .split(text)
      .flatMap(chunk => source.read(chunk.text, uri).map(part => placed(part, uri, chunk.start)));
    return { uri, fragments };
  };
  for (const mesh of meshes) {
    const plan = mesh.plan(fragment, settings, open);
    if (plan !== undefined) return { fragment, mesh, plan };
  }
  return undefined;
}
