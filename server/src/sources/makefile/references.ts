/** A `$` in a makefile and what belongs to it: UTF-16 offsets of the whole, and what stands between the brackets. */
export type Reference =
  | { readonly kind: 'dollar'; readonly end: number }
  | { readonly kind: 'variable'; readonly end: number; readonly name: string }
  | {
      readonly kind: 'function';
      readonly end: number;
      readonly name: string;
      /** Where its arguments stand. */
      readonly from: number;
    }
  | { readonly kind: 'unclosed'; readonly end: number };

/** What stands between brackets is not longer than this, or they count as unclosed. */
const longest = 4000;

/** Reads the reference whose `$` stands at `at` (GNU make manual, 6.1 and 8.1). */
export function referenceAt(raw: string, at: number): Reference {
  const opening = raw[at + 1];
  if (opening === '$') return { kind: 'dollar', end: at + 2 };
  if (opening !== '(' && opening !== '{')
    return { kind: 'variable', end: Math.min(raw.length, at + 2), name: opening ?? '' };
  const end = closingBracket(raw, at + 1, opening);
  if (end === undefined) return { kind: 'unclosed', end: raw.length };
  const inner = raw.slice(at + 2, end - 1);
  const name = /^\s*([a-z][a-z-]*)\s+/.exec(inner);
  if (name !== null) return { kind: 'function', end, name: name[1] ?? '', from: at + 2 + name[0].length };
  return { kind: 'variable', end, name: inner.trim() };
}

function closingBracket(raw: string, from: number, opening: '(' | '{'): number | undefined {
  const closing = opening === '(' ? ')' : '}';
  let depth = 0;
  for (let at = from; at < Math.min(raw.length, from + longest); at += 1) {
    if (raw[at] === opening) depth += 1;
    else if (raw[at] === closing) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/** The arguments of a function between two offsets: the commas outside brackets part them. */
export function argumentsIn(raw: string, from: number, end: number): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at < end; at += 1) {
    const unit = raw[at];
    if (unit === '(' || unit === '{') depth += 1;
    else if (unit === ')' || unit === '}') depth -= 1;
    else if (unit === ',' && depth === 0) {
      found.push([start, at]);
      start = at + 1;
    }
  }
  return [...found, [start, end]];
}
