import { dynamic, literal, type Site, type Span, sameSite, type Text } from './text';

/**
 * A piece of a text and where it comes from. `exact`: the text at `site` is the piece itself, unit by unit, so that a part
 * of it stands at a part of the site. `why` is there for text that only stands for a value nobody knows, and says in a
 * clause what is missing.
 */
export interface Stretch {
  readonly length: number;
  readonly site: Site;
  readonly exact: boolean;
  readonly why?: string;
}

/**
 * A text that was put together from others, by quotes, variables, line continuations or indentation that was taken away,
 * and that still knows where each unit is written. The stretches cover `raw` in order.
 */
export interface Traced {
  readonly raw: string;
  readonly stretches: readonly Stretch[];
  /** Where each stretch begins in `raw`, so that one of many is found quickly. */
  readonly starts?: readonly number[];
}

/** A text that stands at one place as it is, or that all of a place stands for. */
export const tracedAt = (raw: string, site: Site): Traced => ({
  raw,
  stretches: [{ length: raw.length, site, exact: site.span.end - site.span.start === raw.length }],
});

/** All of a file's text. */
export const tracedFile = (raw: string, uri: string): Traced =>
  tracedAt(raw, { uri, span: { start: 0, end: raw.length } });

/** A text that stands for a value nobody knows, such as `$HUB`. */
export const tracedUnknown = (raw: string, site: Site, why: string): Traced => ({
  raw,
  stretches: [{ length: raw.length, site, exact: false, why }],
});

/** The texts one after the other. */
export function joinTraced(parts: readonly Traced[]): Traced {
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  let raw = '';
  const stretches: Stretch[] = [];
  for (const part of parts) {
    raw += part.raw;
    for (const stretch of part.stretches) stretches.push(stretch);
  }
  return stretches.length < many ? { raw, stretches } : { raw, stretches, starts: startsOf(stretches) };
}

/** From this number of stretches on, looking for one from the beginning takes too long. */
const many = 16;

function startsOf(stretches: readonly Stretch[]): readonly number[] {
  let at = 0;
  return stretches.map(({ length }) => {
    at += length;
    return at - length;
  });
}

/** The last stretch that begins at or before `offset`, and where it does. */
function stretchAt({ starts }: Traced, offset: number): { readonly index: number; readonly start: number } {
  if (starts === undefined) return { index: 0, start: 0 };
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) < offset || middle === 0) low = middle;
    else high = middle - 1;
  }
  return { index: low, start: starts[low] ?? 0 };
}

/** The part from `start` to `end`, in UTF-16 units of the text itself. */
export function sliceTraced(traced: Traced, start: number, end = traced.raw.length): Traced {
  const { raw, stretches } = traced;
  const parts: Stretch[] = [];
  const first = stretchAt(traced, start);
  let at = first.start;
  for (let index = first.index; index < stretches.length; index += 1) {
    const stretch = stretches[index];
    if (stretch === undefined) break;
    const from = Math.max(start, at);
    const to = Math.min(end, at + stretch.length);
    if (from < to) parts.push(part(stretch, from - at, to - at));
    at += stretch.length;
    if (at >= end) break;
  }
  if (parts.length === 0) {
    const site = pointAt(traced, start);
    parts.push({ length: 0, site, exact: site.span.start === site.span.end });
  }
  return { raw: raw.slice(start, end), stretches: parts };
}

function part(stretch: Stretch, from: number, to: number): Stretch {
  if (from === 0 && to === stretch.length) return stretch;
  return { ...stretch, length: to - from, site: partOfSite(stretch, from, to) };
}

const partOfSite = ({ site, exact }: Stretch, from: number, to: number): Site =>
  exact ? { ...site, span: { start: site.span.start + from, end: site.span.start + to } } : site;

/** The place between two units; that of the unit before it, where the two do not stand side by side. */
function pointAt(traced: Traced, offset: number): Site {
  const { stretches } = traced;
  const first = stretchAt(traced, offset);
  let at = first.start;
  for (let index = first.index; index < stretches.length; index += 1) {
    const stretch = stretches[index];
    if (stretch === undefined) break;
    if (offset <= at + stretch.length) return partOfSite(stretch, offset - at, offset - at);
    at += stretch.length;
  }
  const last = stretches.at(-1);
  return last === undefined ? nowhere : partOfSite(last, last.length, last.length);
}

const nowhere: Site = { uri: '', span: { start: 0, end: 0 } };

/**
 * Where a text is written: the deepest place that all of it comes from. The value of `$HUB` stands where `HUB=` is
 * written; `$REGISTRY/istio` is put together where the two stand side by side.
 */
export function siteOfTraced({ stretches }: Traced): Site {
  if (stretches.length === 1) return stretches[0]?.site ?? nowhere;
  const [first, ...rest] = stretches.filter(({ length }, _, all) => length > 0 || all.length === 1);
  if (first === undefined) return stretches[0]?.site ?? nowhere;
  return rest.reduce((site, stretch) => hull(site, stretch.site), first.site);
}

/** The smallest place that holds two: of the texts themselves, or where both were used for the first time side by side. */
function hull(a: Site, b: Site): Site {
  const [viaA, viaB] = [a.via ?? [], b.via ?? []];
  let shared = 0;
  for (;;) {
    const [x, y] = [viaA[shared], viaB[shared]];
    if (x === undefined || y === undefined || !sameSite(x, y)) break;
    shared += 1;
  }
  const via = viaA.slice(0, shared);
  const [from, to] = [viaA[shared] ?? a, viaB[shared] ?? b];
  const span: Span =
    from.uri === to.uri
      ? {
          start: Math.min(from.span.start, to.span.start),
          end: Math.max(from.span.end, to.span.end),
        }
      : from.span;
  return { uri: from.uri, span, ...(via.length > 0 && { via }) };
}

/** The same text where it is used through a variable at `use`: every place now says that it was reached from there. */
export const usedAt = ({ raw, stretches }: Traced, use: Site): Traced => ({
  raw,
  stretches: stretches.map(stretch => {
    const { uri, span, via = [] } = stretch.site;
    if (sameSite(stretch.site, use)) return stretch;
    return { ...stretch, site: { uri, span, via: [...viaOf(use), ...via].slice(0, longestWay) } };
  }),
});

/** A value that went through more variables than these is followed no further back. */
const longestWay = 16;

const viaOf = ({ uri, span, via = [] }: Site): readonly Site[] => [...via, { uri, span }];

/** Where a text stands in the document that it was first met in: the place of its variables, not of their values. */
export function placeOfTraced(traced: Traced): Site {
  const [only] = traced.stretches;
  if (only !== undefined && traced.stretches.length === 1) return only.site.via?.[0] ?? only.site;
  const outer = traced.stretches.map(stretch => ({
    ...stretch,
    site: stretch.site.via?.[0] ?? stretch.site,
  }));
  return siteOfTraced({ raw: traced.raw, stretches: outer });
}

/** What a text says: literal, unless a part of it is not known. */
export function textOfTraced({ raw, stretches }: Traced): Text {
  const why = stretches.find(stretch => stretch.why !== undefined)?.why;
  return why === undefined ? literal(raw) : dynamic(raw, why);
}
