import type { Platform } from '../../core/platform';
import { distinct } from '../../core/words';
import { communityBuilt, communityHubs, officialHubs } from './hubs';
import { highestPatchOf, platformHistory, publishes, runsAll, wasBuilt, wasReleased } from './releases';
import type { ReleaseTag, TaggedImage } from './taggedImage';
import type { Version } from './version';

const mostTags = 4;

/** A place in the order of releases. */
type Release = Pick<Version, 'minor' | 'patch'>;

/**
 * Tags that may do for all images at fault, at most four, nearest first: the highest tag that the `others` of the install
 * have, then the newest patch release of the same minor version, then of each later one its newest and its first. None
 * where the images at fault end their tags differently, as one tag would change the variant of some.
 */
export function nearestTags(
  faulty: readonly TaggedImage[],
  others: readonly TaggedImage[],
  targets: readonly Platform[],
): readonly string[] {
  const [ending, ...otherEndings] = distinct(faulty.map(({ tag }) => tag?.ending));
  if (otherEndings.length > 0) return [];
  const inUse = others.flatMap(({ tag }) => tag ?? []).sort((a, b) => compare(b.version, a.version))[0];
  const written = faulty.flatMap(({ tag }) => (tag === undefined ? [] : startOf(tag.version)));
  const [start] = [...written, ...(inUse === undefined ? [] : [inUse.version])].sort((a, b) => compare(b, a));
  const later =
    start !== undefined && isVariant(ending)
      ? releasesAfter(start, faulty, targets).map(tag => tag + ending)
      : [];
  return distinct([...(inUse === undefined ? [] : [likeOthers(inUse, ending)]), ...later])
    .filter(text => faulty.some(({ tag }) => tag?.text !== text))
    .slice(0, mostTags);
}

const isVariant = (ending: string | undefined): ending is string =>
  ending === '' || ending === '-distroless' || ending === '-debug';

/** The version of another image's tag, with the variant of the images at fault; endings of vendors stay as they are. */
const likeOthers = ({ text, version, ending }: ReleaseTag, own: string | undefined): string =>
  isVariant(own) && isVariant(ending) ? version.text + own : text;

/** Where later releases begin: a patch that was never released is a slip, and any of its minor version is near. */
const startOf = (version: Version): Release =>
  highestPatchOf(version.minor) !== undefined && !wasReleased(version)
    ? { minor: version.minor, patch: -1 }
    : version;

const compare = (a: Release, b: Release): number => a.minor - b.minor || a.patch - b.patch;

/** Releases above `start` that the release facts do not rule out, nearest first. */
function releasesAfter(
  start: Release,
  faulty: readonly TaggedImage[],
  targets: readonly Platform[],
): readonly string[] {
  const ever = platformHistory.map(({ platform }) => platform);
  if (!runsAll(targets, ever)) return [];
  const hubs = distinct(faulty.map(({ hub }) => hub));
  const names = distinct(faulty.map(({ name }) => name));
  const mayBeOn = (hub: string, candidate: Release): boolean => {
    const community = communityHubs.find(row => row.hub === hub);
    if (community !== undefined) return communityBuilt(community, candidate);
    const official = officialHubs.find(row => row.hub === hub);
    if (official?.to !== undefined && candidate.minor > official.to) return false;
    const possible =
      publishes(candidate.minor, targets) || (official === undefined && candidate.minor === start.minor);
    return possible && wasReleased(candidate) && names.every(name => wasBuilt(name, candidate.minor));
  };
  const candidates: Release[] = [{ minor: start.minor, patch: newestPatch(start.minor, hubs) }];
  for (let minor = start.minor + 1; highestPatchOf(minor) !== undefined; minor++)
    candidates.push({ minor, patch: newestPatch(minor, hubs) }, { minor, patch: 0 });
  const texts = candidates
    .filter(({ patch }) => patch >= 0)
    .filter(candidate => compare(candidate, start) > 0 && hubs.every(hub => mayBeOn(hub, candidate)))
    .map(({ minor, patch }) => `1.${minor}.${patch}`);
  return distinct(texts);
}

/** The newest patch that all of the hubs may have; -1 where one of them has none. */
const newestPatch = (minor: number, hubs: readonly string[]): number =>
  Math.min(
    ...hubs.map(hub => {
      const community = communityHubs.find(row => row.hub === hub);
      if (community === undefined) return highestPatchOf(minor) ?? -1;
      return Math.max(-1, ...community.built.filter(row => row.minor === minor).map(row => row.to));
    }),
  );
