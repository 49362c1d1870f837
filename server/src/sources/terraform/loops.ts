import { tracedAt } from '../../core/traced';
import { standIn } from '../makefile/cutter';
import { evaluate, type Scope, siteIn, unknownIn } from './evaluate';
import type { Expression } from './expression';
import { computedWhy, knownText, type MapEntry, mapValue, textIn, textValue, type Value } from './value';

/** More turns than these are not followed. */
const mostTurns = 200;

/** One turn of a loop: a key (or an index) and a value. */
export interface Turn {
  readonly key: Value;
  readonly value: Value;
}

/** The turns of `for` or `for_each` over a value; `undefined` where they are not known. */
export function turnsOf(over: Value): readonly Turn[] | undefined {
  if (over.kind === 'map') {
    if (over.entries.length > mostTurns || over.entries.some(({ key }) => key.raw === '<<')) return undefined;
    return over.entries.map(({ key, value }) => ({ key: textValue(key), value }));
  }
  if (over.kind !== 'list' || over.items.length > mostTurns) return undefined;
  return over.items.map((value, index) => ({
    key: textValue(standIn(String(index), tracedAt('', over.site)), 'number'),
    value,
  }));
}

/** `[for value in over : …]` and `{for key, value in over : … => …}`; unknown where it is not known what is left out. */
export function loopValues(loop: Extract<Expression, { kind: 'for' }>, scope: Scope): Value {
  const turns = turnsOf(evaluate(loop.over, scope));
  const site = siteIn(scope, loop.span);
  if (turns === undefined) return unknownIn(scope, loop.span, computedWhy);
  const items: Value[] = [];
  const entries: MapEntry[] = [];
  for (const { key, value } of turns) {
    const [first = '', second] = loop.names;
    const own: [string, Value][] =
      second === undefined
        ? [[first, value]]
        : [
            [first, key],
            [second, value],
          ];
    const inside = { ...scope, names: new Map([...scope.names, ...own]) };
    const is = loop.condition === undefined ? 'true' : knownText(evaluate(loop.condition, inside));
    if (is === undefined) return unknownIn(scope, loop.span, computedWhy);
    if (is !== 'true') continue;
    const made = evaluate(loop.value, inside);
    const name = loop.key === undefined ? undefined : textIn(evaluate(loop.key, inside));
    if (loop.key === undefined) items.push(made);
    else if (name === undefined) return unknownIn(scope, loop.span, computedWhy);
    else entries.push({ key: name, value: made });
  }
  return loop.key === undefined ? { kind: 'list', items, site } : mapValue(entries, site);
}
