import type { Site } from '../../core/text';
import { type Stretch, siteOfTraced, type Traced } from '../../core/traced';

/** The part of a text from `start` to `end`, as it is written there. */
export const asWritten = (text: string, uri: string, start: number, end: number): Traced => ({
  raw: text.slice(start, end),
  stretches: [{ length: end - start, site: { uri, span: { start, end } }, exact: true }],
});

/** A text that something else is written for, from `start` to `end`. */
export const readAs = (raw: string, uri: string, start: number, end: number): Traced =>
  standingFor(raw, { uri, span: { start, end } });

/** A text that all of a place stands for. */
export const standingFor = (raw: string, site: Site, why?: string): Traced => ({
  raw,
  stretches: [{ length: raw.length, site, exact: false, ...(why !== undefined && { why }) }],
});

/** A text that nobody wrote, such as the line end between two commands of a list, behind `traced`. */
export function behind(traced: Traced, raw: string): Traced {
  const { uri, span, via } = traced.stretches.at(-1)?.site ?? siteOfTraced(traced);
  return standingFor(raw, { uri, span: { start: span.end, end: span.end }, ...(via && { via }) });
}

/** A text that nobody wrote, in front of `traced`. */
export function inFrontOf(traced: Traced, raw: string): Traced {
  const { uri, span, via } = traced.stretches[0]?.site ?? siteOfTraced(traced);
  return standingFor(raw, { uri, span: { start: span.start, end: span.start }, ...(via && { via }) });
}

/**
 * The pieces of a text between bounds (ascending, in UTF-16 units): one more than there are bounds. Takes one walk over
 * the stretches, however many pieces there are.
 */
export function cutTraced({ raw, stretches }: Traced, bounds: readonly number[]): readonly Traced[] {
  const pieces: Traced[] = [];
  let index = 0;
  let begin = 0;
  let from = 0;
  for (const to of [...bounds, raw.length]) {
    const parts: Stretch[] = [];
    for (let stretch = stretches[index]; stretch !== undefined; stretch = stretches[index]) {
      const end = begin + stretch.length;
      const [low, high] = [Math.max(from, begin), Math.min(to, end)];
      if (low < high) parts.push(partOf(stretch, low - begin, high - begin));
      if (end > to) break;
      begin = end;
      index += 1;
    }
    pieces.push({ raw: raw.slice(from, to), stretches: parts });
    from = to;
  }
  return pieces;
}

function partOf(stretch: Stretch, from: number, to: number): Stretch {
  const { site, exact, length } = stretch;
  if (from === 0 && to === length) return stretch;
  const { start } = site.span;
  const span = exact ? { start: start + from, end: start + to } : site.span;
  return { ...stretch, length: to - from, site: { ...site, span } };
}
