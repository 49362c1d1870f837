import type { ImageUse, InstallPlan } from '../../core/install';
import type { Change, MeshSettings, Remedy } from '../../core/mesh';
import type { Platform } from '../../core/platform';
import { distinct } from '../../core/words';
import { communityBuilt, communityHubs, fullHub } from './hubs';
import { nearestTags } from './nearestTags';
import { isOperatorImage } from './operatorInit';
import { highestPatchOf, officialTag, publishes, runsAll, wasBuilt } from './releases';
import { type TaggedImage, taggedImages } from './taggedImage';
import { newestMinor } from './version';

/**
 * Ways out for the images at fault: another hub that has the tags of all of them, then the tags nearest to what the
 * install uses. None where nobody is known to publish for a target, the user names no hub and no other image of the
 * install shows a better tag.
 */
export function remedies(
  plan: InstallPlan,
  settings: MeshSettings,
  targets: readonly Platform[],
  atFault: readonly ImageUse[],
): readonly Remedy[] {
  const faulty = taggedImages(atFault);
  if (faulty.length === 0) return [];
  const others = taggedImages(plan.images.filter(use => !atFault.includes(use)));
  const hubs = distinct([
    ...settings.hubs.map(fullHub),
    ...officialHubsFor(faulty, targets),
    ...communityHubsFor(faulty, targets),
  ]);
  return [
    ...hubs.filter(hub => faulty.some(image => image.hub !== hub)).map(hub => hubRemedy(hub, plan)),
    ...nearestTags(faulty, others, targets).map(tag => tagRemedy(tag, plan, atFault)),
  ];
}

const hubRemedy = (hub: string, plan: InstallPlan): Remedy => ({
  title: `switch the hub to ${hub}`,
  changes: [{ part: 'hub', value: hub, ...writingOf(plan, 'hub', hub) }],
});

/** Where a text tells the version that the tag comes with, that is what is raised. */
const tagRemedy = (tag: string, plan: InstallPlan, atFault: readonly ImageUse[]): Remedy => ({
  title: atFault.some(isToldByVersion) ? `move to Istio ${tag}` : `move to tag ${tag}`,
  changes: [{ part: 'tag', value: tag, ...writingOf(plan, 'tag', tag) }],
});

const isToldByVersion = ({ parts: { tag } }: ImageUse): boolean =>
  tag?.origin.kind === 'default' && tag.origin.told !== undefined;

/** How the value is written where the text has none. */
function writingOf(
  { images, writing }: InstallPlan,
  part: 'hub' | 'tag',
  value: string,
): Pick<Change, 'path' | 'words'> {
  const own = writing?.[part];
  if (own !== undefined) return { path: own.path, words: ['--set', `${own.flag}=${value}`] };
  const words = images.some(isOperatorImage) ? [`--${part}`, value] : ['--set', `${part}=${value}`];
  return { path: ['spec', part], words };
}

/** The official hub, unless the release facts already say that it will not help. */
function officialHubsFor(faulty: readonly TaggedImage[], targets: readonly Platform[]): readonly string[] {
  const may = ({ name, tag }: TaggedImage): boolean => {
    const minor = tag === undefined ? undefined : officialTag(tag.text)?.version.minor;
    if (minor === undefined || !publishes(minor, targets)) return false;
    const known = minor !== newestMinor && highestPatchOf(minor) !== undefined;
    return !known || wasBuilt(name, minor);
  };
  return faulty.every(may) ? ['docker.io/istio'] : [];
}

const communityHubsFor = (faulty: readonly TaggedImage[], targets: readonly Platform[]): readonly string[] =>
  communityHubs
    .filter(
      hub =>
        runsAll(targets, hub.platforms) &&
        faulty.every(
          ({ name, tag }) =>
            tag !== undefined &&
            communityBuilt(hub, tag.version) &&
            hub.endings.includes(tag.ending) &&
            hub.images.includes(name),
        ),
    )
    .map(({ hub }) => hub);
