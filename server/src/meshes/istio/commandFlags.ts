import type { Word } from '../../core/fragment';
import { textOf } from '../../core/text';
import { type Piece, slice } from './piece';

/** The flags that a program has. */
export interface FlagTable {
  /** Whether `--name` takes a value. */
  readonly takesValue: (name: string) => boolean;
  /** The long name of a one-letter flag, the letter itself where there is none. */
  readonly longName: (letter: string) => string;
}

export interface Flag {
  readonly name: string;
  readonly value: Piece | undefined;
}

/** The words of a command, told apart; `unknown` are words that may hold further flags, such as `$ARGS`. */
export interface ParsedWords {
  readonly flags: readonly Flag[];
  readonly operands: readonly Piece[];
  readonly unknown: readonly Piece[];
}

/** Reads words as github.com/spf13/pflag does: `--name value`, `--name=value`, `-n value`, `-nvalue`, `-yf value`. */
export function parseWords(words: readonly Word[], table: FlagTable): ParsedWords {
  const flags: Flag[] = [];
  const operands: Piece[] = [];
  const unknown: Piece[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    const raw = textOf(word.text);
    if (raw === '--') break;
    if (raw.startsWith('--')) {
      const equals = raw.indexOf('=');
      const name = raw.slice(2, equals < 0 ? undefined : equals);
      if (equals >= 0) flags.push({ name, value: slice(word, equals + 1) });
      else flags.push({ name, value: table.takesValue(name) ? words[++at] : undefined });
    } else if (raw.startsWith('-') && raw.length > 1) {
      const last = shortFlags(word, flags, table);
      if (last !== undefined) flags.push({ name: last, value: words[++at] });
    } else if (word.text.kind === 'dynamic') unknown.push(word);
    else operands.push(word);
  }
  return { flags, operands, unknown };
}

/** Reads a cluster of one-letter flags; gives the name of the last one if its value is the next word. */
function shortFlags(word: Word, flags: Flag[], { longName, takesValue }: FlagTable): string | undefined {
  const raw = textOf(word.text);
  for (let at = 1; at < raw.length; at++) {
    const name = longName(raw.charAt(at));
    if (takesValue(name)) {
      const start = raw.charAt(at + 1) === '=' ? at + 2 : at + 1;
      if (start >= raw.length) return name;
      flags.push({ name, value: slice(word, start) });
      return undefined;
    }
    flags.push({ name, value: undefined });
  }
  return undefined;
}
