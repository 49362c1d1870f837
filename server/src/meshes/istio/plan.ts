import type { Command, Fragment, Manifest } from '../../core/fragment';
import type { Gap, InstallPlan, Setting } from '../../core/install';
import type { MeshSettings, Open } from '../../core/mesh';
import { type Site, textOf } from '../../core/text';
import type { Node } from '../../core/tree';
import { type Evidence, evidenceOf, meshVersionOf } from './evidence';
import { imageGaps, undecidedGap } from './gaps';
import { compiledInHub } from './hubs';
import { imagesOf } from './images';
import { type Invocation, invocationOf } from './istioctl';
import { compiledInOf, mergedSpec, specOf, userSpec, type Written } from './merge';
import { openMapGaps } from './openMaps';
import { isIstioOperator, operatorsIn } from './operator';
import { selectProfile } from './profileChoice';
import { newestWith } from './profiles';
import { rulesOf } from './rules';
import { parseSetFlag, type SetFlag } from './setFlag';
import { firstAt, settingAt, valuePaths } from './settings';
import { newestMinor } from './version';

/** What an install is made from, whoever asked for it. */
interface Input {
  readonly written: Written;
  readonly executable: Invocation['executable'];
  readonly anchor: Site;
  readonly directories: readonly string[];
  readonly gaps: readonly Gap[];
  readonly files: InstallPlan['files'];
  readonly reads: readonly string[];
}

/** The install plan of an IstioOperator or of an `istioctl` command; `undefined` for anything else. Never throws. */
export function planIstio(fragment: Fragment, settings: MeshSettings, open: Open): InstallPlan | undefined {
  switch (fragment.kind) {
    case 'manifest':
      if (!isIstioOperator(fragment)) return undefined;
      return unreadPlan(fragment) ?? planInput(manifestInput(fragment), settings, open);
    case 'command': {
      const invocation = invocationOf(fragment);
      return invocation === undefined
        ? undefined
        : planInput(commandInput(fragment, invocation, open), settings, open);
    }
  }
}

/** Nothing is known of the images of a document that could not be read, and it has to be said. */
function unreadPlan({ unread, anchor }: Manifest): InstallPlan | undefined {
  if (unread === undefined) return undefined;
  return {
    mesh: 'istio',
    anchor,
    images: [],
    gaps: [{ what: 'values', why: unread, site: anchor }],
    notes: [],
    files: [],
    reads: [],
  };
}

function manifestInput({ root, anchor }: Manifest): Input {
  const spec = specOf(root);
  const directory = anchor.uri.slice(0, anchor.uri.lastIndexOf('/') + 1);
  const written = { files: spec === undefined ? [] : [spec], sets: [] };
  const gaps = openMapGaps(root);
  return { written, executable: undefined, anchor, directories: [directory], gaps, files: [], reads: [] };
}

