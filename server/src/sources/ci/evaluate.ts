import type { Traced } from '../../core/traced';
import type { Expression } from './expressions';
import type { Scope, Values } from './scope';
import { cutTraced } from './tracedParts';

/**
 * The values that an expression may have; none where the file does not tell them. `text` is what stands between the
 * brackets. Of `a || 'b'` the first known one counts, of `c && 'a' || 'b'` both values may.
 */
export function evaluate(kind: Expression['kind'], text: Traced, scope: Scope): Values {
  const inner = text.raw.trim().replace(/^-\s+|\s+-$/g, '');
  if (kind === 'macro') return lookUp(inner, scope) ?? scope.environment.get(inner) ?? [];
  if (kind === 'parameter') return lookUp(inner, scope) ?? [];
  return kind === 'template' ? templateValues(text, inner, scope) : contextValues(text, scope);
}

/** `.Version`, `version | default('1.14.1')`, `default "1.14.1" .Version`. */
function templateValues(text: Traced, inner: string, scope: Scope): Values {
  const name = /^[.$]?([A-Za-z_][\w.-]*)\s*(?:\||$)/.exec(inner)?.[1];
  const known = name === undefined ? undefined : (lookUp(name, scope) ?? lookUp(`vars.${name}`, scope));
  if (known !== undefined) return known;
  const fallback = /\bdefault[\s(]{1,9}(["'])([^"']*)\1/.exec(text.raw);
  if (fallback === null) return [];
  const end = fallback.index + fallback[0].length - 1;
  return [pieceOf(text, end - (fallback[2] ?? '').length, end)];
}

/** GitHub's `||` and `&&` (docs: evaluate expressions in workflows and actions, operators). */
function contextValues(text: Traced, scope: Scope): Values {
  const values: Traced[] = [];
  for (const [start, end] of splitAt(text.raw, '||')) {
    const option = text.raw.slice(start, end);
    const parts = splitAt(option, '&&');
    const [from, to] = parts.at(-1) ?? [0, option.length];
    const known = termValues(text, start + from, start + to, scope);
    values.push(...(known ?? []));
    if (known !== undefined && parts.length === 1) break;
  }
  return values;
}

/** The values of a literal or a name; `undefined` where they are not known. */
function termValues(text: Traced, start: number, end: number, scope: Scope): Values | undefined {
  const term = text.raw.slice(start, end);
  const name = term.replace(/[\s()]/g, '');
  const quoted = /^[\s(]*'([^']*)'[\s)]*$/.exec(term)?.[1];
  if (quoted === '') return undefined;
  if (quoted !== undefined) {
    const from = start + term.indexOf("'") + 1;
    return [pieceOf(text, from, from + quoted.length)];
  }
  if (/^\d[\d.]*$/.test(name)) {
    const from = start + term.indexOf(name);
    return [pieceOf(text, from, from + name.length)];
  }
  return lookUp(name, scope);
}

const pieceOf = (text: Traced, start: number, end: number): Traced =>
  cutTraced(text, [start, end])[1] ?? text;

/** The ranges between the separators that stand outside quotes. */
function splitAt(text: string, separator: string): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  let start = 0;
  for (const match of text.matchAll(/'[^']*'|\|\||&&/g)) {
    if (match[0] !== separator) continue;
    ranges.push([start, match.index]);
    start = match.index + separator.length;
  }
  return [...ranges, [start, text.length]];
}

/** The values of a name in any of the spellings: `inputs.v`, `inputs['v']`, `github.event.inputs.v`. */
function lookUp(written: string, { environment, named }: Scope): Values | undefined {
  const name = written
    .replace(/\[\s*["']([^"']*)["']\s*\]/g, '.$1')
    .replace(/^\./, '')
    .replace(/^(?:github\.event|inputs(?=\.param)|pipeline|workflow)\./, '');
  const [, context, rest = ''] = /^(env|variables)\.(.+)$/.exec(name) ?? [];
  return named.get(name) ?? (context === undefined ? undefined : environment.get(rest));
}
