import type { InstallPlan } from '../../core/install';
import type { MeshSettings, Remedy } from '../../core/mesh';
import { type Platform, runsOn } from '../../core/platform';
import { distinct } from '../../core/words';
import { communityBuilt, communityHubs, fullHub, officialHubs } from './hubs';
import { highestPatchOf, officialTag, platformHistory, platformsOf, wasBuilt, wasReleased } from './releases';
import { newestMinor, type Version, versionInTag } from './version';

const mostTags = 4;

/** What the Istio images of a plan have in common. */
interface Current {
  readonly hub: string;
  /** The tag taken apart, `ending` being what follows the version. */
  readonly tag: { readonly text: string; readonly version: Version; readonly ending: string } | undefined;
  /** Image names without the hub. */
  readonly names: readonly string[];
}

/**
 * Ways out for an install whose images lack one of `targets`: another hub that has the same tag, then the nearest tags
 * of the same hub, at most four. None where nobody is known to publish for a target and the user names no hub.
 */
export function remedies(
  plan: InstallPlan,
  settings: MeshSettings,
  targets: readonly Platform[],
): readonly Remedy[] {
  const current = currentOf(plan);
  if (current === undefined) return [];
  const hubs = distinct([
    ...settings.hubs.map(fullHub),
    ...officialHubsFor(current, targets),
    ...communityHubsFor(current, targets),
  ]);
  return [
    ...hubs.filter(hub => hub !== current.hub).map(hubRemedy),
    ...tagsFor(current, targets).map(tagRemedy),
  ];
}

const hubRemedy = (hub: string): Remedy => ({
  title: `switch the hub to ${hub}`,
  changes: [{ part: 'hub', value: hub, path: ['spec', 'hub'] }],
});

const tagRemedy = (tag: string): Remedy => ({
  title: `move to tag ${tag}`,
  changes: [{ part: 'tag', value: tag, path: ['spec', 'tag'] }],
});

/** The hub and tag of the first Istio image; `undefined` where one of them is not known, as nothing could be verified. */
function currentOf({ images }: InstallPlan): Current | undefined {
  const parts = images.map(use => use.parts).filter(({ hub, tag }) => hub !== undefined && tag !== undefined);
  const [first] = parts;
  const hub = first?.hub?.value;
  const tag = first?.tag?.value;
  if (hub?.kind !== 'literal' || tag?.kind !== 'literal') return undefined;
  const names = parts.flatMap(({ image }) => (image.value.kind === 'literal' ? [image.value.value] : []));
  const version = versionInTag(tag.value);
  const cut = version === undefined ? -1 : tag.value.indexOf(version.text);
  const parsed =
    version?.release === true && cut === 0
      ? { text: tag.value, version, ending: tag.value.slice(version.text.length) }
      : undefined;
  return { hub: fullHub(hub.value), tag: parsed, names: distinct(names) };
}

/** The official hub, unless the release facts already say that it will not help. */
function officialHubsFor({ tag, names }: Current, targets: readonly Platform[]): readonly string[] {
  const parsed = tag === undefined ? undefined : officialTag(tag.text);
  if (parsed === undefined || !publishes(parsed.version.minor, targets)) return [];
  const { minor } = parsed.version;
  const known = minor !== newestMinor && highestPatchOf(minor) !== undefined;
  return !known || names.every(name => wasBuilt(name, minor)) ? ['docker.io/istio'] : [];
}

function communityHubsFor({ tag, names }: Current, targets: readonly Platform[]): readonly string[] {
  if (tag === undefined) return [];
  return communityHubs
    .filter(
      hub =>
        communityBuilt(hub, tag.version) &&
        hub.endings.includes(tag.ending) &&
        names.every(name => hub.images.includes(name)) &&
        runsAll(targets, hub.platforms),
    )
    .map(({ hub }) => hub);
}

/**
 * Tags that may have the platforms, nearest first: the newest patch release of the same minor version, then of each
 * later one its newest and its first. Tags that the release facts rule out are skipped.
 */
function tagsFor({ hub, tag, names }: Current, targets: readonly Platform[]): readonly string[] {
  if (tag === undefined || !/^(|-distroless|-debug)$/.test(tag.ending)) return [];
  const ever = platformHistory.map(({ platform }) => platform);
  if (!runsAll(targets, ever)) return [];
  const { minor, patch } = tag.version;
  const community = communityHubs.find(row => row.hub === hub);
  const official = officialHubs.find(row => row.hub === hub);
  const may = (candidate: Version): boolean => {
    if (community !== undefined) return communityBuilt(community, candidate);
    if (official?.to !== undefined && candidate.minor > official.to) return false;
    const possible =
      publishes(candidate.minor, targets) || (official === undefined && candidate.minor === minor);
    return possible && wasReleased(candidate) && names.every(name => wasBuilt(name, candidate.minor));
  };
  const candidates: Version[] = [];
  const add = (candidateMinor: number, candidatePatch: number | undefined): void => {
    if (candidatePatch === undefined || (candidateMinor === minor && candidatePatch <= patch)) return;
    const text = `1.${candidateMinor}.${candidatePatch}`;
    if (candidates.some(candidate => candidate.text === text)) return;
    const candidate: Version = { text, minor: candidateMinor, patch: candidatePatch, release: true };
    if (candidates.length < mostTags && may(candidate)) candidates.push(candidate);
  };
  add(minor, newestPatch(minor, community));
  for (let next = minor + 1; highestPatchOf(next) !== undefined; next++) {
    add(next, newestPatch(next, community));
    add(next, 0);
  }
  return candidates.map(({ text }) => text + tag.ending);
}

function newestPatch(
  minor: number,
  community: (typeof communityHubs)[number] | undefined,
): number | undefined {
  if (community === undefined) return highestPatchOf(minor);
  const rows = community.built.filter(row => row.minor === minor);
  return rows.length === 0 ? undefined : Math.max(...rows.map(row => row.to));
}

const publishes = (minor: number, targets: readonly Platform[]): boolean =>
  runsAll(targets, platformsOf(minor));

const runsAll = (targets: readonly Platform[], platforms: readonly Platform[]): boolean =>
  targets.every(target => platforms.some(platform => runsOn(target, platform)));
