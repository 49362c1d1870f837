import type { Span } from '../../core/text';
import { joinTraced, type Traced, tracedAt, usedAt } from '../../core/traced';
import { evaluate, type Scope, siteIn, tooLongWhy, unknownIn } from './evaluate';
import type { Expression } from './expression';
import { expressionOf } from './expressions';
import { templateParts } from './template';
import { tokensOf } from './tokens';
import { computedWhy, textIn, textValue, type Value } from './value';

/** A text longer than this, in UTF-16 units or stretches, is not followed. */
const longest = 1_000_000;
const mostStretches = 20_000;

/** What a text in quotes or a here-document says. */
export function templateValue({ token }: Extract<Expression, { kind: 'text' }>, scope: Scope): Value {
  const { content = token, isFlush = false } = token;
  return filledTemplate(content, { isQuoted: token.kind === 'quoted', isFlush }, token, scope);
}

/** The text of a template with everything filled in that is known. */
export function filledTemplate(
  content: Span,
  form: { readonly isQuoted: boolean; readonly isFlush: boolean },
  whole: Span,
  scope: Scope,
): Value {
  const { text, uri } = scope.file;
  const parts = templateParts(text, uri, { start: content.start, end: content.end }, form);
  if (parts.some(({ kind }) => kind === 'directive'))
    return unknownIn(
      scope,
      { start: whole.start, end: whole.end },
      'a directive %{ … } decides what it says',
    );
  const [only] = parts;
  // A template of one expression is that expression, of whatever type (hclsyntax/spec.md, "Template Unwrapping").
  if (form.isQuoted && parts.length === 1 && only?.kind === 'filled') return filled(only, scope);
  const texts: Traced[] = [];
  let [length, stretches] = [0, 0];
  for (const part of parts) {
    if (part.kind === 'directive') continue;
    const piece = part.kind === 'text' ? part.text : filledText(part, scope);
    length += piece.raw.length;
    stretches += piece.stretches.length;
    if (length > longest || stretches > mostStretches)
      return unknownIn(scope, { start: whole.start, end: whole.end }, tooLongWhy);
    texts.push(piece);
  }
  const empty = tracedAt('', siteIn(scope, { start: content.start, end: content.start }));
  return textValue(texts.length === 0 ? empty : joinTraced(texts));
}

interface FilledPart {
  readonly inner: Span;
  readonly span: Span;
}

function filled({ inner: { start, end }, span }: FilledPart, scope: Scope): Value {
  const tokens = tokensOf(scope.file.text, start, end);
  const value = evaluate(expressionOf(tokens, 0, tokens.length), scope);
  return value.kind === 'text' ? { ...value, text: usedAt(value.text, siteIn(scope, span)) } : value;
}

function filledText(part: FilledPart, scope: Scope): Traced {
  const text = textIn(filled(part, scope));
  if (text !== undefined) return text;
  const unknown = unknownIn(scope, part.span, computedWhy);
  return unknown.kind === 'text' ? unknown.text : tracedAt('', siteIn(scope, part.span));
}
