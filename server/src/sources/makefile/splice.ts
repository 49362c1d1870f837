import { type Site, sameSite } from '../../core/text';
import { joinTraced, placeOfTraced, type Traced, tracedUnknown } from '../../core/traced';
import type { Script } from '../shell/script';
import { cutterOf, quickToCut, standIn } from './cutter';
import { mostCandidates } from './definitions';

/** A part of a text: itself, or what a variable of the language around it stands for: one of `values`. */
export type Part =
  | { readonly kind: 'text'; readonly text: Traced }
  | {
      readonly kind: 'values';
      readonly values: readonly Traced[];
      /** The variable as it is written. */
      readonly whole: Traced;
      readonly name: string;
    };

/** More than this, in UTF-16 units, is not written in place of the variables of one script. */
const longest = 100_000;

/**
 * A script that another language has filled in before a shell reads it. A value that is known is written in its place,
 * whatever quotes stand around it; for what is not known, or is one of several, a variable of the shell stands there.
 */
export function spliced(parts: readonly Part[], known: ReadonlyMap<string, readonly Traced[]>): Script {
  const texts: Traced[] = [];
  const variables = new Map(known);
  let filled = 0;
  let quote = '';
  const stand = (values: readonly Traced[], whole: Traced, given: string): void => {
    const name = /^[A-Za-z_]\w*$/.test(given) ? given : `__value_${variables.size}`;
    const use = placeOfTraced(whole);
    variables.set(
      name,
      values.map(value => withoutUse(value, use)),
    );
    texts.push(standIn(quote === "'" ? `'"\${${name}}"'` : `\${${name}}`, whole));
  };
  for (const part of parts) {
    if (part.kind === 'text') {
      quote = quoteAfter(part.text.raw, quote);
      if (part.text.raw !== '') texts.push(part.text);
      continue;
    }
    const [only] = part.values;
    if (part.values.length === 1 && only !== undefined && filled + only.raw.length <= longest) {
      filled += only.raw.length;
      for (const piece of piecesOfValue(only))
        if (isKnown(piece)) texts.push(piece);
        else stand([piece], piece, /^\$[{(]?(\w+)[)}]?$/.exec(piece.raw)?.[1] ?? part.name);
    } else stand(part.values, part.whole, part.name);
  }
  return { text: quickToCut(joinTraced(texts)), variables };
}

/** The values that parts may have together, at most eight; one that is not known where they are too long. */
export function combined(parts: readonly Part[], whole: Traced, most: number): readonly Traced[] {
  let rows: readonly (readonly Traced[])[] = [[]];
  let length = 0;
  for (const part of parts) {
    const values = part.kind === 'text' ? [part.text] : part.values;
    length += Math.max(0, ...values.map(({ raw }) => raw.length));
    if (length > most) return [tooLong(whole)];
    rows = rows.flatMap(row => values.map(value => [...row, value])).slice(0, mostCandidates);
  }
  return rows.map(row => (row.length === 0 ? standIn('', whole) : joinTraced(row)));
}

/** A value that is too much to be followed. */
export function tooLong(whole: Traced): Traced {
  const { site } = standIn('', whole).stretches[0] ?? {};
  const nowhere = { uri: '', span: { start: 0, end: 0 } };
  return tracedUnknown(whole.raw.slice(0, 80), site ?? nowhere, 'it is too long to be followed');
}

/** A value without the step that the shell adds again where its variable is used. */
const withoutUse = ({ raw, stretches }: Traced, use: Site): Traced => ({
  raw,
  stretches: stretches.map(stretch => {
    const [first, ...via] = stretch.site.via ?? [];
    if (first === undefined || !sameSite(first, use)) return stretch;
    const { uri, span } = stretch.site;
    return { ...stretch, site: { uri, span, ...(via.length > 0 && { via }) } };
  }),
});

/** A value in pieces, each of which is known or is not. */
function piecesOfValue(value: Traced): readonly Traced[] {
  const cut = cutterOf(value);
  const pieces: Traced[] = [];
  let from = 0;
  let at = 0;
  for (const { length, why } of value.stretches) {
    if (why !== undefined && length > 0) {
      if (at > from) pieces.push(cut(from, at));
      pieces.push(cut(at, at + length));
      from = at + length;
    }
    at += length;
  }
  return from < at ? [...pieces, cut(from, at)] : pieces;
}

export const isKnown = ({ stretches }: Traced): boolean => stretches.every(({ why }) => why === undefined);

/** The quote that is open after a text, if one is. */
function quoteAfter(text: string, before: string): string {
  let quote = before;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text[at] ?? '';
    if (unit === '\\' && quote !== "'") at += 1;
    else if (quote !== '') quote = unit === quote ? '' : quote;
    else if (unit === "'" || unit === '"') quote = unit;
  }
  return quote;
}

/** A text without what `marks` (a global pattern) finds in it. */
export function without(text: Traced, marks: RegExp): Traced {
  const cut = cutterOf(text);
  const kept: Traced[] = [];
  let from = 0;
  for (const { index, 0: found } of text.raw.matchAll(marks)) {
    if (index > from) kept.push(cut(from, index));
    from = index + found.length;
  }
  return from === 0 ? text : joinTraced([...kept, cut(from, text.raw.length)]);
}
