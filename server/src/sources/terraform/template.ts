import type { Span } from '../../core/text';
import type { Traced } from '../../core/traced';
import { sliceTraced } from '../../core/traced';
import { quickToCut } from '../makefile/cutter';
import { piecesOf } from '../makefile/pieces';
import { scanning, templateEnd } from './quotes';

/** A part of a template: text, or what stands between `${` and `}` (`inner`), with both as `span`. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: Traced }
  | { readonly kind: 'filled'; readonly inner: Span; readonly span: Span }
  /** `%{ if … }` and the like decide what follows. */
  | { readonly kind: 'directive'; readonly span: Span };

/** How a template is written: in quotes with backslashes, or in lines whose shared indentation may be taken away. */
export interface TemplateForm {
  readonly isQuoted: boolean;
  readonly isFlush: boolean;
}

/**
 * The parts of the template that stands in `text` (the file `uri`) at `content`: `\"`, `$${` and `%%{` say what they stand
 * for, line ends are `\n`, and `~` takes blanks away (hashicorp/hcl hclsyntax/spec.md, "Template Expressions").
 */
export function templateParts(
  text: string,
  uri: string,
  { start, end }: Span,
  { isQuoted, isFlush }: TemplateForm,
): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  const scan = scanning(end - start);
  const lead = isFlush ? sharedIndentation(text.slice(start, end)) : 0;
  let pieces = piecesOf(text, uri);
  let from = start;
  let trims = false;
  const flush = (to: number): void => {
    pieces.keep(from, to);
    const done = quickToCut(pieces.done());
    pieces = piecesOf(text, uri);
    const skipped = trims ? done.raw.length - done.raw.trimStart().length : 0;
    trims = false;
    if (done.raw.length > skipped)
      parts.push({ kind: 'text', text: skipped > 0 ? sliceTraced(done, skipped) : done });
  };
  const skipLead = (at: number): number => {
    const line = text.slice(at, Math.min(end, at + lead));
    return at + (/^[ \t]*/.exec(line)?.[0].length ?? 0);
  };
  special.lastIndex = start;
  if (lead > 0) from = skipLead(start);
  for (let at = from; at < end; ) {
    special.lastIndex = at;
    const found = special.exec(text)?.index ?? end;
    if (found >= end) break;
    at = found;
    const unit = text[at] ?? '';
    if (unit === '\n' || unit === '\r') {
      if (unit === '\r' && text[at + 1] === '\n') {
        pieces.keep(from, at);
        from = at + 1;
        at += 1;
      }
      const next = text[at] === '\n' && lead > 0 ? skipLead(at + 1) : at + 1;
      if (next > at + 1) {
        pieces.keep(from, at + 1);
        from = next;
      }
      at = next;
    } else if (unit === '\\') {
      const escaped = isQuoted ? escapeAt(text, at) : undefined;
      if (escaped !== undefined) {
        pieces.keep(from, at);
        if (escaped.isItself) pieces.keep(escaped.end - 1, Math.min(end, escaped.end));
        else pieces.put(escaped.raw, at, Math.min(end, escaped.end));
        from = Math.min(end, escaped.end);
      }
      at = Math.min(end, escaped?.end ?? at + 1);
    } else if (text.startsWith(`${unit}${unit}{`, at)) {
      pieces.keep(from, at + 1);
      from = at + 2;
      at += 3;
    } else if (text[at + 1] === '{') {
      const close = templateEnd(text, at + 2, scan);
      if (close === undefined || close >= end) {
        at += 2;
        continue;
      }
      flush(at);
      const span = { start: at, end: close + 1 };
      const inner = {
        start: text[at + 2] === '~' ? at + 3 : at + 2,
        end: text[close - 1] === '~' && close - 1 > at + 2 ? close - 1 : close,
      };
      if (inner.start > at + 2) trimLast(parts);
      trims = inner.end < close;
      parts.push(unit === '$' ? { kind: 'filled', inner, span } : { kind: 'directive', span });
      at = close + 1;
      from = at;
    } else at += 1;
  }
  flush(end);
  return parts;
}

const special = /[\r\n\\$%]/g;

/** Takes the blanks away that the last text ends with. */
function trimLast(parts: TemplatePart[]): void {
  const last = parts.at(-1);
  if (last?.kind !== 'text') return;
  const length = last.text.raw.trimEnd().length;
  parts.pop();
  if (length > 0) parts.push({ kind: 'text', text: sliceTraced(last.text, 0, length) });
}

interface Escape {
  readonly raw: string;
  readonly end: number;
  /** The unit behind the backslash is what it says. */
  readonly isItself: boolean;
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function escapeAt(text: string, at: number): Escape | undefined {
  const unit = text[at + 1] ?? '';
  const control = controls[unit];
  if (control !== undefined) return { raw: control, end: at + 2, isItself: false };
  if (unit === '"' || unit === '\\') return { raw: unit, end: at + 2, isItself: true };
  const digits = /^(?:u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8})/.exec(text.slice(at + 1, at + 10))?.[0];
  const code = digits === undefined ? Number.NaN : Number.parseInt(digits.slice(1), 16);
  if (digits === undefined || code > 0x10ffff) return undefined;
  return { raw: String.fromCodePoint(code), end: at + 1 + digits.length, isItself: false };
}

/** hashicorp/hcl hclsyntax/parser_template.go flushHeredocTemplateParts: lines of blanks do not count. */
function sharedIndentation(lines: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [, lead = ''] of lines.matchAll(/(?<![^\n])([ \t]*)(?=[^\s])/g))
    least = Math.min(least, lead.length);
  return Number.isFinite(least) ? least : 0;
}
