import { type Line, lineAt } from '../makefile/lines';
import { markAt } from './fenceLine';

/** How long the longest line of nothing but `unit` (a fence that can close another) is, from an offset to the end. */
export type LongestFrom = (unit: string, offset: number) => number;

/** Looks through a text once for the fences without an info string. */
export function bareFences(text: string): LongestFrom {
  const found: { readonly start: number; readonly unit: string; readonly length: number }[] = [];
  for (let at = 0; at < text.length; ) {
    const line: Line = lineAt(text, at);
    const mark = markAt(text, line);
    if (mark !== undefined && mark.info === '' && !mark.prefix.listed)
      found.push({ start: line.start, unit: mark.unit, length: mark.length });
    at = line.next;
  }
  const longest: { '`': number; '~': number }[] = [];
  let last = { '`': 0, '~': 0 };
  for (let index = found.length - 1; index >= 0; index -= 1) {
    const { unit = '', length = 0 } = found[index] ?? {};
    last = {
      '`': unit === '`' ? Math.max(last['`'], length) : last['`'],
      '~': unit === '~' ? Math.max(last['~'], length) : last['~'],
    };
    longest[index] = last;
  }
  return (unit, offset) => {
    let low = 0;
    let high = found.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((found[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    const after = longest[low];
    return after === undefined ? 0 : unit === '`' ? after['`'] : after['~'];
  };
}
