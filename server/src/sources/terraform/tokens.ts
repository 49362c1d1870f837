import type { Span } from '../../core/text';
import { quotedEnd, scanning } from './quotes';
import { terminatorsOf } from './terminators';

/**
 * A piece of HCL. Texts in quotes and here-documents are one token each; `content` is what stands between the quotes, or
 * the lines of the here-document with the line end of the last one. A `block` token stands where a block of the file's
 * first level begins, so that what was left open before it does not swallow it.
 */
export interface Token {
  readonly kind: 'word' | 'mark' | 'newline' | 'quoted' | 'heredoc' | 'block';
  /** Empty for texts. */
  readonly text: string;
  /** UTF-16 offsets, with the quotes. */
  readonly start: number;
  readonly end: number;
  readonly content?: Span;
  /** The indentation that all lines share is taken away (`<<-EOT`). */
  readonly isFlush?: boolean;
}

/** No file that people wrote has more pieces. */
const mostTokens = 2_000_000;

/**
 * The tokens of `text` from `start` to `end`, without blanks and comments (hashicorp/hcl hclsyntax/spec.md). Any text has
 * tokens: a quote that is never closed ends with its line.
 */
export function tokensOf(text: string, start = 0, end = text.length): readonly Token[] {
  const tokens: Token[] = [];
  const scan = scanning(text.length);
  // Nobody writes a here-document within `${ }`.
  const isWhole = start === 0 && end === text.length;
  const terminators = isWhole ? terminatorsOf(text) : undefined;
  const push = (kind: Token['kind'], from: number, to: number): number => {
    tokens.push({ kind, text: text.slice(from, to), start: from, end: to });
    return to;
  };
  const skip = (from: number, mark: string): number => {
    const found = text.indexOf(mark, from);
    return found < 0 ? end : found;
  };
  let at = start;
  if (isWhole) pushBlock(tokens, text, 0);
  while (at < end && tokens.length < mostTokens) {
    const unit = text[at] ?? '';
    if (unit === '\n') {
      at = push('newline', at, at + 1);
      if (isWhole) pushBlock(tokens, text, at);
    } else if (unit === ' ' || unit === '\t' || unit === '\r' || unit === '\uFEFF') at += 1;
    else if (unit === '#' || (unit === '/' && text[at + 1] === '/')) at = skip(at, '\n');
    else if (unit === '/' && text[at + 1] === '*') at = Math.min(end, skip(at + 2, '*/') + 2);
    else if (unit === '"') {
      const content = { start: at + 1, end: Math.min(end, quotedEnd(text, at + 1, scan)) };
      const next = content.end < end && text[content.end] === '"' ? content.end + 1 : content.end;
      tokens.push({ kind: 'quoted', text: '', start: at, end: next, content });
      at = next;
    } else {
      const heredoc = unit === '<' && text[at + 1] === '<' ? terminators?.(at) : undefined;
      if (heredoc !== undefined) {
        tokens.push({ kind: 'heredoc', text: '', ...heredoc });
        at = heredoc.end;
      } else {
        word.lastIndex = at;
        const found = word.exec(text);
        if (found !== null) at = push('word', at, Math.min(end, at + found[0].length));
        else at = push('mark', at, Math.min(end, at + markLength(text, at)));
      }
    }
  }
  return tokens;
}

/** A name, or a number (with more points than one has, where it is half typed or no number at all). */
const word = /[\p{L}_][\p{L}\p{N}_-]*|\d+(?:\.\d+)*(?:[eE][+-]?\d+)?/uy;

const marks = ['==', '=>', '!=', '>=', '<=', '&&', '||', '...'];

const markLength = (text: string, at: number): number =>
  marks.find(mark => text.startsWith(mark, at))?.length ?? 1;

/** The head of a block of the first level, which people write at the start of a line. */
const blockHead =
  /(?:(?:resource|data)(?:[ \t]+"[^"\n]*"){2}|(?:variable|module|output|provider|check)[ \t]+"[^"\n]*"|locals|terraform)[ \t]*\{/y;

function pushBlock(tokens: Token[], text: string, at: number): void {
  blockHead.lastIndex = at;
  if (blockHead.test(text)) tokens.push({ kind: 'block', text: '', start: at, end: at });
}