function commandInput({ anchor, directories }: Command, invocation: Invocation, open: Open): Input {
  const gaps: Gap[] = [];
  const reads: string[] = [];
  const files: { readonly site: Site; readonly uri: string }[] = [];
  const specs = invocation.files.flatMap(({ text, site }): readonly Node[] => {
    const gap = (why: string): void => void gaps.push({ what: 'file', why, site });
    if (text.kind === 'dynamic') gap(`the file ${text.raw} is not known: ${text.why}`);
    else if (text.value === '-') gap('the IstioOperator comes from standard input, which is not known here');
    else {
      const file = open(text.value.trim(), directories);
      if (file.uri !== undefined) {
        reads.push(file.uri);
        files.push({ site, uri: file.uri });
      }
      const operators = operatorsIn(file);
      if (file.fragments === undefined) gap(`${text.value} can't be read`);
      else if (operators.length === 0) gap(`there is no IstioOperator in ${text.value}`);
      else if (operators.length > 1)
        gap(`there are ${operators.length} IstioOperators in ${text.value}, but istioctl takes one per file`);
      const [operator] = operators;
      if (operator?.unread !== undefined) gap(`${text.value} can't be read: ${operator.unread}`);
      if (operator !== undefined) gaps.push(...openMapGaps(operator.root));
      const spec = operator === undefined ? undefined : specOf(operator.root);
      return spec === undefined ? [] : [spec];
    }
    return [];
  });
  const sets = invocation.sets.flatMap((piece): readonly SetFlag[] => {
    const flag = parseSetFlag(piece);
    if (flag === undefined)
      gaps.push({ what: 'values', why: unreadable(textOf(piece.text)), site: piece.site });
    return flag === undefined ? [] : [flag];
  });
  const { revision, charts } = invocation;
  const last = revision === undefined ? [] : [revisionFlag(revision)];
  if (charts !== undefined)
    gaps.push({ what: 'file', why: chartsWhy(textOf(charts.text)), site: charts.site });
  for (const { text, site } of invocation.unknown)
    gaps.push({ what: 'values', why: `${textOf(text)} may hold further flags, and it is not known`, site });
  const written = { files: specs, sets: [...sets, ...last] };
  return { written, executable: invocation.executable, anchor, directories, gaps, files, reads };
}

function planInput(input: Input, settings: MeshSettings, open: Open): InstallPlan {
  const { written, anchor, directories, executable } = input;
  const told = evidenceOf(settings, executable, userSpec(written, rulesOf(newestMinor)));
  const minor = told?.version.minor ?? minorOfProfile(written);
  const rules = rulesOf(minor);
  const user = userSpec(written, rules);
  const choice = selectProfile(settingAt(user, ['profile']), minor, rules, anchor, reference =>
    open(reference, directories),
  );
  const compiledIn = compiledInOf(
    settings.defaultHub ?? (told === undefined ? undefined : compiledInHub(minor)),
    settings.defaultTag ?? (told?.version.release === true ? told.version.text : undefined),
    told?.version,
  );
  const { spec, gaps } = mergedSpec(written, choice.layers, compiledIn, rules, minor);
  const { images, undecided } = imagesOf({ spec, compiledIn, rules, minor });
  return {
    mesh: 'istio',
    ...versionPart(told),
    anchor,
    ...(choice.setting === undefined ? {} : { profile: choice.setting }),
    images,
    gaps: [
      ...input.gaps,
      ...gaps,
      ...choice.gaps,
      ...packagePathGaps(user),
      ...undecided.map(setting => undecidedGap(setting, anchor)),
      ...imageGaps(images, anchor),
    ],
    notes: [],
    files: input.files,
    reads: [...input.reads, ...choice.reads],
  };
}

const versionPart = (told: Evidence | undefined) =>
  told === undefined ? {} : { version: meshVersionOf(told) };

/** Without a version: the newest one that has the profile, so that an old install is not read by new rules. */
function minorOfProfile(written: Written): number {
  const profile = settingAt(userSpec(written, rulesOf(newestMinor)), ['profile'])?.value;
  return (profile?.kind === 'literal' ? newestWith(profile.value) : undefined) ?? newestMinor;
}

/** `-r` is appended as the last `--set revision=`. */
const revisionFlag = (revision: Invocation['files'][number]): SetFlag => ({
  segments: [{ kind: 'key', key: 'revision' }],
  pathSite: revision.site,
  value: revision,
});

function packagePathGaps(user: Node | undefined): readonly Gap[] {
  const path: Setting | undefined = firstAt(user, [
    ['installPackagePath'],
    ...valuePaths('installPackagePath'),
  ]);
  if (path?.origin.kind !== 'written') return [];
  return [{ what: 'file', why: chartsWhy(textOf(path.value)), site: path.origin.site }];
}

const chartsWhy = (path: string): string =>
  `the charts and profiles come from ${path}; it is taken for granted that they are those of istioctl itself`;

const unreadable = (flag: string): string =>
  `istioctl can't read ${flag}; write it as path=value with exactly one equals sign`;
