import { closeSync, type Dirent, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Document } from '../core/document';
import type { Engine } from '../engine';

/** A file larger than this is not read: no install file comes near it. */
const largest = 16 * 1024 * 1024;

/** A file to check. `name` is its path as the reports show it. */
export interface Input extends Document {
  readonly name: string;
}

export interface Inputs {
  readonly files: readonly Input[];
  /** How many files were looked at, with those that can't hold an install. */
  readonly looked: number;
  /** One line for each file below a folder that was passed over. */
  readonly notes: readonly string[];
}

export type FoundInputs =
  | ({ readonly kind: 'inputs' } & Inputs)
  | { readonly kind: 'bad'; readonly why: string };

/** Hidden folders in which pipelines and their scripts stand; all others hold no sources. */
const pipelineFolder = /^\.(?:github|gitlab|circleci|buildkite|tekton|azure.*|ci|drone|semaphore|jenkins)$/;

/**
 * Reads the files that `paths` name, and those below folders that a source reads by their names or first lines. A file that was named and
 * can't be used is an error; below a folder it is passed over with a note, and only texts that may hold an install are
 * kept. Hidden folders (but for those of pipelines) and node_modules are left out.
 */
export function findInputs(
  paths: readonly string[],
  directory: string,
  { readsFile, mayHold }: Pick<Engine, 'readsFile' | 'mayHold'>,
): FoundInputs {
  const files: Input[] = [];
  const notes: string[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    const full = resolve(directory, path);
    const kind = kindOf(full);
    const below = kind === 'folder' ? walk(full, readsFile, notes) : [];
    if (kind !== 'folder' && kind !== 'file') return { kind: 'bad', why: `${path}: ${kind}` };
    for (const file of kind === 'file' ? [full] : below) {
      if (seen.has(file)) continue;
      seen.add(file);
      const input = readInput(file, directory);
      if (typeof input !== 'string') {
        if (kind === 'file' || mayHold(input)) files.push(input);
      } else if (kind === 'file') return { kind: 'bad', why: input };
      else notes.push(`skipped ${input}`);
    }
  }
  return { kind: 'inputs', files, looked: seen.size, notes };
}

type Kind = 'file' | 'folder' | 'no such file or folder' | 'not a file or folder' | 'not readable';

function kindOf(path: string): Kind {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return 'folder';
    return stats.isFile() ? 'file' : 'not a file or folder';
  } catch (error) {
    return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR'
      ? 'no such file or folder'
      : 'not readable';
  }
}

/** The file as an input, or a line that says why it can't be one. */
function readInput(path: string, directory: string): Input | string {
  const below = relative(directory, path);
  const name = below.startsWith('..') ? path : below;
  try {
    const { size } = statSync(path);
    if (size > largest) return `${name}: larger than ${largest / 1024 / 1024} MB, which no install file is`;
    const bytes = readFileSync(path);
    if (bytes.subarray(0, 8192).includes(0)) return `${name}: a binary file, not text`;
    return { name, uri: pathToFileURL(path).href, text: bytes.toString('utf8') };
  } catch (error) {
    return `${name}: not readable (${codeOf(error)})`;
  }
}

function walk(folder: string, readsFile: Engine['readsFile'], notes: string[]): readonly string[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    notes.push(`skipped ${folder}: not readable (${codeOf(error)})`);
    return [];
  }
  return [...entries]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return isLookedInto(entry.name) ? walk(path, readsFile, notes) : [];
      if (!(entry.isFile() || entry.isSymbolicLink())) return [];
      // Only where there is no ending does the name leave it open what stands inside.
      if (!readsFile(entry.name, () => (entry.name.includes('.') ? '' : startOf(path)))) return [];
      // A link to a file is followed, as in a mounted ConfigMap; one to a folder is not, so that no loop is entered.
      return entry.isSymbolicLink() && kindOf(path) === 'folder' ? [] : [path];
    });
}

const isLookedInto = (folder: string): boolean =>
  folder.startsWith('.') ? pipelineFolder.test(folder) : folder !== 'node_modules';

/** The first bytes of a file, which hold its first line; nothing of what is no file, or can't be read. */
function startOf(path: string): string {
  if (kindOf(path) !== 'file') return '';
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(128);
      return bytes.toString('utf8', 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
