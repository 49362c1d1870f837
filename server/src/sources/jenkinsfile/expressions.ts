import { siteOfTraced, type Traced, tracedAt, tracedUnknown, usedAt } from '../../core/traced';
import { piecesOf } from '../makefile/pieces';
import { combined, isKnown, type Part } from '../makefile/splice';
import type { Scopes } from './scopes';
import { closingBrace, type StringToken, type Token } from './tokens';

/** What an expression says, piece by piece, and the position of the token after it. */
export interface Expression {
  readonly parts: readonly Part[];
  readonly next: number;
}

/** What expressions are read from. */
export interface Groovy {
  readonly text: string;
  readonly uri: string;
  readonly tokens: readonly Token[];
  readonly scopes: Scopes;
}

const outsideWhy = 'it is given to the pipeline from outside';
/** Why a value is not known that no quoted text or variable gives. */
export const computedWhy = 'the pipeline works it out';

/** A value longer than this, in UTF-16 units, is not followed; no more pieces than these are joined. */
const longest = 4000;
const mostParts = 200;

/** The texts that an expression may stand for. */
export function valuesOf(
  groovy: Groovy,
  { parts }: Expression,
  from: number,
  most = longest,
): readonly Traced[] {
  return combined(parts, wholeOf(groovy, from), most);
}

/** The token at a position, as it is written. */
export function wholeOf({ text, uri, tokens }: Groovy, position: number): Traced {
  const token = tokens[position];
  const start = token?.start ?? text.length;
  const end = token?.kind === 'string' ? token.next : start + (token?.text.length ?? 0);
  return tracedAt(text.slice(start, end), { uri, span: { start, end } });
}

/** Reads texts and names joined by `+`, and the two values of `a ?: b`; `undefined` where something else stands. */
export function readExpression(groovy: Groovy, from: number): Expression | undefined {
  const parts: Part[] = [];
  let at = from;
  for (;;) {
    const operand = readOperand(groovy, at);
    if (operand === undefined) return undefined;
    for (const part of parts.length < mostParts ? operand.parts : []) parts.push(part);
    at = operand.next;
    const plus = afterNewlines(groovy, at);
    if (markAt(groovy, at) !== '+' && markAt(groovy, plus) !== '+') break;
    at = afterNewlines(groovy, (markAt(groovy, at) === '+' ? at : plus) + 1);
  }
  if (markAt(groovy, at) !== '?' || markAt(groovy, at + 1) !== ':') return { parts, next: at };
  const other = readOperand(groovy, at + 2);
  return other && { parts: [either(groovy, parts, other.parts, from)], next: other.next };
}

/** `a ?: b`: what is known of the two, or both. */
function either(groovy: Groovy, first: readonly Part[], second: readonly Part[], from: number): Part {
  const whole = wholeOf(groovy, from);
  const all = [first, second].flatMap(parts => combined(parts, whole, longest));
  const known = all.filter(isKnown);
  return { kind: 'values', values: known.length > 0 ? known : all, whole, name: '' };
}

function readOperand(groovy: Groovy, from: number): Expression | undefined {
  const token = groovy.tokens[from];
  if (token?.kind === 'string') {
    const { next, isKept } = afterCalls(groovy, from + 1);
    if (isKept) return { parts: partsOf(groovy, token), next };
    return { parts: [unknownPart(wholeOf(groovy, from), computedWhy)], next };
  }
  if (token?.kind !== 'word') return undefined;
  let at = from + 1;
  const path = [token.text];
  while (markAt(groovy, at) === '.' && groovy.tokens[at + 1]?.kind === 'word') {
    const word = groovy.tokens[at + 1];
    if (word?.kind === 'word' && markAt(groovy, at + 2) === '(') break;
    if (word?.kind === 'word') path.push(word.text);
    at += 2;
  }
  const whole = wholeOf(groovy, from);
  const isCall = markAt(groovy, at) === '(' || markAt(groovy, at) === '[';
  const { next, isKept } = isCall
    ? { next: afterBrackets(groovy, at), isKept: false }
    : afterCalls(groovy, at);
  if (!isKept) {
    const after = afterCalls(groovy, next).next;
    const why = path[0] === 'sh' ? 'it is the output of a command' : computedWhy;
    return { parts: [unknownPart(whole, why)], next: after };
  }
  return { parts: [namedPart(groovy, path, whole)], next };
}

/** Passes over `.trim()` and the like, which change nothing that matters; `isKept` is false where others are called. */
function afterCalls(groovy: Groovy, from: number): { readonly next: number; readonly isKept: boolean } {
  let at = from;
  let isKept = true;
  while (markAt(groovy, at) === '.') {
    const word = groovy.tokens[at + 1];
    if (word?.kind !== 'word' || markAt(groovy, at + 2) !== '(') break;
    if (!/^(?:trim|stripIndent|stripMargin|toString|strip)$/.test(word.text)) isKept = false;
    at = afterBrackets(groovy, at + 2);
  }
  return { next: at, isKept };
}

/** No call has more tokens between its brackets, or they are not passed over. */
const mostTokens = 500;

