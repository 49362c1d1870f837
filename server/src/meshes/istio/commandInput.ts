import type { Command } from '../../core/fragment';
import type { Gap, InstallPlan } from '../../core/install';
import type { MeshSettings, Open } from '../../core/mesh';
import { textOf } from '../../core/text';
import type { Node } from '../../core/tree';
import { clientNotes } from './clientArchitecture';
import { cluesOf } from './clues';
import { lastControlPlane } from './controlPlane';
import { evidenceOf } from './evidence';
import { unreadableFile } from './fileGap';
import type { InstallInput } from './installInput';
import type { Invocation } from './istioctl';
import { specOf } from './merge';
import { openMapGaps } from './openMaps';
import { isControlPlane, operatorsIn } from './operator';
import { type Piece, splitAtCommas } from './piece';
import { type Rules, rulesOf } from './rules';
import { parseSetFlag, type SetFlag } from './setFlag';
import { newestMinor } from './version';

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
  const read = named.map(piece => readFile(piece, directories, open));
  const newest = read.some(({ is14 }) => is14) ? lastControlPlane : undefined;
  const { setSplitsAtCommas } = rulesOf(told ?? newest ?? newestMinor);
  const set = setSplitsAtCommas ? invocation.sets.flatMap(splitAtCommas) : invocation.sets;
  const flags = set.map(piece => ({ piece, flag: parseSetFlag(piece) }));
  const { revision, charts, operator } = invocation;
  const sets = flags.flatMap(({ flag }) => flag ?? []);
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
    revision,
    anchor,
    directories,
    gaps,
    notes: clientNotes(command),
    files: read.flatMap(file => file.files),
    reads: read.flatMap(file => file.files.map(({ uri }) => uri)),
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
      why: `istioctl 1.${minor} refuses this with "stdin is only allowed as the last filename"; name - behind all other files`,
      site,
    }));
}

interface ReadFile {
  /** It is of the form that Istio 1.4 had. */
  readonly is14?: boolean;
  readonly spec?: Node;
  readonly gaps: readonly Gap[];
  readonly files: InstallPlan['files'];
}

/** The spec of a file that `-f` names. istioctl reads no addresses there, and none is fetched here. */
function readFile({ text, site }: Piece, directories: readonly string[], open: Open): ReadFile {
  const gap = (why: string): Gap => ({ what: 'file', why, site });
  if (text.kind === 'dynamic')
    return { gaps: [gap(`the file ${text.raw} is not known: ${text.why}`)], files: [] };
  const name = text.value.trim();
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(name))
    return { gaps: [gap(`Meshfit does not fetch ${name}; save it as a file and name that`)], files: [] };
  const isInput = name === '-' || name === '/dev/stdin';
  const file = open(isInput ? '-' : name, directories);
  const files = file.uri === undefined || isInput ? [] : [{ site, uri: file.uri }];
  const operators = operatorsIn(file);
  const [operator] = operators;
  const called = isInput ? 'standard input' : name;
  if (operator === undefined) {
    const why =
      file.fragments === undefined
        ? unreadableFile(isInput ? '-' : name, directories, file.why)
        : `there is no IstioOperator in ${called}`;
    return { gaps: [gap(why)], files };
  }
  const many = `there are ${operators.length} IstioOperators in ${called}, but istioctl takes one per file`;
  const gaps = [
    ...(operators.length > 1 ? [gap(many)] : []),
    ...(operator.unread === undefined ? [] : [gap(`${called} can't be read: ${operator.unread}`)]),
    ...openMapGaps(operator.root),
  ];
  const spec = specOf(operator.root);
  return { ...(spec !== undefined && { spec }), is14: isControlPlane(operator), gaps, files };
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
