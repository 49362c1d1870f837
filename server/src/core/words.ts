import { formatPlatform, type Platform } from './platform';

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

export const platformsListed = (platforms: readonly Platform[]): string =>
  listed(platforms.map(formatPlatform));

/** The distinct items, in the order of their first appearance. */
export const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
