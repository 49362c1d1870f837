/** Follows a command over its lines: tells after each whether the command goes on in the next. */
export type Follow = (line: string) => boolean;

const closers: ReadonlyMap<string, string> = new Map([
  ['for', 'done'],
  ['while', 'done'],
  ['until', 'done'],
  ['if', 'fi'],
  ['case', 'esac'],
]);

/**
 * Starts with no command. One goes on after a backslash, `|`, `&&` or `||` at the end of a line, within quotes, within
 * the body of a here-document, and up to the `done`, `fi` or `esac` of the word that it starts with.
 */
export function followCommand(): Follow {
  let quote = '';
  let closer: string | undefined;
  let isOpen = false;
  const documents: string[] = [];
  return line => {
    const [delimiter] = documents;
    if (delimiter !== undefined) {
      if (line.trim() === delimiter) documents.shift();
      return documents.length > 0 || closer !== undefined;
    }
    const words = line.trim().split(/[\s;]+/, 1);
    if (!isOpen) closer = closers.get(words[0] ?? '');
    const scanned = scan(line, quote);
    quote = scanned.quote;
    documents.push(...scanned.documents);
    if (closer !== undefined && quote === '' && endsWithWord(line, closer)) closer = undefined;
    isOpen = quote !== '' || documents.length > 0 || closer !== undefined || scanned.goesOn;
    return isOpen;
  };
}

/** Whether `done` (say) stands at the start of a line or after a `;`, so that it ends what was begun. */
const endsWithWord = (line: string, word: string): boolean =>
  line.trimStart().startsWith(word) || line.includes(`; ${word}`) || line.includes(`;${word}`);

interface Scanned {
  readonly quote: string;
  readonly documents: readonly string[];
  readonly goesOn: boolean;
}

function scan(line: string, before: string): Scanned {
  let quote = before;
  const documents: string[] = [];
  let end = line.length;
  for (let at = 0; at < line.length; at += 1) {
    const unit = line[at];
    if (unit === '\\' && quote !== "'") {
      if (at === line.length - 1) return { quote, documents, goesOn: true };
      at += 1;
    } else if (quote !== '') {
      if (unit === quote) quote = '';
    } else if (unit === "'" || unit === '"') quote = unit;
    else if (unit === '#' && (at === 0 || /[\s;]/.test(line[at - 1] ?? ''))) {
      end = at;
      break;
    } else if (unit === '<' && line.startsWith('<<', at)) {
      const found = /^<<-?[ \t]*(?:'([^'\n]{1,80})'|"([^"\n]{1,80})"|\\?([\w.-]{1,80}))/.exec(
        line.slice(at, at + 100),
      );
      const delimiter = found?.[1] ?? found?.[2] ?? found?.[3];
      if (delimiter !== undefined && !line.startsWith('<<<', at)) documents.push(delimiter);
      at += line.startsWith('<<<', at) ? 2 : (found?.[0].length ?? 2) - 1;
    }
  }
  return { quote, documents, goesOn: /(?:\||&&)[ \t]*$/.test(line.slice(Math.max(0, end - 80), end)) };
}
