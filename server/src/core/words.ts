import { formatPlatform, type Platform } from './platform';

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

export const platformsListed = (platforms: readonly Platform[]): string =>
  listed(platforms.map(formatPlatform));

/**
 * Text that came from a file or a registry, safe to show: control and bidirectional characters, which a terminal or an
 * editor would act on, are replaced. Tabs stay.
 */
export const printable = (text: string): string => text.replace(/(?!\t)[\p{Cc}\p{Cf}]/gu, '\uFFFD');

/** The text with a capital letter at its start. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The distinct items, in the order of their first appearance. */
export const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
