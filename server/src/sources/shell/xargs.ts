import { placeOfTraced, sliceTraced, type Traced, tracedUnknown } from '../../core/traced';
import type { Stream } from './stream';

/**
 * The words that xargs(1) puts after those of the command that it runs, all in one run; `skipped` are the words up to that
 * command. None where they go elsewhere (`-I`).
 */
export function argumentsFromInput(skipped: readonly Traced[], input: Stream | undefined): readonly Traced[] {
  const name = skipped.find(({ raw }) => raw === 'xargs' || raw.endsWith('/xargs'));
  if (name === undefined || input === undefined) return [];
  if (skipped.some(({ raw }) => /^-[Ii]|^--replace/.test(raw))) return [];
  if (input.kind === 'unknown') return [tracedUnknown('what xargs adds', placeOfTraced(name), input.why)];
  return [...input.text.raw.matchAll(/\S+/g)].map(({ 0: word, index }) =>
    sliceTraced(input.text, index, index + word.length),
  );
}
