import type { ImageReference } from '../../core/image';
import type { ReleaseFact } from '../../core/mesh';
import { type Platform, runsOn } from '../../core/platform';
import { officialHubs } from './hubs';
import { imageTable } from './imageTable';
import { parseVersion, type Range, type Version, within } from './version';

/** The day these data were read. */
export const read = '2026-11-23';

// The highest patch release of each minor version: the last page announcing-1.x.y under
// istio/istio.io content/en/news/releases/1.x.x. Every lower patch of these versions was released as well.
const highestPatch: ReadonlyMap<number, number> = new Map([
  [4, 10],
  [5, 10],
  [6, 14],
  [7, 8],
  [8, 6],
  [9, 9],
  [10, 6],
  [11, 8],
  [12, 9],
  [13, 9],
  [14, 6],
  [15, 7],
  [16, 7],
  [17, 8],
  [18, 7],
  [19, 10],
  [20, 8],
  [21, 6],
  [22, 8],
  [23, 6],
  [24, 6],
  [25, 5],
  [26, 8],
  [27, 9],
  [28, 10],
  [29, 8],
  [30, 5],
  [31, 1],
]);

// istio/release-builder pkg/build/docker.go: the plain tag, and one more for each variant.
const endings: readonly (Range & { readonly ending: string })[] = [
  { ending: '' },
  { ending: '-distroless' },
  { ending: '-debug', from: 12 },
];

const amd64: Platform = { os: 'linux', architecture: 'amd64' };
const arm64: Platform = { os: 'linux', architecture: 'arm64' };

// istio/release-builder release/build.sh `architectures` from branch release-1.15 on;
// istio 1.15.0 releasenotes/notes/arm64-support.yaml.
const platforms: readonly (Range & { readonly platforms: readonly Platform[] })[] = [
  { to: 14, platforms: [amd64] },
  { from: 15, platforms: [amd64, arm64] },
];

/** The endings of the tags that Istio publishes for version 1.`minor`; the empty one is the plain tag. */
export const endingsOf = (minor: number): readonly string[] =>
  endings.filter(row => within(row, minor)).map(({ ending }) => ending);

/** The platforms that Istio's release flow builds version 1.`minor` for. */
const platformsOf = (minor: number): readonly Platform[] =>
  platforms.find(row => within(row, minor))?.platforms ?? [];

/** Every platform that Istio has ever released for, and the minor version that it came with. */
export const platformHistory: readonly { readonly platform: Platform; readonly since: number }[] = [
  { platform: amd64, since: 0 },
  { platform: arm64, since: 15 },
];

/** Whether Istio's release flow builds version 1.`minor` for all of `targets`. */
export const publishes = (minor: number, targets: readonly Platform[]): boolean =>
  runsAll(targets, platformsOf(minor));

/** Whether each of `targets` can run images of one of `platforms`. */
export const runsAll = (targets: readonly Platform[], platforms: readonly Platform[]): boolean =>
  targets.every(target => platforms.some(platform => runsOn(target, platform)));

/** Whether 1.`minor`.`patch` is a release. */
export const wasReleased = ({ minor, patch }: Pick<Version, 'minor' | 'patch'>): boolean =>
  patch <= (highestPatch.get(minor) ?? -1);

/** The newest minor version that these data know. */
export const newestKnown = Math.max(...highestPatch.keys());

export const highestPatchOf = (minor: number): number | undefined => highestPatch.get(minor);

export const wasBuilt = (image: string, minor: number): boolean =>
  imageTable.some(row => row.image === image && within(row, minor));

/** An official tag taken apart: the version it is of, and `-distroless` or `-debug` if it ends so. */
export function officialTag(tag: string): { readonly version: Version; readonly ending: string } | undefined {
  const match = /^(\d+\.\d+\.\d+)(|-distroless|-debug)$/.exec(tag);
  const version = match?.[1] === undefined ? undefined : parseVersion(match[1]);
  return version === undefined ? undefined : { version, ending: match?.[2] ?? '' };
}

/** The hub and the image's own name: `docker.io/istio` and `pilot` for `docker.io/istio/pilot`. */
export function hubAndName({ registry, repository }: ImageReference): { hub: string; name: string } {
  const path = `${registry}/${repository}`;
  const cut = path.lastIndexOf('/');
  return { hub: path.slice(0, cut), name: path.slice(cut + 1) };
}

/** Whether an image is at a hub that Istio's own releases are pushed to. */
export const isAtOfficialHub = (image: ImageReference): boolean =>
  officialHubs.some(({ hub }) => hub === hubAndName(image).hub);

/**
 * What Istio's release flow published for an image; `undefined` for images of other hubs, images it does not build, and
 * tags that are not known to be releases.
 */
export function released(image: ImageReference): ReleaseFact | undefined {
  if (image.tag === undefined || image.digest !== undefined) return undefined;
  const { hub, name } = hubAndName(image);
  const tag = officialTag(image.tag);
  if (tag === undefined || !wasReleased(tag.version)) return undefined;
  const { minor } = tag.version;
  const published =
    officialHubs.some(row => row.hub === hub && within(row, minor)) &&
    wasBuilt(name, minor) &&
    endings.some(row => row.ending === tag.ending && within(row, minor));
  return published ? { platforms: platformsOf(minor), read } : undefined;
}
