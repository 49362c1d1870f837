import type { Command } from '../../core/fragment';
import type { Gap } from '../../core/install';
import type { MeshSettings, Open } from '../../core/mesh';
import { textOf } from '../../core/text';
import { clientNotes } from './clientArchitecture';
import { cluesOf } from './clues';
import { lastControlPlane } from './controlPlane';
import { evidenceOf } from './evidence';
import { isOfControlPlane, meantIn, openInput, takenFrom } from './inputFile';
import type { InstallInput } from './installInput';
import type { Invocation } from './istioctl';
import { specOf } from './merge';
import { newestToNarrow } from './narrowing';
import { type Piece, splitAtCommas } from './piece';
import { type Rules, rulesOf } from './rules';
import { parseSetFlag, type SetFlag } from './setFlag';
import { istioctlOf, newestMinor } from './version';
import { tagsIn } from './writtenTags';

/** What an `istioctl` command installs from: its files, read by `open`, then its flags. */
export function commandInput(
  command: Command,
  invocation: Invocation,
  settings: MeshSettings,
  open: Open,
): InstallInput {
  const { anchor, directories } = command;
  const clues = cluesOf(command);
  const told = evidenceOf(clues, settings, [])?.version.minor;
  const named = filesOf(invocation, rulesOf(told ?? newestMinor));
  const files = named.map(piece => openInput(piece, directories, open));
  const { narrowing } = invocation;
  const newest = files.some(isOfControlPlane) ? lastControlPlane : narrowing && newestToNarrow(narrowing);
  const { setSplitsAtCommas } = rulesOf(told ?? newest ?? newestMinor);
  const set = setSplitsAtCommas ? invocation.sets.flatMap(splitAtCommas) : invocation.sets;
  const flags = set.map(piece => ({ piece, flag: parseSetFlag(piece) }));
  const { revision, charts, operator } = invocation;
  const sets = flags.flatMap(({ flag }) => flag ?? []);
  const meant = files.flatMap(file => specOf(meantIn(file)?.root) ?? []);
  const minor = told ?? evidenceOf(clues, settings, tagsIn({ files: meant, sets }))?.version.minor ?? newest;
  const read = files.map(file => takenFrom(file, minor));
  const gaps: readonly Gap[] = [
    ...(told === undefined ? [] : misplacedInput(named, told)),
    ...read.flatMap(file => file.gaps),
    ...flags.flatMap(({ piece, flag }) => (flag === undefined ? [unreadableFlag(piece)] : [])),
    ...(charts === undefined ? [] : [chartsGap(charts)]),
    ...invocation.unknown.map(unknownFlags),
  ];
  return {
    written: {
      files: read.flatMap(file => file.spec ?? []),
      sets: revision === undefined ? sets : [...sets, revisionFlag(revision)],
    },
    ...(newest !== undefined && { newest }),
    form: operator === undefined ? 'command' : 'operator init',
    clues,
    operator,
    narrowing,
    revision,
    anchor,
    directories,
    gaps,
    notes: clientNotes(command),
    files: files.flatMap(file => file.files),
    reads: files.flatMap(file => file.files.map(({ uri }) => uri)),
  };
}

/** The files that `-f` names, in the order in which they count; standard input is read where it is named first. */
function filesOf({ files, operator }: Invocation, rules: Rules): readonly Piece[] {
  if (operator !== undefined) return files;
  const named = rules.takesOneFile ? files.slice(-1) : files.flatMap(splitAtCommas);
  if (rules.inputComesLast) return named;
  const input = named.findIndex(isInput);
  return named.filter((piece, index) => !isInput(piece) || index === input);
}

const isInput = ({ text }: Piece): boolean => textOf(text) === '-';

/** istioctl 1.24 operator/pkg/render/manifest.go MergeInputs: an error, and nothing is installed. */
function misplacedInput(named: readonly Piece[], minor: number): readonly Gap[] {
  if (!rulesOf(minor).inputComesLast) return [];
  return named
    .slice(0, -1)
    .filter(isInput)
    .map(({ site }) => ({
      what: 'file',
      why: `${istioctlOf(minor)} refuses this with "stdin is only allowed as the last filename"; name - behind all other files`,
      site,
    }));
}

/** `-r` is appended as the last `--set revision=`. */
const revisionFlag = (revision: Piece): SetFlag => ({
  segments: [{ kind: 'key', key: 'revision' }],
  pathSite: revision.site,
  value: revision,
});

const unreadableFlag = ({ text, site }: Piece): Gap => ({
  what: 'values',
  why: `istioctl can't read ${textOf(text)}; write it as path=value with exactly one equals sign`,
  site,
});

const unknownFlags = ({ text, site }: Piece): Gap => ({
  what: 'values',
  why: `${textOf(text)} may hold further flags, and it is not known`,
  site,
});

/** The gap for charts and profiles that are not those of istioctl itself. */
export const chartsGap = ({ text, site }: Pick<Piece, 'text' | 'site'>): Gap => ({
  what: 'file',
  why: `the charts and profiles come from ${textOf(text)}; it is taken for granted that they are those of istioctl itself`,
  site,
});
