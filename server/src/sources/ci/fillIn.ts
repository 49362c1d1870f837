import { joinTraced, placeOfTraced, type Traced, tracedUnknown, usedAt } from '../../core/traced';
import { evaluate } from './evaluate';
import { type Expression, findExpressions } from './expressions';
import { mostValues, type Scope, type Values } from './scope';
import { cutTraced, standingFor } from './tracedParts';

/** Longer values (in UTF-16 units) are never written out in several places, so that no text grows without end. */
const longestInline = 200;

/** A value of more pieces, text and expressions in turn, is not put together. */
const mostPieces = 50;

/** An expression where it stands, with the values that it may have. */
interface Hole {
  readonly whole: Traced;
  readonly values: Values;
}

/** The text with its expressions: pieces of text and holes in turn. */
function parsePieces(text: Traced, scope: Scope, hasTemplates: boolean): readonly (Traced | Hole)[] {
  if (!/\$[{([]|\{[{%]|<</.test(text.raw)) return [text];
  const expressions = findExpressions(text.raw, hasTemplates);
  const pieces = cutTraced(
    text,
    expressions.flatMap(({ start, end }) => [start, end]),
  );
  return pieces.flatMap((piece, index): readonly (Traced | Hole)[] => {
    const expression = index % 2 === 1 ? expressions[(index - 1) / 2] : undefined;
    if (expression === undefined) return [piece];
    return expression.kind === 'control' ? [] : [holeOf(piece, expression, scope)];
  });
}

/** A macro that names nothing known is a command of the shell, `$(pwd)`, and stays. */
function holeOf(whole: Traced, { kind, start, inner }: Expression, scope: Scope): Traced | Hole {
  const between = cutTraced(whole, [inner[0] - start, inner[1] - start])[1] ?? whole;
  const values = evaluate(kind, between, scope);
  const isCommand = kind === 'macro' && values.length === 0 && !ofTekton.test(between.raw);
  return isCommand ? whole : { whole, values };
}

const ofTekton = /^(?:params|inputs|outputs|tasks|context|workspaces|steps|resources)\./;

/** The values that a text with expressions may have, at most `mostValues`. */
export function valuesOf(text: Traced, scope: Scope, hasTemplates: boolean): Values {
  let results: Values = [{ raw: '', stretches: [] }];
  const pieces = parsePieces(text, scope, hasTemplates);
  if (pieces.length === 1 && pieces[0] === text) return [text];
  if (pieces.length > mostPieces)
    return [tracedUnknown(text.raw.slice(0, 20), placeOfTraced(text), 'it holds too many expressions')];
  for (const piece of pieces) {
    const options = 'raw' in piece ? [piece] : optionsOf(piece);
    results = results
      .flatMap(result => options.map(option => joinTraced([result, option])))
      .slice(0, mostValues);
  }
  return results;
}

function optionsOf({ whole, values }: Hole): Values {
  const site = placeOfTraced(whole);
  const short = values.filter(({ raw }) => raw.length <= longestInline);
  return short.length === 0
    ? [tracedUnknown(whole.raw, site, whyUnknown(whole.raw))]
    : short.map(value => usedAt(value, site));
}

/** A script whose expressions are gone: a single plain value is written out, anything else is a variable. */
export interface Filled {
  readonly text: Traced;
  readonly variables: ReadonlyMap<string, Values>;
}

/** Replaces every expression of a script by its value, or by a variable of a new name that has its values. */
export function fillIn(text: Traced, scope: Scope, hasTemplates: boolean): Filled {
  const variables = new Map<string, Values>();
  const pieces = parsePieces(text, scope, hasTemplates);
  if (pieces.length === 1 && pieces[0] === text) return { text, variables };
  const nameOf = naming(new Set([...scope.environment.keys(), ...assignedIn(text.raw)]));
  const quotes = singleQuotes();
  const parts = pieces.map((piece): Traced => {
    if ('raw' in piece) {
      quotes.pass(piece.raw);
      return piece;
    }
    const { whole, values } = piece;
    const site = placeOfTraced(whole);
    const [value] = values;
    if (values.length === 1 && value !== undefined && isPlain(value)) return usedAt(value, site);
    const name = nameOf(whole.raw);
    const why = values.length > 1 ? `\`${whole.raw}\` has several values` : whyUnknown(whole.raw);
    variables.set(name, values.length > 0 ? values : [tracedUnknown(whole.raw, site, why)]);
    return standingFor(quotes.isOpen() ? `'"$\{${name}}"'` : `$\{${name}}`, site, why);
  });
  return { text: joinTraced(parts), variables };
}

/** The variables that a script sets itself. */
const assignedIn = (raw: string): readonly string[] =>
  [
    ...raw.matchAll(
      /(?:^|[;&|(\n])[ \t]*(?:export |local |readonly |declare )?([A-Za-z_]\w*)\+?=|\b(?:for|read) ([A-Za-z_]\w*)/g,
    ),
  ].map(([, assigned, other]) => assigned ?? other ?? '');

/** Whether a value means itself to the shell, within any quotes and without. */
const isPlain = ({ raw, stretches }: Traced): boolean =>
  raw.length <= longestInline &&
  /^[\w./:@%+=,-]+$/.test(raw) &&
  stretches.every(({ why }) => why === undefined);

/** Follows whether single quotes are open, in which the shell fills nothing in. Each line begins without. */
function singleQuotes(): { readonly pass: (text: string) => void; readonly isOpen: () => boolean } {
  let open = '';
  return {
    pass(text) {
      const start = text.lastIndexOf('\n') + 1;
      if (start > 0) open = '';
      for (let at = start; at < text.length; at += 1) {
        const unit = text.charAt(at);
        if (unit === '\\' && open !== "'") at += 1;
        else if (unit === open) open = '';
        else if (open === '' && (unit === "'" || unit === '"')) open = unit;
      }
    },
    isOpen: () => open === "'",
  };
}

/**
 * Gives variables' names that tell the expression: `matrix_istio_version`. The same expression has the same name, and none
 * is that of a variable in `taken`.
 */
function naming(taken: ReadonlySet<string>): (raw: string) => string {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  return raw => {
    const known = names.get(raw);
    if (known !== undefined) return known;
    const base = raw
      .replace(/^\W+|\W+$/g, '')
      .replace(/\W+/g, '_')
      .slice(0, 40)
      .replace(/^(?=\d|$)/, 'expression_');
    let count = counts.get(base) ?? 0;
    let name: string;
    do {
      count += 1;
      name = count === 1 ? base : `${base}_${count}`;
    } while (taken.has(name));
    counts.set(base, count);
    names.set(raw, name);
    return name;
  };
}

/** Says in a clause why the value of an expression is not in the file. */
function whyUnknown(raw: string): string {
  const short = raw.length > 80 ? `${raw.slice(0, 79)}…` : raw;
  if (/\bsecrets\./.test(raw)) return `\`${short}\` is a secret`;
  if (/\b(?:steps|needs|tasks|dependencies)\./.test(raw)) return `\`${short}\` comes from an earlier step`;
  if (/\b(?:inputs|param\w*)\./.test(raw)) return `\`${short}\` is given by whoever starts the run`;
  return `\`${short}\` is filled in before the file is used`;
}
