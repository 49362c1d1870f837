/**
 * How much of the start of a text a shell pattern takes away, in UTF-16 units; 0 where it does not match. Patterns know
 * `*` and `?`; one with brackets matches nothing here.
 */
export function prefixLength(text: string, pattern: string, longest: boolean): number {
  const ends = matchEnds(text, pattern);
  return (longest ? ends.at(-1) : ends[0]) ?? 0;
}

/** The same for the end of a text. */
export const suffixLength = (text: string, pattern: string, longest: boolean): number =>
  prefixLength(reversed(text), reversed(pattern), longest);

const reversed = (text: string): string => text.split('').reverse().join('');

/** Longer texts are no versions, paths or names. */
const longest = 1000;

/** All places, in order, at which a match that began at the text's start may end. */
function matchEnds(text: string, pattern: string): readonly number[] {
  if (text.length > longest || pattern.length > longest || /[[\]\\]/.test(pattern)) return [];
  let ends = new Set([0]);
  for (const unit of pattern) {
    const next = new Set<number>();
    if (unit === '*') for (let at = Math.min(...ends); at <= text.length; at += 1) next.add(at);
    for (const end of ends) {
      if (unit !== '*' && end < text.length && (unit === '?' || unit === text[end])) next.add(end + 1);
    }
    ends = next;
    if (ends.size === 0) break;
  }
  return [...ends].sort((a, b) => a - b);
}
