import type { ChildCheck, Known } from '../core/fact';
import { formatPlatform } from '../core/platform';
import type { Found } from './client';

/** Whether an endpoint has the index, but not every image that it lists: container runtimes then ask the next endpoint. */
export const lacksImages = ({ checked = [] }: Known): boolean =>
  checked.some(({ kind }) => kind === 'missing');

/**
 * What one endpoint has said, with what the `next` one says of the images that the first lacks. They are missing only if the
 * next one lacks them as well; where it could not be asked, or has another index, nobody can say.
 */
export function completedBy(known: Known, next: Found): Known {
  const elsewhere = (check: ChildCheck): ChildCheck => {
    if (check.kind !== 'missing' || next.kind === 'absent' || next.kind === 'invalid') return check;
    if (next.kind !== 'known') return unread(check, `${known.by} does not have it; ${next.why}`);
    const same = next.checked?.find(
      ({ digest, platform }) =>
        digest === check.digest && formatPlatform(platform) === formatPlatform(check.platform),
    );
    return same ?? unread(check, `${known.by} does not have it, and ${next.by} has another index`);
  };
  return known.checked === undefined ? known : { ...known, checked: known.checked.map(elsewhere) };
}

const unread = ({ platform, digest }: ChildCheck, why: string): ChildCheck => ({
  kind: 'unread',
  platform,
  digest,
  why,
});
