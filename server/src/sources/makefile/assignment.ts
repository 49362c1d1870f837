/** The part of a line that sets a variable: `operator` is `=`, `:=`, `?=`, `+=` or `!=`; offsets are in UTF-16 units. */
export interface Assignment {
  readonly name: string;
  readonly operator: '=' | ':=' | '?=' | '+=' | '!=';
  /** Where the value begins. */
  readonly value: number;
}

/** What a line is: it sets a variable, or names targets up to `colon`. */
export type Shape =
  | { readonly kind: 'assignment'; readonly assignment: Assignment }
  | { readonly kind: 'rule'; readonly colon: number; readonly after: number }
  | { readonly kind: 'other' };

const modifiers = /^\s*(?:(?:export|override|private|unexport)\s+)*/;

/** Tells what a line from `from` on is, by the first `=` or `:` outside brackets (GNU make manual, 6.5 and 4.2). */
export function shapeOf(raw: string, from = 0): Shape {
  let depth = 0;
  for (let at = from; at < raw.length; at += 1) {
    const unit = raw[at];
    if (unit === '(' || unit === '{') depth += 1;
    else if (unit === ')' || unit === '}') depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (unit === '=') return assigned(raw, from, at);
    else if (unit === ':') {
      const operator = /^:{1,3}=/.exec(raw.slice(at, at + 4));
      if (operator !== null) return assignedBy(raw, from, at, ':=', at + operator[0].length);
      const isDouble = raw[at + 1] === ':';
      return { kind: 'rule', colon: raw[at - 1] === '&' ? at - 1 : at, after: at + (isDouble ? 2 : 1) };
    } else if (unit === ';') return { kind: 'other' };
  }
  return { kind: 'other' };
}

function assigned(raw: string, from: number, equals: number): Shape {
  const before = raw[equals - 1];
  const isMarked = before === '?' || before === '+' || before === '!';
  const operator = isMarked ? (`${before}=` as const) : '=';
  return assignedBy(raw, from, isMarked ? equals - 1 : equals, operator, equals + 1);
}

function assignedBy(
  raw: string,
  from: number,
  end: number,
  operator: Assignment['operator'],
  after: number,
): Shape {
  const given = raw.slice(from, Math.min(end, from + 500));
  const name = given.slice(modifiers.exec(given)?.[0].length ?? 0).trim();
  if (name === '' || /\s/.test(name)) return { kind: 'other' };
  let value = after;
  while (value < raw.length && /\s/.test(raw[value] ?? '')) value += 1;
  return { kind: 'assignment', assignment: { name, operator, value } };
}
