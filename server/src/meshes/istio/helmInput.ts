import type { Command } from '../../core/fragment';
import type { Gap, InstallPlan } from '../../core/install';
import type { MeshSettings, Open } from '../../core/mesh';
import { overlay } from '../../core/overlay';
import { textOf } from '../../core/text';
import type { Node } from '../../core/tree';
import { planChart } from './chartPlan';
import { isLocalChart } from './charts';
import { chartWriting } from './chartWriting';
import { type Clues, cluesOf, noClues } from './clues';
import { meshVersionOf } from './evidence';
import type { HelmCommand } from './helmCommand';
import { jsonValues } from './jsonValues';
import type { Piece } from './piece';
import { assignValue, parseStrvals, type StrvalsFlag } from './strvals';
import { readValuesFile } from './valuesFile';
import { parseVersion } from './version';
import { versionsInFolders } from './versionTexts';

/** The plan of a command of Helm's: the values files in their order, then the single values. */
export function planHelm(
  command: Command,
  helm: HelmCommand,
  settings: MeshSettings,
  open: Open,
): InstallPlan {
  const { anchor, directories, hasAttributes = false } = command;
  const read = helm.files.map(piece => readValuesFile(piece, directories, open));
  const fromFiles = read.reduce<Node | undefined>(
    (below, { values }) => (values === undefined ? below : overlay(below, values, helmMerge)),
    undefined,
  );
  const { values, gaps } = withSets(fromFiles, helm, hasAttributes);
  const isLocal = isLocalChart(textOf(helm.reference.text));
  const part = planChart(
    {
      chart: helm.chart,
      values,
      // Helm looks at no version where the chart lies on the disk.
      version: isLocal ? undefined : helm.version,
      clues: isLocal ? cluesOfChart(command, helm.reference) : noClues,
      isLocal,
      anchor,
      advice: adviceFor(isLocal, hasAttributes),
    },
    settings,
  );
  return {
    mesh: 'istio',
    ...(part.told !== undefined && { version: meshVersionOf(part.told) }),
    anchor,
    images: part.images,
    gaps: [...read.flatMap(file => file.gaps), ...gaps, ...openGaps(helm), ...part.gaps],
    notes: [],
    writing: chartWriting(helm.chart, part.told?.version.minor, []),
    files: read.flatMap(file => file.files),
    reads: read.flatMap(file => file.files.map(({ uri }) => uri)),
  };
}

/** How the version of a chart is written there, as a clause. */
function adviceFor(isLocal: boolean, hasAttributes: boolean): string {
  if (isLocal)
    return hasAttributes ? 'name the tag in the value global.tag' : 'name the tag with --set global.tag=…';
  return `name the version of the chart with ${hasAttributes ? 'version = "…"' : '--version …'}`;
}

/** Lists replace each other, and a null takes away what is below it. */
const helmMerge = { lists: 'replace', nulls: 'remove' } as const;

function withSets(
  below: Node | undefined,
  { sets }: HelmCommand,
  hasAttributes: boolean,
): { readonly values: Node | undefined; readonly gaps: readonly Gap[] } {
  const gaps: Gap[] = [];
  let values = below;
  for (const { name, value: piece } of sets) {
    if (piece === undefined) continue;
    // The content of a file is no hub and no tag.
    if (name === 'set-file') continue;
    const assigned = name === 'set-json' ? jsonValues(piece) : parseStrvals(piece, name as StrvalsFlag);
    if (assigned === undefined) gaps.push(unreadable(hasAttributes ? 'the setting' : `--${name}`, piece));
    else for (const one of assigned) values = assignValue(values, one);
  }
  return { values, gaps };
}

const unreadable = (setter: string, { text, site }: Piece): Gap => ({
  what: 'values',
  why:
    text.kind === 'dynamic'
      ? `what ${setter} ${text.raw} sets is not known: ${text.why}`
      : `Helm can't read ${setter} ${text.value}`,
  site,
});

function openGaps({ unknown, reusesValues }: HelmCommand): readonly Gap[] {
  const further = unknown.map(
    ({ text, site }): Gap => ({
      what: 'values',
      why: `${textOf(text)} may hold further flags, and it is not known`,
      site,
    }),
  );
  if (reusesValues === undefined) return further;
  const why = `with ${textOf(reusesValues.text)}, values of the release before hold as well, and they are not known`;
  return [...further, { what: 'values', why, site: reusesValues.site }];
}

/** A chart on the disk comes with the release that its folder is of, or that was downloaded before. */
function cluesOfChart(command: Command, reference: Piece): Clues {
  const own = [...versionsInFolders(reference)].flatMap(piece => {
    const version = parseVersion(textOf(piece.text));
    return version === undefined ? [] : { kind: 'executable' as const, version, piece };
  });
  const { told, newest } = cluesOf(command);
  return { told: [...told, ...own], ...(newest !== undefined && { newest }) };
}
