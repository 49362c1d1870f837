import { mergeAlternatives } from './alternatives';
import { type Document, type DocumentPlan, type PlannedInstall, type ReadFile, sourceOf } from './document';
import type { Related } from './finding';
import type { Fragment, Given } from './fragment';
import type { InstallPlan } from './install';
import type { Mesh, MeshSettings, Open } from './mesh';
import { normalPath } from './path';
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
 * What is kept of the chunks between two versions of a document, in order: a chunk's text decides everything but its
 * place.
 */
export type ChunkMemory = readonly PlannedChunk[];

interface PlannedChunk extends ReadChunk {
  /** The other files that reading it took; it is read again when one of them has changed. */
  readonly took: readonly Taken[];
  /** Absent for a chunk whose plans depend on other files, which may change at any time. */
  readonly plans: readonly Omit<PlannedInstall, 'chunk' | 'source'>[] | undefined;
}

/** A file that was asked for, and what was there. */
interface Taken {
  readonly reference: string;
  readonly directory: string;
  readonly file: ReturnType<ReadFile>;
}

function isUnchanged({ reference, directory, file }: Taken, readFile: ReadFile): boolean {
  const { uri, text } = readFile(reference, directory);
  return uri === file.uri && text === file.text;
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
  const source = sourceOf(planning.sources, document);
  if (source === undefined || !source.mayHold(document.text))
    return { planned: { uri: document.uri, installs: [], reads: [] }, memory: [] };
  const chunks = source.split(document.text);
  const last = memory.length === chunks.length ? memory : [];
  const next: PlannedChunk[] = [];
  const elsewhere = finderByText(memory);
  const repeated = new Map<string, PlannedChunk>();
  const read = ({ text }: Chunk, before: ReadChunk | undefined): Omit<PlannedChunk, 'plans'> => {
    const fragments = before && source.reread?.(before, text);
    if (fragments !== undefined) return { text, fragments, took: [] };
    const took: Taken[] = [];
    const open: ReadFile = (reference, directory) => {
      const file = planning.readFile(reference, directory);
      took.push({ reference, directory, file });
      return file;
    };
    return { text, fragments: source.read(text, document.uri, open), took };
  };
  const reads = new Set<string>();
  const installs = chunks.flatMap((chunk, index): readonly PlannedInstall[] => {
    // Most chunks are where they were: comparing two texts costs less than looking one up.
    const before = memory[index];
    const same = before?.text === chunk.text ? before : (elsewhere(chunk.text) ?? repeated.get(chunk.text));
    const known = same?.took.every(taken => isUnchanged(taken, planning.readFile)) ? same : undefined;
    const { fragments, took } = known ?? read(chunk, last[index]);
    const plans =
      known?.plans ??
      mergeAlternatives(
        fragments.flatMap((fragment, position) => {
          const planned = planFragment(fragment, planning);
          return planned === undefined ? [] : { ...planned, position };
        }),
        speakingOf,
      );
    const used = plans.flatMap(({ plan }) => plan.reads);
    for (const uri of [...took.map(({ file }) => file.uri), ...used]) reads.add(uri);
    const kept: PlannedChunk = known ?? {
      text: chunk.text,
      fragments,
      took,
      plans: used.length === 0 ? plans : undefined,
    };
    if (same === undefined) repeated.set(chunk.text, kept);
    next.push(kept);
    return plans.map(planned => ({ ...planned, chunk, source }));
  });
  return { planned: { uri: document.uri, installs, reads: [...reads] }, memory: next };
}

/** Finds a chunk by its text, for those that have moved; the table is made when the first one is looked for. */
function finderByText(memory: ChunkMemory): (text: string) => PlannedChunk | undefined {
  let table: ReadonlyMap<string, PlannedChunk> | undefined;
  return text => {
    table ??= new Map(memory.map(chunk => [chunk.text, chunk]));
    return table.get(text);
  };
}

/** Of several values that a variable may have, a finding says which one it speaks of. */
const noteOn = ({ name, value, site }: Given): Related => ({
  site,
  message: `This is so where ${name} is ${value === '' ? 'empty' : value}, as written here.`,
});

/** An install whose findings speak of these values, instead of those that its fragment was made for. */
function speakingOf<T extends { readonly fragment: Fragment; readonly plan: InstallPlan }>(
  planned: T,
  given: readonly Given[],
): T {
  const notes = planned.plan.notes.slice(planned.fragment.given?.length ?? 0);
  return { ...planned, plan: { ...planned.plan, notes: [...given.map(noteOn), ...notes] } };
}

/** The install that a fragment is, for the first mesh that knows it. */
export function planFragment(
  fragment: Fragment,
  { sources, meshes, settings, readFile }: Planning,
): { readonly fragment: Fragment; readonly mesh: Mesh; readonly plan: InstallPlan } | undefined {
  const open: Open = (reference, directories, content = 'installs') => {
    const path = normalPath(reference);
    const written = fragment.kind === 'command' ? fragment.written : [];
    const own = written.findLast(file => file.path === path);
    if (own !== undefined) return own;
    const files = directories.map(directory => readFile(reference, directory));
    const file = files.find(({ text }) => text !== undefined) ?? files[0];
    if (file?.text === undefined) return { fragments: undefined, ...(file && { uri: file.uri }) };
    const { uri, text } = file;
    const source = sourceOf(sources, { uri, text });
    if (content === 'values') {
      // The names of such files tell nothing: `values.yaml.gotmpl`, `prod`.
      const reader = source?.values ?? sources.find(({ values }) => values !== undefined)?.values;
      return { uri, fragments: reader && [reader(text, uri)] };
    }
    if (content === 'documents') {
      const reader = source?.documents ?? sources.find(({ documents }) => documents !== undefined)?.documents;
      return { uri, fragments: reader?.(text, uri) };
    }
    const fragments = source
      ?.split(text)
      .flatMap(chunk => source.read(chunk.text, uri, readFile).map(part => placed(part, uri, chunk.start)));
    return { uri, fragments };
  };
  for (const mesh of meshes) {
    const plan = mesh.plan(fragment, settings, open);
    if (plan === undefined) continue;
    const notes = [...(fragment.given ?? []).map(noteOn), ...plan.notes];
    return { fragment, mesh, plan: notes.length === 0 ? plan : { ...plan, notes } };
  }
  return undefined;
}
