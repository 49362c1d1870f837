import type { ImageUse } from '../../core/install';
import type { Notice } from '../../core/notice';
import type { Site } from '../../core/text';
import { missingComponents } from './missingComponents';
import { retiredHubs } from './retiredHubs';
import { retypedTags } from './retypedTags';
import type { SetFlag } from './setFlag';
import { doubledVariants, unpublishedVariants } from './variantNotices';

/** What there is to notice about the images of an install, whoever installs them. */
export const imageNotices = (
  images: readonly ImageUse[],
  sets: readonly SetFlag[],
  anchor: Site,
): readonly Notice[] => [
  ...retypedTags(images, sets),
  ...retiredHubs(images, anchor),
  ...doubledVariants(images, anchor),
  ...unpublishedVariants(images, anchor),
  ...missingComponents(images, anchor),
];
