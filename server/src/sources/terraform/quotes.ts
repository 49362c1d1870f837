/** How much may still be looked at for the ends of quotes that are never closed, in UTF-16 units. */
export interface Scanning {
  left: number;
}

/** What a text of this length may cost: looking ahead again and again must not take long. */
export const scanning = (length: number): Scanning => ({ left: 4 * length + 100_000 });

/** Where `${ }` in quotes is not closed within this many units, it counts as unclosed. */
const longest = 20_000;

/** Where a text in quotes ends that starts at `from`: at its closing quote, else at the end of its line. */
export function quotedEnd(text: string, from: number, scan: Scanning): number {
  return closing(text, from, '"', scan) ?? plainEnd(text, from);
}

/** Where the brace stands that closes `${` or `%{`, whose inside starts at `from`; `undefined` where none does. */
export const templateEnd = (text: string, from: number, scan: Scanning): number | undefined =>
  closing(text, from, '{', scan);

/** Follows quotes and braces within one another (hashicorp/hcl hclsyntax/spec.md, template expressions). */
function closing(text: string, from: number, first: '"' | '{', scan: Scanning): number | undefined {
  const open: ('"' | '{')[] = [first];
  const end = Math.min(text.length, from + Math.min(longest, scan.left));
  let at = from;
  while (at < end) {
    const unit = text[at];
    if (open.at(-1) === '"') {
      if (unit === '\n') break;
      if (unit === '\\') at += 1;
      else if (unit === '"') open.pop();
      else if ((unit === '$' || unit === '%') && text[at + 1] === '{') {
        open.push('{');
        at += 1;
      } else if ((unit === '$' || unit === '%') && text[at + 1] === unit && text[at + 2] === '{') at += 2;
    } else if (unit === '"' || unit === '{') open.push(unit);
    else if (unit === '}') open.pop();
    if (open.length === 0) return at;
    at += 1;
  }
  scan.left -= Math.max(0, at - from);
  return undefined;
}

/** The next quote of the line whatever stands before it, or the line's end. */
function plainEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"' && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  const end = Math.min(at, text.length);
  return text[end] === '\n' && text[end - 1] === '\r' && end > from ? end - 1 : end;
}
