import type { Site } from '../../core/text';
import {
  joinTraced,
  placeOfTraced,
  sliceTraced,
  type Traced,
  tracedUnknown,
  usedAt,
} from '../../core/traced';
import { type Code, sliceCode, unescaped } from './code';
import { createFields, type Fields } from './fields';
import { operate } from './operations';
import type { CommandExpansionPart, ProcessSubstitutionPart, Word, WordPart } from './parse';
import { lookUp } from './scope';
import type { State, Value } from './state';
import { fromOutside } from './unknown';
import type { Pick } from './variants';

/** What words are expanded with. */
export interface Expansion extends Substitution {
  readonly code: Code;
  readonly state: State;
  readonly pick: Pick;
}

/** How the commands within words are followed. */
export interface Substitution {
  /** What a command in a word prints, without the line ends after it. */
  readonly output: (part: CommandExpansionPart, code: Code, state: State) => Traced;
  /** The path of a file that stands for what a command in `<( )` prints. */
  readonly substitute: (part: ProcessSubstitutionPart, code: Code, state: State) => Traced;
}

/** The words that one word of the source becomes: none for an empty variable, several for an array. */
export function expandWord(word: Word, expansion: Expansion): readonly Traced[] {
  const { code } = expansion;
  if (word.parts === undefined) return [unescaped(code, word.pos, word.end, word.value)];
  const fields = createFields();
  for (const part of word.parts) addPart(part, fields, expansion);
  return fields.end();
}

/** A word as one text, as in an assignment, where nothing is split. */
export function expandText(word: Word, expansion: Expansion): Traced {
  if (word.parts === undefined) return unescaped(expansion.code, word.pos, word.end, word.value);
  return expandParts(word.parts, expansion, word);
}

/** Parts as one text, such as those of a here-document. */
export function expandParts(
  parts: readonly WordPart[],
  expansion: Expansion,
  whole: { readonly pos: number },
): Traced {
  const fields = createFields(true);
  for (const part of parts) addPart(part, fields, expansion);
  const [text] = fields.end();
  return text ?? sliceCode(expansion.code, whole.pos, whole.pos);
}

function addPart(part: WordPart, fields: Fields, expansion: Expansion): void {
  const { code } = expansion;
  switch (part.type) {
    case 'Literal':
      fields.add(unescaped(code, part.pos, part.end, part.value));
      return;
    case 'SingleQuoted':
      fields.quoted(sliceCode(code, part.pos + 1, part.pos + 1 + part.value.length));
      return;
    case 'AnsiCQuoted':
      fields.quoted(unescaped(code, part.pos, part.end, part.value));
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      fields.quoted(sliceCode(code, part.pos + 1, part.pos + 1));
      for (const child of part.parts) addExpansion(child, fields, expansion, true);
      return;
    case 'ProcessSubstitution':
      fields.add(expansion.substitute(part, code, expansion.state));
      return;
    case 'Glob':
    case 'ExtendedGlob':
    case 'BraceExpansion':
      fields.add(sliceCode(code, part.pos, part.end));
      return;
    default:
      addExpansion(part, fields, expansion, false);
  }
}

type ExpansionPart = Extract<
  WordPart,
  {
    type: 'Literal' | 'SimpleExpansion' | 'ParameterExpansion' | 'CommandExpansion' | 'ArithmeticExpansion';
  }
>;

function addExpansion(part: ExpansionPart, fields: Fields, expansion: Expansion, isQuoted: boolean): void {
  const { code, state } = expansion;
  const add = (text: Traced): void => (isQuoted ? fields.quoted(text) : fields.split(text));
  const raw = sliceCode(code, part.pos, part.end);
  const site = placeOfTraced(raw);
  switch (part.type) {
    case 'Literal':
      fields.quoted(unescaped(code, part.pos, part.end, part.value));
      return;
    case 'CommandExpansion':
      add(usedAt(expansion.output(part, code, state), site));
      return;
    case 'ArithmeticExpansion':
      add(tracedUnknown(raw.raw, site, 'it is calculated while the script runs'));
      return;
    case 'SimpleExpansion': {
      addValue(
        parameterValue(part.text.slice(1), expansion, raw),
        site,
        fields,
        isQuoted,
        part.text === '$*',
      );
      return;
    }
    case 'ParameterExpansion': {
      const name = part.parameter;
      const value = parameterValue(name, expansion, raw, part.index?.text);
      const done = operate(part, value, raw, expansion, word => expandText(word, expansion));
      addValue(done, site, fields, isQuoted, part.index?.text === '*' || name === '*');
    }
  }
}

