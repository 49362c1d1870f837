import { literalValue } from '../../core/text';
import { entryOf, type MapNode } from '../../core/tree';
import type { Scope, Values } from './scope';
import { scalarValues, type YamlText } from './yamlText';

/**
 * What a step hands to an action (`uses`, `with`) or a task (`task`, `inputs`) whose name speaks of Istio. Each value has
 * the name `<action> <input>`, such as `istio/setup-istioctl version`, which no shell can name.
 */
export function toolInputs(yaml: YamlText, step: MapNode, scope: Scope): ReadonlyMap<string, Values> {
  const told = new Map<string, Values>();
  const pairs = [
    ['uses', 'with'],
    ['task', 'inputs'],
  ] as const;
  for (const [nameKey, inputsKey] of pairs) {
    const name = entryOf(step, nameKey)?.value;
    const inputs = entryOf(step, inputsKey)?.value;
    const action = name?.kind === 'scalar' ? literalValue(name.text) : undefined;
    if (action === undefined || inputs?.kind !== 'map' || !/istio/i.test(action.slice(0, 200))) continue;
    for (const { key, value } of inputs.entries)
      if (value.kind === 'scalar')
        told.set(`${action.replace(/@.*/s, '')} ${key}`, scalarValues(yaml, value, scope));
  }
  return told;
}
