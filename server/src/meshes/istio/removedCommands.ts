import type { Command, Manifest, Word } from '../../core/fragment';
import type { InstallPlan } from '../../core/install';
import type { MeshSettings } from '../../core/mesh';
import type { RemovedCommand } from '../../core/notice';
import { type Site, textOf } from '../../core/text';
import { cluesOf } from './clues';
import { evidenceOf, meshVersionOf } from './evidence';
import { isIstioctl } from './executable';
import { lastWithOperator } from './operatorInit';
import type { Version } from './version';

interface Removed {
  readonly verb: string;
  readonly second: readonly string[];
  /** The last minor version that has it. */
  readonly last: number;
  readonly advice: string;
}

// istio commit c2b027c4e06 took the operator in the cluster out for 1.24; operator/cmd/mesh of 1.23 and 1.24.
const removed: readonly Removed[] = [
  {
    verb: 'operator',
    second: ['init', 'dump', 'remove'],
    last: lastWithOperator,
    advice:
      'Install the same IstioOperator file with "istioctl install -f"; applied with kubectl, it does nothing there.',
  },
  {
    verb: 'profile',
    second: ['list', 'dump', 'diff'],
    last: lastWithOperator,
    advice:
      'See what a profile installs with "istioctl manifest generate --set profile=…"; the profiles are files in manifests/profiles of the release.',
  },
  {
    verb: 'manifest',
    second: ['diff'],
    last: lastWithOperator,
    advice: 'Compare what "istioctl manifest generate" writes with diff.',
  },
];

/** What there is to say of a command of istioctl that the version `told` does not have any more. */
export function removedCommand(
  { words, anchor }: Command,
  told: Version | undefined,
): RemovedCommand | undefined {
  const found = removedVerbs(words);
  if (found === undefined || told === undefined || told.minor <= found.row.last) return undefined;
  const { verb, second, row } = found;
  return {
    code: 'command-removed',
    site: siteOfBoth(verb, second) ?? anchor,
    what: `"istioctl ${textOf(verb.text)} ${textOf(second.text)}"`,
    version: told.text,
    last: `1.${row.last}`,
    advice: row.advice,
    repairs: [],
  };
}

/** The two verbs of a command that some version does not have. */
function removedVerbs([executable, ...words]: readonly Word[]):
  | { readonly verb: Word; readonly second: Word; readonly row: Removed }
  | undefined {
  if (executable === undefined || !isIstioctl(executable)) return undefined;
  for (const [index, verb] of words.entries()) {
    const second = words[index + 1];
    const row = removed.find(entry => entry.verb === textOf(verb.text));
    if (row !== undefined && second !== undefined && row.second.includes(textOf(second.text)))
      return { verb, second, row };
  }
  return undefined;
}

/** What there is to say of an IstioOperator that a script hands to kubectl, where no operator waits for it. */
export function appliedToNobody(
  { putInto = '', anchor }: Manifest,
  told: Version | undefined,
): RemovedCommand | undefined {
  const isApplied = /^(?:\S*\/)?(?:kubectl|oc)\s(?:.*\s)?(?:apply|create|replace)(?:\s|$)/s.test(putInto);
  return isApplied ? appliedToNobodyAt(anchor, told) : undefined;
}

/** The same, of an IstioOperator or of the name of its file, at the place of either. */
export function appliedToNobodyAt(site: Site, told: Version | undefined): RemovedCommand | undefined {
  if (told === undefined || told.minor <= lastWithOperator) return undefined;
  return {
    code: 'command-removed',
    site,
    what: 'operator in the cluster',
    version: told.text,
    last: `1.${lastWithOperator}`,
    advice:
      'An IstioOperator that is applied with kubectl does nothing there; install it with "istioctl install -f".',
    repairs: [],
  };
}

/** The plan of a command that installs nothing, and is only there because its istioctl does not know it. */
export function removedPlan(command: Command, settings: MeshSettings): InstallPlan | undefined {
  if (removedVerbs(command.words) === undefined) return undefined;
  const told = evidenceOf(cluesOf(command), settings, []);
  const notice = removedCommand(command, told?.version);
  if (told === undefined || notice === undefined) return undefined;
  const { anchor } = command;
  const version = meshVersionOf(told);
  return {
    mesh: 'istio',
    version,
    anchor,
    images: [],
    gaps: [],
    notes: [],
    notices: [notice],
    files: [],
    reads: [],
  };
}

function siteOfBoth({ site: a }: Word, { site: b }: Word): Site | undefined {
  const isPlain = a.uri === b.uri && a.via === undefined && b.via === undefined;
  return isPlain && a.span.start < b.span.end
    ? { uri: a.uri, span: { start: a.span.start, end: b.span.end } }
    : undefined;
}
