import { joinTraced, type Traced } from '../../core/traced';
import { behind, cutTraced, inFrontOf } from './tracedParts';

/**
 * The shell text of a command that is written as a list of words: each word in single quotes that nobody wrote, so that
 * nothing can be added to a word or behind the last. For `sh -c TEXT` the text itself.
 */
export function execForm(words: readonly Traced[]): Traced {
  const script = shellScript(words);
  if (script !== undefined) return script;
  return joinTraced(
    words.flatMap((word, index) => (index === 0 ? [quoted(word)] : [inFrontOf(word, ' '), quoted(word)])),
  );
}

/** The text after `-c` (also `-ec`, `-exc`) of a shell; `undefined` for any other command. */
function shellScript(words: readonly Traced[]): Traced | undefined {
  const at = words.findIndex(({ raw }) => /^(?:.*\/)?(?:ba|da|a|k|z)?sh$/.test(raw.slice(0, 200)));
  if (at === -1 || at > mostWrappers) return undefined;
  for (let index = at + 1; index < words.length; index += 1) {
    const { raw = '' } = words[index] ?? {};
    if (/^-[a-z]*c[a-z]*$/.test(raw)) return words[index + 1];
    if (!/^(?:[-+]|pipefail$|errexit$)/.test(raw)) return undefined;
  }
  return undefined;
}

/** A shell stands at the front, or behind an entry point such as `tini --`. */
const mostWrappers = 2;

function quoted(word: Traced): Traced {
  const bounds = [...word.raw.matchAll(/'/g)].flatMap(({ index }) => [index, index + 1]);
  const pieces = cutTraced(word, bounds).map((piece, index) =>
    index % 2 === 0 ? piece : { ...behind(piece, `'\\''`) },
  );
  return joinTraced([inFrontOf(word, "'"), ...pieces, behind(word, "'")]);
}
