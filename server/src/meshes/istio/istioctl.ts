import type { Command, Word } from '../../core/fragment';
import { textOf } from '../../core/text';
import { longName, takesValue } from './flags';
import { type Piece, slice, splitAtCommas } from './piece';
import { parseVersion, type Version } from './version';

/** An `istioctl` command that installs: what was handed to it, in the order in which it counts. */
export interface Invocation {
  readonly files: readonly Piece[];
  readonly sets: readonly Piece[];
  readonly revision: Piece | undefined;
  /** A folder or archive that charts and profiles are read from instead of the built-in ones. */
  readonly charts: Piece | undefined;
  /** Words that may hold further flags, such as `$ARGS`. */
  readonly unknown: readonly Piece[];
  /** The version that the name or the path of the executable tells, and the word that does. */
  readonly executable: { readonly version: Version; readonly word: Word } | undefined;
}

/** The invocation of a command, `undefined` when it is not `istioctl` or does not install anything. */
export function invocationOf({ words }: Command): Invocation | undefined {
  const [executable, ...rest] = words;
  if (executable === undefined || !isIstioctl(textOf(executable.text))) return undefined;
  const { flags, verbs, unknown } = parseWords(rest);
  const named = (name: string): readonly Piece[] =>
    flags.flatMap(flag => (flag.name === name && flag.value !== undefined ? [flag.value] : []));
  if (!installs(verbs) || flags.some(flag => flag.name === 'help')) return undefined;
  const version = executableVersion(textOf(executable.text));
  return {
    files: named('filename').flatMap(splitAtCommas),
    sets: named('set'),
    revision: named('revision').at(-1),
    charts: named('manifests').at(-1) ?? named('charts').at(-1),
    unknown,
    executable: version === undefined ? undefined : { version, word: executable },
  };
}

/** Command names that install, from operator/cmd/mesh and istioctl/cmd of 1.4 to 1.31. */
function installs([verb, second]: readonly string[]): boolean {
  switch (verb) {
    case 'install':
    case 'apply':
    case 'upgrade':
      return true;
    case 'manifest':
      return second === 'apply' || second === 'install' || second === 'generate';
    case 'x':
    case 'experimental':
      return second === 'upgrade';
    default:
      return false;
  }
}

const plainName =
  /^istioctl(?:[-_.]?v?(\d+[.-]\d+(?:[.-]\d+)?))?(?:[-_](?:linux|osx|darwin|win)[\w-]*)?(?:\.exe)?$/i;
const variableName = /^\$[{(]?\w*istioctl\w*(?::?-.*)?[})]?$/i;

const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

const isIstioctl = (path: string): boolean => plainName.test(baseName(path)) || variableName.test(path);

function executableVersion(path: string): Version | undefined {
  const inName = plainName.exec(baseName(path))?.[1]?.replaceAll('-', '.');
  const inFolder = /(?:^|[/\\])istio(?:ctl)?-v?(\d+\.\d+\.\d+[\w.-]*)[/\\](?:bin[/\\])?[^/\\]*$/.exec(
    path,
  )?.[1];
  const told = inName ?? inFolder;
  return told === undefined ? undefined : parseVersion(told);
}

interface Flag {
  readonly name: string;
  readonly value: Piece | undefined;
}

/** Reads words as github.com/spf13/pflag does: `--name value`, `--name=value`, `-n value`, `-nvalue`, `-yf value`. */
function parseWords(words: readonly Word[]): {
  flags: readonly Flag[];
  verbs: readonly string[];
  unknown: readonly Piece[];
} {
  const flags: Flag[] = [];
  const verbs: string[] = [];
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
      else flags.push({ name, value: takesValue(name) ? words[++at] : undefined });
    } else if (raw.startsWith('-') && raw.length > 1) {
      const last = shortFlags(word, flags);
      if (last !== undefined) flags.push({ name: last, value: words[++at] });
    } else if (word.text.kind === 'dynamic') unknown.push(word);
    else verbs.push(raw);
  }
  return { flags, verbs, unknown };
}

/** Reads a cluster of one-letter flags; gives the name of the last one if its value is the next word. */
function shortFlags(word: Word, flags: Flag[]): string | undefined {
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
