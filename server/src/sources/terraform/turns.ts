import type { Given } from '../../core/fragment';
import { siteOfTraced } from '../../core/traced';
import { attributeOf, type Block } from './blocks';
import { attributeValue, type Scope } from './evaluate';
import { type Turn, turnsOf } from './loops';
import { knownText, textIn, type Value } from './value';

/** One of the things that a block stands for, with the names that hold in it. */
export interface Instance {
  readonly scope: Scope;
  readonly given: readonly Given[];
}

/** What a block stands for: once for each value of `for_each`, where those are known; nothing where `count` is 0. */
export function instancesOf(block: Block, scope: Scope): readonly Instance[] {
  if (knownText(attributeValue(block, 'count', scope)) === '0') {
    const count = attributeOf(block, 'count');
    // A number that a switch leads to may be another one next time.
    if (count !== undefined && count.after - count.first === 1) return [];
  }
  const over = attributeValue(block, 'for_each', scope);
  const turns = over === undefined ? undefined : turnsOf(over);
  if (turns === undefined) return [{ scope, given: [] }];
  return turns.map(turn => ({ scope: inTurn(turn, 'each', scope), given: givenBy(turn) }));
}

/** The scope in one turn of a loop, in which `each.key` and `each.value` (or those of another name) are known. */
export function inTurn({ key, value }: Turn, name: string, scope: Scope): Scope {
  const own: readonly [string, Value][] = [
    [`${name}.key`, key],
    [`${name}.value`, value],
  ];
  return { ...scope, names: new Map([...scope.names, ...own]) };
}

function givenBy({ key }: Turn): readonly Given[] {
  const text = textIn(key);
  return text === undefined ? [] : [{ name: 'each.key', value: text.raw, site: siteOfTraced(text) }];
}
