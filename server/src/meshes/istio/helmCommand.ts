import type { Command } from '../../core/fragment';
import { textOf } from '../../core/text';
import { type ChartName, chartNamed } from './charts';
import { type Flag, parseWords } from './commandFlags';
import { helmFlags } from './helmFlags';
import { isTakenAway } from './outlets';
import { type Piece, splitAtCommas } from './piece';

/** A command of Helm's that installs a chart of Istio: what was handed to it. */
export interface HelmCommand {
  readonly chart: ChartName;
  /** The word that names the chart. */
  readonly reference: Piece;
  readonly version: Piece | undefined;
  readonly files: readonly Piece[];
  /** The flags that set single values, in the order in which they count. */
  readonly sets: readonly Flag[];
  /** Words and flags by which further values come in that are not known. */
  readonly unknown: readonly Piece[];
  readonly reusesValues: Piece | undefined;
}

/** The command of Helm's, `undefined` where it installs no chart of Istio, only tries it, or what it prints is deleted. */
export function helmCommandOf({ words, into }: Command): HelmCommand | undefined {
  const [executable, ...rest] = words;
  if (executable === undefined || !isHelm(textOf(executable.text))) return undefined;
  const { flags, operands, unknown } = parseWords(rest, helmFlags);
  const [verb, ...names] = operands.filter(({ text }) => textOf(text) !== 'secrets');
  const kind = verb === undefined ? undefined : kinds.get(textOf(verb.text));
  if (kind === undefined || flags.some(({ name }) => name === 'help')) return undefined;
  const tried = flags.find(({ name }) => name === 'dry-run')?.value;
  const isTried = flags.some(({ name }) => name === 'dry-run') && !/^(?:none|false)$/.test(said(tried));
  if (kind === 'prints' ? isTakenAway(into) : isTried) return undefined;
  const named = (...wanted: readonly string[]): readonly Piece[] =>
    flags.flatMap(({ name, value }) => (wanted.includes(name) && value !== undefined ? [value] : []));
  const found = chartAmong([...names, ...unknown], said(named('repo').at(-1)));
  if (found === undefined) return undefined;
  return {
    ...found,
    version: named('version').at(-1),
    files: named('values').flatMap(splitAtCommas),
    // helm pkg/cli/values/options.go MergeValues: one kind of flag after the other, each in the order of the command.
    sets: setFlags.flatMap(kindOfSet => flags.filter(({ name }) => name === kindOfSet)),
    unknown: unknown.filter(word => word !== found.reference),
    reusesValues: words.find(({ text }) =>
      /^--(?:reuse|reset-then-reuse)-values(?:=true)?$/.test(textOf(text)),
    ),
  };
}

const setFlags = ['set-json', 'set', 'set-string', 'set-file', 'set-literal'];

const kinds: ReadonlyMap<string, 'installs' | 'prints'> = new Map([
  ['install', 'installs'],
  ['upgrade', 'installs'],
  ['template', 'prints'],
]);

const isHelm = (word: string): boolean =>
  /(?:^|[/\\])helm3?(?:\.exe)?$/.test(word) || /^\$\{?\w*helm\w*\}?$/i.test(word);

const said = (piece: Piece | undefined): string => (piece === undefined ? '' : textOf(piece.text));

/** The chart stands behind the name of the release; a name alone is a chart only where a repository is given. */
function chartAmong(
  words: readonly Piece[],
  repository: string,
): Pick<HelmCommand, 'chart' | 'reference'> | undefined {
  for (const reference of [...words].reverse()) {
    const raw = said(reference);
    const chart = raw.includes('/') || repository !== '' ? chartNamed(raw, repository) : undefined;
    if (chart !== undefined) return { chart, reference };
  }
  return undefined;
}
