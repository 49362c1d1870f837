import { joinTraced, type Traced } from '../../core/traced';
import { cutterOf, standIn } from '../makefile/cutter';

/** The words of an instruction in exec form, a JSON array of strings; `undefined` where it has another form. */
export function execWords(text: Traced): readonly Traced[] | undefined {
  if (!/^\s*\[/.test(text.raw.slice(0, 100))) return undefined;
  const raw = text.raw.replace(/\\\n/g, '  ');
  const values = stringsOf(raw);
  if (values === undefined) return undefined;
  const cut = cutterOf(text);
  const words: Traced[] = [];
  let at = 0;
  for (const value of values) {
    const start = raw.indexOf('"', at) + 1;
    let end = start;
    while (end < raw.length && raw[end] !== '"') end += raw[end] === '\\' ? 2 : 1;
    const part = cut(start, end);
    words.push(part.raw === value ? part : standIn(value, part));
    at = end + 1;
  }
  return words;
}

function stringsOf(raw: string): readonly string[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    // What is no JSON is in shell form, as for Docker itself.
    return undefined;
  }
  return Array.isArray(json) && json.every(item => typeof item === 'string') ? json : undefined;
}

/**
 * Words as a shell reads them: each between quotes. These and the spaces are written nowhere, so that nobody takes the
 * end of a word for a place where another can be added.
 */
export function quotedWords(words: readonly Traced[]): Traced {
  return joinTraced(
    words.flatMap((word, index) => [
      standIn(index === 0 ? "'" : " '", word),
      word.raw.includes("'") ? standIn(word.raw.replaceAll("'", `'\\''`), word) : word,
      standIn("'", word),
    ]),
  );
}
