/** What an escape in a double-quoted scalar stands for, and where it ends (YAML 1.2.2 section 5.7). */
export function doubleEscape(
  text: string,
  at: number,
  end: number,
): { readonly to: number; readonly value: string } {
  const unit = text.charAt(at + 1);
  if (at + 1 >= end) return { to: end, value: '\\' };
  const digits = lengths[unit];
  if (digits !== undefined) {
    const to = at + 2 + digits;
    const code = text.slice(at + 2, to);
    const point = /^[\da-f]+$/i.test(code) && code.length === digits ? Number.parseInt(code, 16) : undefined;
    if (to <= end && point !== undefined && point <= 0x10ffff)
      return { to, value: String.fromCodePoint(point) };
    return { to: at + 2, value: `\\${unit}` };
  }
  const lineEnd = /^\r?\n/.exec(text.slice(at + 1, at + 3))?.[0];
  if (lineEnd === undefined) return { to: at + 2, value: simple[unit] ?? `\\${unit}` };
  let to = Math.min(end, at + 1 + lineEnd.length);
  while (to < end && /[ \t]/.test(text.charAt(to))) to += 1;
  return { to, value: '' };
}

const lengths: Readonly<Partial<Record<string, number>>> = { x: 2, u: 4, U: 8 };

const simple: Readonly<Partial<Record<string, string>>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};
