import type { Site } from '../../core/text';
import type { Stretch, Traced } from '../../core/traced';
import { quickToCut } from './cutter';

/** Puts a text together, piece by piece, from parts of a document and from what stands for them. */
export interface Pieces {
  /** The document's own text from `start` to `end`. */
  readonly keep: (start: number, end: number) => void;
  /** A text that all of the place from `start` to `end` stands for; with `why`, one that nobody knows. */
  readonly put: (raw: string, start: number, end: number, why?: string) => void;
  readonly add: (traced: Traced) => void;
  /** How many UTF-16 units there are by now. */
  readonly length: () => number;
  readonly done: () => Traced;
}

/** An empty text, to be put together from the document `text`. */
export function piecesOf(text: string, uri: string): Pieces {
  const raws: string[] = [];
  const stretches: Stretch[] = [];
  let length = 0;
  const push = (stretch: Stretch): void => {
    if (stretch.length === 0) return;
    const last = stretches.at(-1);
    if (last !== undefined && continues(last, stretch)) {
      const span = { start: last.site.span.start, end: stretch.site.span.end };
      stretches[stretches.length - 1] = {
        ...last,
        length: last.length + stretch.length,
        site: { ...last.site, span },
      };
    } else stretches.push(stretch);
  };
  const at = (start: number, end: number): Site => ({ uri, span: { start, end } });
  return {
    keep(start, end) {
      raws.push(text.slice(start, end));
      length += end - start;
      push({ length: end - start, site: at(start, end), exact: true });
    },
    put(raw, start, end, why) {
      raws.push(raw);
      length += raw.length;
      push({ length: raw.length, site: at(start, end), exact: false, ...(why !== undefined && { why }) });
    },
    add(traced) {
      raws.push(traced.raw);
      length += traced.raw.length;
      for (const stretch of traced.stretches) push(stretch);
    },
    length: () => length,
    done: () =>
      quickToCut({
        raw: raws.join(''),
        stretches: stretches.length > 0 ? [...stretches] : [{ length: 0, site: at(0, 0), exact: false }],
      }),
  };
}

/** Whether a piece goes on where the last one stops, so that the two are one. */
const continues = (last: Stretch, next: Stretch): boolean =>
  last.exact &&
  next.exact &&
  last.why === undefined &&
  next.why === undefined &&
  last.site.via === undefined &&
  next.site.via === undefined &&
  last.site.uri === next.site.uri &&
  last.site.span.end === next.site.span.start;
