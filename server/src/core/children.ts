import type { ChildCheck, Known } from './fact';
import { formatPlatform, type Platform, runsOn } from './platform';

/** An image behind an index that nodes of its platform can't run, or can't pull. */
export type BrokenChild = Extract<ChildCheck, { kind: 'contradicts' | 'missing' }>;

/** What nodes of the platforms `targets` get instead of an image for them; nothing where the images were not read. */
export const brokenFor = (
  checked: readonly ChildCheck[],
  targets: readonly Platform[],
): readonly BrokenChild[] => [
  ...new Set(targets.flatMap(target => chosenFor(checked, target) ?? []).filter(isBroken)),
];

/**
 * Why it is not known that the images for `targets` are what the index says, as a clause; `undefined` where all of them
 * were read.
 */
export function unreadFor({ checked }: Known, targets: readonly Platform[]): string | undefined {
  if (checked === undefined) return 'the images behind its index were not read';
  const unread = targets
    .flatMap(target => chosenFor(checked, target) ?? [])
    .find(check => check.kind === 'unread');
  return unread && unreadWhy(unread);
}

/** A clause. */
export const unreadWhy = ({ platform, why }: Extract<ChildCheck, { kind: 'unread' }>): string =>
  `the index lists ${formatPlatform(platform)}, but the image behind that could not be read: ${why}`;

/** A clause. */
export const childInWords = (child: BrokenChild): string =>
  child.kind === 'contradicts'
    ? `the image behind ${formatPlatform(child.platform)} is ${formatPlatform(child.actual)}`
    : `the image behind ${formatPlatform(child.platform)} does not exist`;

/** Whether further images than the one that was named were read; a single image is its own. */
export const wereImagesRead = ({ digest, checked }: Pick<Known, 'digest' | 'checked'>): boolean =>
  checked?.some(child => child.kind !== 'unread' && child.digest !== digest) === true;

/** Whether asking again may tell more about the images behind the index. */
export const mayTellMore = ({ checked }: Pick<Known, 'checked'>): boolean =>
  checked === undefined || checked.some(({ kind }) => kind === 'unread' || kind === 'missing');

export const isBroken = (check: ChildCheck): check is BrokenChild =>
  check.kind === 'contradicts' || check.kind === 'missing';

/** Of several entries that fit, container runtimes take the first (image-spec image-index.md). */
const chosenFor = (checked: readonly ChildCheck[], target: Platform): ChildCheck | undefined =>
  checked.find(({ platform }) => runsOn(target, platform));
