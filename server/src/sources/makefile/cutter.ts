import { joinTraced, sliceTraced, type Traced } from '../../core/traced';

/** Gives the part of a text from `start` to `end`, in UTF-16 units. */
export type Cut = (start: number, end: number) => Traced;

/** Cuts parts out of one text; a part costs no more than its own length, however many stretches the text has. */
export function cutterOf(text: Traced): Cut {
  const whole = quickToCut(text);
  return (start, end) => sliceTraced(whole, start, end);
}

/** The same text, in which a place is found at once even where it has many stretches. */
export const quickToCut = (text: Traced): Traced =>
  text.starts === undefined ? joinTraced([text, { raw: '', stretches: [] }]) : text;

/** A text that is not written anywhere; all of the place of `from` stands for it. */
export function standIn(raw: string, from: Traced): Traced {
  const [first] = from.stretches;
  const last = from.stretches.at(-1);
  if (first === undefined || last === undefined) return { raw, stretches: [] };
  const isOnePlace = first.site.uri === last.site.uri && first.site.via?.length === last.site.via?.length;
  const span = isOnePlace
    ? {
        start: Math.min(first.site.span.start, last.site.span.start),
        end: Math.max(first.site.span.end, last.site.span.end),
      }
    : first.site.span;
  return { raw, stretches: [{ length: raw.length, site: { ...first.site, span }, exact: false }] };
}
