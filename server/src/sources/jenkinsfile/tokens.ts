/** A quoted text in Groovy: the offsets of what stands between the quotes. */
export interface StringToken {
  readonly kind: 'string';
  readonly start: number;
  readonly end: number;
  readonly quote: '"' | "'" | '/' | '$/';
  /** Where the closing quote ends. */
  readonly next: number;
}

/** A piece of Groovy: a name or number, a quoted text, a line end, or any other single unit. */
export type Token =
  | StringToken
  | { readonly kind: 'word' | 'mark' | 'newline'; readonly text: string; readonly start: number };

/** No pipeline that people wrote has more pieces. */
const mostTokens = 400_000;

/** The pieces of a Groovy text, without blanks and comments (groovy-lang.org/syntax.html). */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length && tokens.length < mostTokens) {
    const unit = text[at] ?? '';
    if (unit === '\n') {
      tokens.push({ kind: 'newline', text: unit, start: at });
      at += 1;
    } else if (/\s|\uFEFF/.test(unit)) at += 1;
    else if (text.startsWith('//', at)) at = endOf(text, '\n', at);
    else if (text.startsWith('/*', at)) at = endOf(text, '*/', at) + 2;
    else if (/[\w$]/.test(unit) && !text.startsWith('$/', at)) {
      const start = at;
      while (at < text.length && /[\w$]/.test(text[at] ?? '')) at += 1;
      tokens.push({ kind: 'word', text: text.slice(start, at), start });
    } else {
      const string = stringAt(text, at, tokens.at(-1));
      tokens.push(string ?? { kind: 'mark', text: unit, start: at });
      at = string?.next ?? at + 1;
    }
  }
  return tokens;
}

function endOf(text: string, what: string, from: number): number {
  const end = text.indexOf(what, from);
  return end === -1 ? text.length : end;
}

function stringAt(text: string, at: number, before: Token | undefined): StringToken | undefined {
  const unit = text[at];
  if (unit === '"' || unit === "'") {
    const closing = unit.repeat(3);
    return text.startsWith(closing, at)
      ? closed(text, at + 3, unit, closing, true)
      : closed(text, at + 1, unit, unit, false);
  }
  if (text.startsWith('$/', at)) return closed(text, at + 2, '$/', '/$', true);
  if (unit !== '/' || !mayStartPattern(before)) return undefined;
  const end = endOf(text, '\n', at);
  const found = closed(text, at + 1, '/', '/', false);
  return found.next > found.end && found.end < end ? found : undefined;
}

/** Whether a `/` begins a pattern, and is no division. */
const mayStartPattern = (before: Token | undefined): boolean =>
  before === undefined ||
  before.kind === 'newline' ||
  (before.kind === 'mark' && /[(,=:[!{;~+]/.test(before.text)) ||
  (before.kind === 'word' && /^(?:sh|return|in)$/.test(before.text));

/** A quoted text up to its closing quote; one that is never closed ends with its line, or with the whole text. */
function closed(
  text: string,
  start: number,
  quote: StringToken['quote'],
  closing: string,
  hasLines: boolean,
): StringToken {
  const fills = quote === '"';
  let at = start;
  while (at < text.length) {
    const unit = text[at];
    if (text.startsWith(closing, at))
      return { kind: 'string', start, end: at, quote, next: at + closing.length };
    if (unit === '\n' && !hasLines) break;
    if (unit === '\\' && quote !== '$/') at += 2;
    else if (fills && unit === '$' && text[at + 1] === '{') at = closingBrace(text, at + 1) ?? at + 2;
    else at += 1;
  }
  const end = Math.min(at, text.length);
  return { kind: 'string', start, end, quote, next: end };
}

/** What stands between the braces of `${ }` is not longer than this, in UTF-16 units, or they count as unclosed. */
const longest = 300;

/** Where the brace that opens at `from` has been closed, on the same line. */
export function closingBrace(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < Math.min(text.length, from + longest); at += 1) {
    const unit = text[at];
    if (unit === '\n') return undefined;
    if (unit === '{') depth += 1;
    else if (unit === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
