import { siteOfTraced, sliceTraced, type Traced, tracedUnknown } from '../../core/traced';
import { replaced } from './code';
import type { Expansion } from './expand';
import type { ParameterExpansionPart, ParameterOperation, Word } from './parse';
import { prefixLength, suffixLength } from './patterns';
import { setVariable, type Value } from './state';
import { isFromOutside, isUnknown } from './unknown';

/** What `${name…}` makes of the value of `name`; a value that can't be told stays unknown. */
export function operate(
  { parameter, prefix, operation, pos, end }: ParameterExpansionPart,
  value: Value | undefined,
  raw: Traced,
  { state }: Expansion,
  textOf: (word: Word) => Traced,
): Value | undefined {
  const site = siteOfTraced(raw);
  const runs = (): Value => ({
    kind: 'text',
    text: tracedUnknown(raw.raw, site, 'it is known only while the script runs'),
  });
  if (prefix !== undefined || end <= pos) return runs();
  if (operation === undefined) return value;
  if (operation.type === 'Slice' && value?.kind === 'list')
    return someOf(value.items, parameter, operation, textOf);
  switch (operation.type) {
    case 'Default':
      return withDefault(operation, value, textOf, assigned =>
        setVariable(state, parameter, { value: assigned, choices: [] }),
      );
    case 'Names':
      return value;
    case 'Remove':
    case 'Replace':
    case 'Slice':
    case 'CaseModification':
      return eachText(value, text => (isUnknown(text) ? text : (changed(operation, text, textOf) ?? text)));
    case 'Transform':
    case 'Unknown':
      return runs();
  }
}

/** `${@:2}` and `${A[@]:1:2}`: some of the items. The arguments count from 1. */
function someOf(
  items: readonly Traced[],
  parameter: string,
  { offset, length }: Extract<ParameterOperation, { type: 'Slice' }>,
  textOf: (word: Word) => Traced,
): Value {
  const first = parameter === '@' || parameter === '*' ? 1 : 0;
  const start = Math.max(0, Number(textOf(offset).raw) - first) || 0;
  const count = length === undefined ? items.length : Number(textOf(length).raw) || 0;
  return { kind: 'list', items: items.slice(start, start + count) };
}

function eachText(value: Value | undefined, change: (text: Traced) => Traced): Value | undefined {
  if (value === undefined) return undefined;
  return value.kind === 'text'
    ? { kind: 'text', text: change(value.text) }
    : { kind: 'list', items: value.items.map(change) };
}

/** `${X:-x}`, `${X:=x}`, `${X:+x}` and `${X:?x}`. What is not given from outside has the value that stands here. */
function withDefault(
  { operator, operand }: Extract<ParameterOperation, { type: 'Default' }>,
  value: Value | undefined,
  textOf: (word: Word) => Traced,
  assign: (value: Value) => void,
): Value | undefined {
  const countsEmpty = operator.startsWith(':');
  const isUnset =
    value === undefined ||
    (value.kind === 'text' && (isFromOutside(value.text) || (countsEmpty && value.text.raw === '')));
  const kind = operator.at(-1);
  if (kind === '?') return value;
  if (kind === '+') return isUnset ? undefined : { kind: 'text', text: textOf(operand) };
  if (!isUnset) return value;
  const usual: Value = { kind: 'text', text: textOf(operand) };
  if (kind === '=') assign(usual);
  return usual;
}

type Change = Extract<ParameterOperation, { type: 'Remove' | 'Replace' | 'Slice' | 'CaseModification' }>;

/** A known text changed; `undefined` where the change can't be told. */
function changed(operation: Change, text: Traced, textOf: (word: Word) => Traced): Traced | undefined {
  const { raw } = text;
  switch (operation.type) {
    case 'Remove': {
      const pattern = textOf(operation.operand).raw;
      const longest = operation.operator.length === 2;
      return operation.operator.startsWith('#')
        ? sliceTraced(text, prefixLength(raw, pattern, longest))
        : sliceTraced(text, 0, raw.length - suffixLength(raw, pattern, longest));
    }
    case 'Replace': {
      const pattern = textOf(operation.pattern).raw;
      const by = textOf(operation.replacement).raw;
      if (pattern === '' || /[*?[\]]/.test(pattern)) return undefined;
      if (operation.operator === '//')
        return replaced(
          text,
          raw.replaceAll(pattern, () => by),
        );
      return operation.operator === '/'
        ? replaced(
            text,
            raw.replace(pattern, () => by),
          )
        : undefined;
    }
    case 'Slice': {
      const [offset, length] = [operation.offset, operation.length].map(word =>
        word === undefined ? undefined : Number(textOf(word).raw),
      );
      if (offset === undefined || !Number.isInteger(offset)) return undefined;
      const start = Math.min(raw.length, offset < 0 ? Math.max(0, raw.length + offset) : offset);
      if (length === undefined) return sliceTraced(text, start);
      if (!Number.isInteger(length)) return undefined;
      const end = length < 0 ? raw.length + length : start + length;
      return sliceTraced(text, start, Math.max(start, Math.min(raw.length, end)));
    }
    case 'CaseModification': {
      const isWhole = operation.operator.length === 2;
      const change = operation.operator.startsWith('^')
        ? (part: string) => part.toUpperCase()
        : (part: string) => part.toLowerCase();
      return replaced(text, isWhole ? change(raw) : change(raw.slice(0, 1)) + raw.slice(1));
    }
  }
}
