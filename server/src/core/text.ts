/** A half-open range of UTF-16 code units: `start` is the first unit, `end` the one after the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A span in a file. Spans in the document that is being read are counted from the start of the *chunk* they stand in
 * (see `source.ts`) until a shell places them; spans in any other file are counted from that file's start.
 */
export interface Site {
  readonly uri: string;
  readonly span: Span;
  /** How one gets there: the places where variables are used, from the outermost to the one that names this value. */
  readonly via?: readonly Site[];
}

/**
 * What a piece of text says. `dynamic` text holds a variable or a template expression whose value is not in the file;
 * `raw` is that text as written and `why` says in plain words what is missing. It is never guessed.
 */
export type Text =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'dynamic'; readonly raw: string; readonly why: string };

/** A replacement of `span` in the file `uri` by `newText`; an empty span is an insertion. */
export interface TextEdit {
  readonly uri: string;
  readonly span: Span;
  readonly newText: string;
}

export const literal = (value: string): Text => ({ kind: 'literal', value });

export const dynamic = (raw: string, why: string): Text => ({ kind: 'dynamic', raw, why });

/** The value of a literal text, `undefined` for a dynamic or absent one. */
export const literalValue = (text: Text | undefined): string | undefined =>
  text?.kind === 'literal' ? text.value : undefined;

/** A text as people read it: its value, or what is written where the value is not known. */
export const textOf = (text: Text): string => (text.kind === 'literal' ? text.value : text.raw);

export const sameSite = (a: Site, b: Site): boolean =>
  a.uri === b.uri && a.span.start === b.span.start && a.span.end === b.span.end;

/** Moves a site (and how one gets there) by `offset` UTF-16 units where it lies in the file `uri`. */
export function shiftSite(site: Site, uri: string, offset: number): Site {
  const { via, span } = site;
  const moved =
    site.uri === uri ? { ...site, span: { start: span.start + offset, end: span.end + offset } } : site;
  return via === undefined ? moved : { ...moved, via: via.map(step => shiftSite(step, uri, offset)) };
}

/** Applies non-overlapping edits of one file to its text; the order in which they are given does not matter. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const edit of [...edits].sort((a, b) => b.span.start - a.span.start))
    result = result.slice(0, edit.span.start) + edit.newText + result.slice(edit.span.end);
  return result;
}