function addValue(
  value: Value | undefined,
  site: Site,
  fields: Fields,
  isQuoted: boolean,
  isJoined: boolean,
): void {
  if (value === undefined) return;
  const add = (text: Traced): void => (isQuoted ? fields.quoted(text) : fields.split(text));
  if (value.kind === 'text') {
    add(usedAt(value.text, site));
    return;
  }
  value.items.forEach((item, index) => {
    if (index > 0) {
      if (isJoined && isQuoted) fields.quoted({ raw: ' ', stretches: [{ length: 1, site, exact: false }] });
      else fields.next();
    }
    add(usedAt(item, site));
  });
}

/**
 * The value of a parameter where it is used; `undefined` where it is empty for certain. `index` tells the item of an
 * array that is meant, the first where there is none, all for `@` and `*`.
 */
function parameterValue(
  name: string,
  { state, pick, code }: Expansion,
  raw: Traced,
  index?: string,
): Value | undefined {
  const site = placeOfTraced(raw);
  const outside = (): Value => ({ kind: 'text', text: fromOutside(raw.raw, site) });
  if (name === '@' || name === '*')
    return state.positional === undefined ? outside() : { kind: 'list', items: state.positional };
  if (name === '0' || name === 'BASH_SOURCE') return ownPath(code, raw, site) ?? outside();
  if (/^\d+$/.test(name)) {
    if (state.positional === undefined) return outside();
    const before = state.positional.slice(0, Number(name));
    const argument = before[Number(name) - 1];
    if (argument !== undefined) return { kind: 'text', text: argument };
    return before.some(({ raw }) => /\$[@*{]/.test(raw)) ? outside() : undefined;
  }
  if (name === 'PWD') return { kind: 'text', text: madeOf(state.directory ?? '.', site) };
  if (!/^\w/.test(name) || name === 'RANDOM')
    return { kind: 'text', text: tracedUnknown(raw.raw, site, 'it is known only while the script runs') };
  const candidates = lookUp(state.variables, name);
  if (candidates === undefined) return outside();
  const value = pick(candidates)?.value;
  if (value?.kind !== 'list') return value;
  if (index === '@' || index === '*') return { kind: 'list', items: value.items.map(withoutKey) };
  if (index !== undefined && /[$`]/.test(index))
    return { kind: 'text', text: tracedUnknown(raw.raw, site, 'it is known only while the script runs') };
  const item = itemAt(value.items, index ?? '0');
  return item && { kind: 'text', text: withoutKey(item) };
}

/** The `[name]=` before an item of an array. */
const itemKey = /^\[([^\]]*)\]=/;

const withoutKey = (item: Traced): Traced => {
  const key = itemKey.exec(item.raw)?.[0];
  return key === undefined ? item : sliceTraced(item, key.length);
};

/** The item of an array by its number, counted from the end if negative, or by its name. */
function itemAt(items: readonly Traced[], index: string): Traced | undefined {
  const name = index.replaceAll(/["']/g, '');
  const named = items.findLast(({ raw }) => itemKey.exec(raw)?.[1]?.replaceAll(/["']/g, '') === name);
  return named ?? (/^-?\d+$/.test(name) ? items.at(Number(name)) : undefined);
}

/** The script's own path, for `$0`. */
function ownPath({ uri }: Code, raw: Traced, site: Site): Value | undefined {
  const path = pathOf(uri);
  return path === undefined || raw.raw === '' ? undefined : { kind: 'text', text: madeOf(path, site) };
}

/** The path of a local file by its URI. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:///')) return undefined;
  const path = uri.slice('file://'.length);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A text that is not written anywhere; the place that it was made at stands for it. */
export const madeOf = (raw: string, site: Site): Traced => ({
  raw,
  stretches: [{ length: raw.length, site, exact: false }],
});

/** A text without the line ends after it. */
export const chomped = (text: Traced): Traced => {
  const end = text.raw.replace(/\n+$/, '').length;
  return end === text.raw.length ? text : sliceTraced(text, 0, end);
};

/** A text and the line end that a command prints after it. */
export const withLineEnd = (text: Traced): Traced => {
  const { raw } = text;
  const site = placeOfTraced(sliceTraced(text, raw.length, raw.length));
  return joinTraced([text, madeOf('\n', site)]);
};
