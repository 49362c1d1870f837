import { joinTraced, placeOfTraced, type Traced, tracedUnknown } from '../../core/traced';
import { replaced, sliceCode } from './code';
import { type Expansion, expandText, expandWord } from './expand';
import type { Assignment, CommandArgument } from './parse';
import { lookUp } from './scope';
import { type Candidate, type State, setVariable, textValue, type Value } from './state';
import { type Variant, variantsOf } from './variants';

/** Follows `NAME=value`, `NAME+=value` and `NAME=(…)`; a value that depends on others has as many candidates. */
export function assign(assignment: Assignment, state: State, expansion: Expansion): void {
  const { name, append, index } = assignment;
  if (index !== undefined && !/^\d+$/.test(index.text)) return;
  const variants = variantsOf((pick): Value => {
    const value = valueIn(assignment, { ...expansion, pick });
    const before = append === true ? pick(lookUp(state.variables, name) ?? [])?.value : undefined;
    if (before === undefined) return value;
    return appended(before, value);
  });
  if (index === undefined) setVariable(state, name, ...variants.map(candidateOf));
  else for (const { value } of variants.slice(0, 1)) setItem(state, name, Number(index.text), value);
}

const candidateOf = ({ value, choices }: Variant<Value>): Candidate => ({ value, choices });

function valueIn({ value }: Assignment, expansion: Expansion): Value {
  if (value.type === 'Word') return textValue(bounded(expandText(value, expansion)));
  return { kind: 'list', items: value.elements.flatMap(word => expandWord(word, expansion)) };
}

function appended(before: Value, value: Value): Value {
  if (before.kind === 'list' || value.kind === 'list')
    return { kind: 'list', items: [...itemsOf(before), ...itemsOf(value)] };
  return textValue(bounded(joinTraced([before.text, value.text])));
}

/** In UTF-16 units and in pieces: no value that people write comes near, but one that takes itself in twice soon does. */
const longest = { raw: 100_000, stretches: 200 };

/** A value in its place, as long as it does not grow without end. */
function bounded(text: Traced): Traced {
  if (text.raw.length > longest.raw)
    return tracedUnknown('…', placeOfTraced(text), 'it is too long to be followed');
  return text.stretches.length > longest.stretches ? replaced(text, text.raw) : text;
}

const itemsOf = (value: Value): readonly Traced[] => (value.kind === 'list' ? value.items : [value.text]);

function setItem(state: State, name: string, index: number, value: Value): void {
  const [candidate] = lookUp(state.variables, name) ?? [];
  const items = candidate?.value.kind === 'list' ? [...candidate.value.items] : [];
  if (value.kind !== 'text' || index > items.length) return;
  items[index] = value.text;
  setVariable(state, name, { value: { kind: 'list', items }, choices: candidate?.choices ?? [] });
}

/** The words that an argument of a command becomes; one that looks like an assignment stays one word. */
export function expandArgument(argument: CommandArgument, expansion: Expansion): readonly Traced[] {
  if (argument.type === 'Word') return expandWord(argument, expansion);
  const { pos, end, value } = argument;
  if (value.type !== 'Word') return [sliceCode(expansion.code, pos, end)];
  return [joinTraced([sliceCode(expansion.code, pos, value.pos), expandText(value, expansion)])];
}

/** A prefix such as `ISTIO_VERSION=1.14.1` as a word of its own. */
export const prefixWord = (assignment: Assignment, expansion: Expansion): Traced =>
  expandArgument(assignment, expansion)[0] ?? sliceCode(expansion.code, assignment.pos, assignment.end);
