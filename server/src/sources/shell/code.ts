import { joinTraced, type Stretch, sliceTraced, type Traced } from '../../core/traced';

/** A text in the shell's language that a syntax tree was made from: the tree's offsets count its units. */
export interface Code {
  readonly text: Traced;
  /** The URI of the file that it is the whole of, for a script that finds out where it stands. */
  readonly uri: string;
}

export const sliceCode = ({ text }: Code, start: number, end: number): Traced =>
  sliceTraced(text, start, end);

/**
 * The part of a code that says `value` once its backslashes are taken away: every unit of `value` still knows where it
 * stands. Where that can't be told, the whole part stands for it.
 */
export function unescaped(code: Code, start: number, end: number, value: string): Traced {
  const part = sliceCode(code, start, end);
  if (part.raw === value) return part;
  const kept: Traced[] = [];
  let at = 0;
  let from = 0;
  for (let index = 0; index < part.raw.length && at < value.length; index += 1) {
    if (part.raw[index] === value[at]) {
      at += 1;
      continue;
    }
    if (index > from) kept.push(sliceTraced(part, from, index));
    from = index + 1;
  }
  if (at < value.length) return replaced(part, value);
  const rest = value.length - kept.reduce((sum, { raw }) => sum + raw.length, 0);
  if (rest > 0) kept.push(sliceTraced(part, from, from + rest));
  return kept.length === 0 ? { raw: '', stretches: part.stretches.slice(0, 1).map(empty) } : joinTraced(kept);
}

const empty = (stretch: Stretch): Stretch => ({ ...stretch, length: 0, exact: false });

/** A text that was made from another, all of which stands for all of it. */
export function replaced(from: Traced, raw: string): Traced {
  const [first] = from.stretches;
  const last = from.stretches.at(-1);
  if (first === undefined || last === undefined) return { raw, stretches: [] };
  const isOne =
    first.site.uri === last.site.uri && first.site.via?.length === last.site.via?.length && first !== last;
  const span = isOne ? { start: first.site.span.start, end: last.site.span.end } : first.site.span;
  const why = from.stretches.find(stretch => stretch.why !== undefined)?.why;
  const site = { ...first.site, span };
  return { raw, stretches: [{ length: raw.length, site, exact: false, ...(why !== undefined && { why }) }] };
}

/** The code of a command in backquotes, in which the parser has taken backslashes away. */
export const alignedSource = (code: Code, start: number, end: number, source: string): Code => ({
  ...code,
  text: unescaped(code, start + 1, end - 1, source),
});
