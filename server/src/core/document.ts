import type { Fragment } from './fragment';
import type { InstallPlan } from './install';
import type { Mesh } from './mesh';
import type { Chunk, Source } from './source';

/** A text that may hold installs. `languageId` is the editor's word for its language, where there is an editor. */
export interface Document {
  readonly uri: string;
  readonly text: string;
  readonly languageId?: string;
}

/**
 * Another file by the path as a document writes it, relative to the URI `directory`; `text` is `undefined` when it
 * can't be read.
 */
export type ReadFile = (
  reference: string,
  directory: string,
) => { readonly uri: string; readonly text: string | undefined };

/** One install of a document. The sites of `plan` that lie in the document are counted from `chunk.start`. */
export interface PlannedInstall {
  readonly chunk: Chunk;
  readonly fragment: Fragment;
  /** Which of the chunk's fragments it is, from 0. */
  readonly position: number;
  readonly plan: InstallPlan;
  readonly source: Source;
  readonly mesh: Mesh;
}

/** All installs of one document, in order. */
export interface DocumentPlan {
  readonly uri: string;
  readonly installs: readonly PlannedInstall[];
  /** URIs of the other files that it rests on. */
  readonly reads: readonly string[];
}

/**
 * The source that reads a document: by the editor's language, else by the file's name, else by its first line, else (where
 * there is no editor to know better) the first that finds something to read in the text.
 */
export function sourceOf(sources: readonly Source[], document: Document): Source | undefined {
  const { languageId, uri, text } = document;
  const byLanguage =
    languageId === undefined
      ? undefined
      : sources.find(({ languageIds }) => languageIds.includes(languageId));
  const named = byLanguage ?? sourceOfFile(sources, uri.slice(uri.lastIndexOf('/') + 1), () => text);
  if (named !== undefined || languageId !== undefined) return named;
  const nothing: ReadFile = reference => ({ uri: reference, text: undefined });
  return sources.find(
    ({ mayHold, split, read }) =>
      mayHold(text) && split(text).some(chunk => read(chunk.text, uri, nothing).length > 0),
  );
}

/**
 * The source that reads files of this name (without folders), or that start like this one; `start` gives at least the
 * first line, and is called only where the name tells nothing.
 */
export function sourceOfFile(
  sources: readonly Source[],
  name: string,
  start: () => string,
): Source | undefined {
  const lower = name.toLowerCase();
  const byName = sources.find(({ fileNames }) => fileNames.test(lower));
  if (byName !== undefined) return byName;
  const line = /^.{0,200}/.exec(start())?.[0] ?? '';
  return sources.find(({ firstLine }) => firstLine?.test(line));
}
