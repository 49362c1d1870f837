import type { Gap, ImageUse } from '../../core/install';
import type { Site } from '../../core/text';
import type { Evidence } from './evidence';
import { highestPatchOf, newestKnown, read } from './releases';

/** Minor versions up to this one get no further patch releases. */
const lastClosed = 28;

/**
 * Says that an install is planned by the rules of another version than its own, because that one is newer than all that
 * are known; or that istioctl's own tag, which `images` rely on, is that of a release that never was.
 */
export function versionGaps(
  told: Evidence | undefined,
  images: readonly ImageUse[],
  anchor: Site,
): readonly Gap[] {
  if (told === undefined) return [];
  const { text, minor, patch, release } = told.version;
  const site = told.origin.kind === 'written' ? told.origin.site : anchor;
  if (minor > newestKnown)
    return [
      {
        what: 'version',
        why: `Meshfit knows Istio up to 1.${newestKnown}; what ${text} installs is worked out by the rules of 1.${newestKnown}`,
        site,
      },
    ];
  const highest = highestPatchOf(minor);
  const reliesOnIt = images.some(({ parts: { tag } }) => tag?.origin.kind === 'default');
  const isNone =
    release && !text.includes('-') && minor <= lastClosed && highest !== undefined && patch > highest;
  if (!isNone || !reliesOnIt) return [];
  return [
    {
      what: 'version',
      why: `there is no Istio ${text}: the last release of 1.${minor} is 1.${minor}.${highest} (as of ${read})`,
      site,
    },
  ];
}
