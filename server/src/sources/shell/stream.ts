import { joinPath } from '../../core/path';
import { joinTraced, type Traced, textOfTraced, tracedFile } from '../../core/traced';
import { lookUp, setIn } from './scope';
import type { State } from './state';

/** What a command prints or a file holds, as far as it is known; `why` is a clause that says what is missing. */
export type Stream =
  | { readonly kind: 'text'; readonly text: Traced }
  | { readonly kind: 'unknown'; readonly why: string };

export const unknownStream = (why: string): Stream => ({ kind: 'unknown', why });

export const textStream = (text: Traced): Stream => ({ kind: 'text', text });

/** What a command prints that prints nothing. */
export const nothingPrinted: Stream = textStream({ raw: '', stretches: [] });

/** Streams one after the other. */
export function joinStreams(streams: readonly Stream[]): Stream {
  const texts: Traced[] = [];
  for (const stream of streams) {
    if (stream.kind === 'unknown') return stream;
    texts.push(stream.text);
  }
  return textStream(joinTraced(texts));
}

/** Reads a file on disk by a path, from the folder that the script is in at that moment. */
export type ReadScriptFile = (path: string, state: State) => { uri: string; text: string } | undefined;

/** What stands in a file that a script names: what it wrote there itself, else what is on disk. */
export function readStream(name: Traced, state: State, readFile: ReadScriptFile): Stream {
  const path = textOfTraced(name);
  if (path.kind === 'dynamic') return unknownStream(`the file ${path.raw} is not known: ${path.why}`);
  if (/^https?:/.test(path.value)) return unknownStream(`it comes from ${path.value}, which is not fetched`);
  const written = lookUp(state.files, joinPath(state.directory ?? '.', path.value));
  if (written !== undefined) return written;
  const file = readFile(path.value, state);
  if (file === undefined) return unknownStream(`the file ${path.value} can't be read`);
  const { uri, text } = file;
  return textStream(tracedFile(text, uri));
}

/** Remembers what a script writes into a file. */
export function writeStream(name: Traced, stream: Stream, append: boolean, state: State): void {
  const key = fileKey(name, state);
  if (key === undefined) return;
  const before = append ? lookUp(state.files, key) : undefined;
  setIn(state.files, key, before === undefined ? stream : joinStreams([before, stream]));
}

/** The path under which a file that is written is remembered; `undefined` where nobody knows it, and for devices. */
export function fileKey(name: Traced, { directory = '.' }: State): string | undefined {
  const path = textOfTraced(name);
  if (path.kind === 'dynamic' || path.value.startsWith('/dev/')) return undefined;
  return joinPath(directory, path.value);
}
