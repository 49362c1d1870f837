import type { Gap, ImageUse, InstallPlan, Setting } from '../../core/install';
import type { MeshSettings } from '../../core/mesh';
import type { Site } from '../../core/text';
import { entryOf, type Node } from '../../core/tree';
import { withChartLimits } from './chartScheduling';
import { defaultsKey, specOfChart } from './chartSpec';
import type { ChartName } from './charts';
import { readChartVersion } from './chartVersion';
import type { Clues } from './clues';
import { type Evidence, evidenceOf } from './evidence';
import { imageGaps } from './gaps';
import { imagesOf } from './images';
import { type CompiledIn, compiledInOf } from './merge';
import { openMapGaps } from './openMaps';
import type { Piece } from './piece';
import { rulesOf } from './rules';
import { type Path, settingAt } from './settings';
import { newestMinor, parseVersion } from './version';

/** A chart that something installs, with the values that it is given. */
export interface ChartInstall {
  readonly chart: ChartName;
  readonly values: Node | undefined;
  /** The version that is asked for, as it is written. */
  readonly version: Piece | undefined;
  /** What else tells the version of a chart that lies on the disk. */
  readonly clues: Clues;
  readonly isLocal: boolean;
  readonly anchor: Site;
  /** How a version is written there, as a clause. */
  readonly advice: string;
}

/** What one chart installs. */
export interface ChartPart extends Pick<InstallPlan, 'images' | 'gaps'> {
  readonly told: Evidence | undefined;
}

/** The images of one chart: those of istioctl with the same values, but for the hub and the tag, which the chart brings. */
export function planChart(install: ChartInstall, settings: MeshSettings): ChartPart {
  const { chart, values, version, anchor, advice } = install;
  const { told, open } = versionOf(install, settings);
  const minor = told?.version.minor ?? newestMinor;
  const rules = rulesOf(minor);
  const spec = specOfChart(chart, values, rules, minor);
  if (spec === undefined) return { told, images: [], gaps: [] };
  const name = `the chart ${chart}`;
  const compiledIn = chartDefaults(name, told);
  const { images: pulled, containers } = imagesOf({ spec, compiledIn, rules, minor });
  const images = withChartLimits(pulled, spec, containers, { minor, patch: told?.version.patch ?? 0 });
  const giver = { name, missing: open ?? noVersion(install), advice };
  const gaps: readonly Gap[] = [
    ...templateGaps(values),
    ...refusedDefaults(values, told),
    ...imageGaps(images, {
      anchor: version?.site ?? anchor,
      form: 'command',
      told: told?.version,
      newest: undefined,
      giver,
    }),
  ];
  return { told, images: images.map(saidByHelm), gaps };
}

/** istio 1.24 manifests/zzz_profile.yaml: the chart fails, and nothing is installed. */
function refusedDefaults(values: Node | undefined, told: Evidence | undefined): readonly Gap[] {
  const entry = entryOf(values, 'defaults');
  if (told === undefined || entry === undefined || defaultsKey(told.version.minor) === undefined) return [];
  if (defaultsKey(told.version.minor) === entry.key || isEmpty(entry.value)) return [];
  const why = `the charts of Istio 1.24 and later refuse values below "defaults"; write them without it, as hub for defaults.hub`;
  return [{ what: 'values', why, site: entry.keySite }];
}

const isEmpty = (node: Node): boolean =>
  (node.kind === 'map' && node.entries.length === 0) || (node.kind === 'scalar' && node.type === 'null');

const noVersion = ({ isLocal }: ChartInstall): string =>
  isLocal ? 'nothing here tells its version' : 'without a version it is the newest one of the day';

/** What is written decides; the user's settings tell a version that is left open, and so do the tags of the images. */
function versionOf(
  { version, clues, values }: ChartInstall,
  settings: MeshSettings,
): { readonly told: Evidence | undefined; readonly open: string | undefined } {
  const tags = tagPaths.flatMap(path => settingAt(values, path) ?? []);
  if (version === undefined) return { told: evidenceOf(clues, settings, tags), open: undefined };
  const { evidence, open } = readChartVersion(version);
  if (open === undefined) return { told: evidence, open };
  const own = settings.istioVersion === undefined ? undefined : parseVersion(settings.istioVersion);
  const fits = evidence === undefined || own?.minor === evidence.version.minor;
  const told = fits ? evidenceOf({ told: [] }, settings, tags) : evidence;
  return { told: told ?? evidence, open };
}

const tagPaths: readonly Path[] = [['global', 'tag'], ['tag'], ['pilot', 'tag'], ['cni', 'tag']];

/** The hub and the tag that the release flow stamps into a chart (istio/release-builder pkg/build/helm.go). */
export function chartDefaults(name: string, told: Evidence | undefined): CompiledIn {
  const { hub, tag } = compiledInOf({ hubs: [] }, told);
  const because = told === undefined ? name : `${name} ${told.version.text}`;
  const ofChart = ({ value, origin }: Setting): Setting => ({
    value: value.kind === 'dynamic' ? { ...value, why: `the version of ${name} is not known` } : value,
    origin: origin.kind === 'default' ? { ...origin, because } : origin,
  });
  return { hub: ofChart(hub), tag: ofChart(tag) };
}

/** Gaps for the maps of values that a template fills in. */
export const templateGaps = (values: Node | undefined): readonly Gap[] => {
  if (values === undefined) return [];
  const { site } = values;
  const entry = (key: string, value: Node) => ({ key, keySite: site, value });
  const spec: Node = { kind: 'map', entries: [entry('values', values)], site };
  return openMapGaps({ kind: 'map', entries: [entry('spec', spec)], site });
};

/** It is Helm that makes a number of a tag, not istioctl. */
function saidByHelm(use: ImageUse): ImageUse {
  const parts = Object.entries(use.parts).map(([name, part]): [string, Setting] => [
    name,
    part.note === undefined ? part : { ...part, note: part.note.replace(/^istioctl reads/, 'Helm reads') },
  ]);
  return { ...use, parts: { image: use.parts.image, ...Object.fromEntries(parts) } };
}