function afterBrackets(groovy: Groovy, from: number): number {
  let depth = 0;
  for (let at = from; at < Math.min(groovy.tokens.length, from + mostTokens); at += 1) {
    const mark = markAt(groovy, at);
    if (mark === '(' || mark === '[') depth += 1;
    else if (mark === ')' || mark === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return from + 1;
}

export const markAt = ({ tokens }: Groovy, at: number): string | undefined => {
  const token = tokens[at];
  return token?.kind === 'mark' ? token.text : undefined;
};

export function afterNewlines({ tokens }: Groovy, from: number): number {
  let at = from;
  while (tokens[at]?.kind === 'newline') at += 1;
  return at;
}

function unknownPart(whole: Traced, why: string, name = ''): Part {
  const raw = name === '' ? whole.raw.slice(0, 80) : `\${${name}}`;
  return { kind: 'values', values: [tracedUnknown(raw, siteOfTraced(whole), why)], whole, name };
}

/** `X`, `env.X` or `params.X`. */
function namedPart({ scopes }: Groovy, path: readonly string[], whole: Traced): Part {
  const [first = '', second] = path;
  const isOfJenkins = /^(?:env|params)$/.test(first) && path.length === 2;
  const name = isOfJenkins ? (second ?? '') : first;
  if (path.length > 1 && !isOfJenkins) return unknownPart(whole, computedWhy);
  const values = (isOfJenkins ? undefined : scopes.variable(name)) ?? scopes.environment(name);
  if (values === undefined) return unknownPart(whole, outsideWhy, name);
  const site = siteOfTraced(whole);
  const used = values.map(value => limited(usedAt(value, site)));
  return { kind: 'values', values: used, whole, name };
}

/** A value is not followed through more variables than these. */
const deepest = 30;

const limited = (value: Traced): Traced =>
  value.stretches.length <= mostParts &&
  value.stretches.every(({ site }) => (site.via?.length ?? 0) <= deepest)
    ? value
    : tracedUnknown(value.raw.slice(0, 80), siteOfTraced(value), 'it is too long to be followed');

/** The pieces of a quoted text: without its backslashes, and with what stands in `${ }` as parts of their own. */
function partsOf(groovy: Groovy, { start, end, quote }: StringToken): readonly Part[] {
  const { text, uri } = groovy;
  const parts: Part[] = [];
  let pieces = piecesOf(text, uri);
  let from = start;
  const flush = (): void => {
    if (pieces.length() > 0) parts.push({ kind: 'text', text: pieces.done() });
    pieces = piecesOf(text, uri);
  };
  for (let at = start; at < end; ) {
    const unit = text[at];
    const name = unit === '$' && quote !== "'" ? filledAt(text, at, end) : undefined;
    const escaped = unit === '\\' && quote !== '$/' ? escapeAt(text, at, quote) : undefined;
    if (name === undefined && escaped === undefined && !(unit === '\r' && text[at + 1] === '\n')) {
      at += 1;
      continue;
    }
    pieces.keep(from, at);
    if (name !== undefined) {
      flush();
      parts.push(filledPart(groovy, name));
    } else if (escaped !== undefined) {
      if (escaped.keeps !== undefined && escaped.keeps < end) pieces.keep(escaped.keeps, escaped.keeps + 1);
      else pieces.put(escaped.raw, at, Math.min(escaped.end, end));
    }
    at = Math.min(end, name?.end ?? escaped?.end ?? at + 1);
    from = at;
  }
  pieces.keep(from, end);
  flush();
  return parts;
}

interface Escape {
  readonly end: number;
  readonly raw: string;
  /** Where the unit itself stands that it says. */
  readonly keeps?: number;
}

const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', s: ' ' };

function escapeAt(text: string, at: number, quote: StringToken['quote']): Escape | undefined {
  const unit = text[at + 1] ?? '';
  if (quote === '/') return unit === '/' ? { end: at + 2, raw: '/', keeps: at + 1 } : undefined;
  if (unit === '\n') return { end: at + 2, raw: '' };
  if (unit === '\r') return { end: text[at + 2] === '\n' ? at + 3 : at + 2, raw: '' };
  const control = controls[unit];
  if (control !== undefined) return { end: at + 2, raw: control };
  const code = unit === 'u' ? /^[\dA-Fa-f]{4}/.exec(text.slice(at + 2, at + 6))?.[0] : undefined;
  if (code !== undefined) return { end: at + 6, raw: String.fromCharCode(Number.parseInt(code, 16)) };
  return { end: at + 2, raw: unit, keeps: at + 1 };
}

interface Filled {
  readonly start: number;
  readonly end: number;
  /** The steps of the name: `env`, `X`; none where something else stands between the braces. */
  readonly path: readonly string[];
}

/** `$X`, `$env.X` or `${…}`. */
function filledAt(text: string, at: number, end: number): Filled | undefined {
  if (text[at + 1] === '{') {
    const close = closingBrace(text, at + 1);
    if (close === undefined || close > end) return undefined;
    const inner = text.slice(at + 2, close - 1).trim();
    const path = /^[A-Za-z_]\w*(?:\??\.\w+){0,3}$/.test(inner) ? inner.split(/\??\./) : [];
    return { start: at, end: close, path };
  }
  const found = /^\$([A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,3})/.exec(text.slice(at, Math.min(end, at + 300)));
  if (found?.[1] === undefined) return undefined;
  return { start: at, end: at + found[0].length, path: found[1].split('.') };
}

function filledPart(groovy: Groovy, { start, end, path }: Filled): Part {
  const whole = tracedAt(groovy.text.slice(start, end), { uri: groovy.uri, span: { start, end } });
  return path.length === 0 ? unknownPart(whole, computedWhy) : namedPart(groovy, path, whole);
}
