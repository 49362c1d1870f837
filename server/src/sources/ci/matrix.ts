import type { Given } from '../../core/fragment';
import { siteOfTraced, type Traced } from '../../core/traced';
import type { MapNode, Node } from '../../core/tree';
import { type Leg, legsOf } from './legs';
import { mostValues, type Scope, type ScopeBuilder } from './scope';
import { scalarValues, type YamlText } from './yamlText';

/** Names the values of one combination of a matrix: `matrix.version`, and as a variable where it is one. */
export const nameLeg = (yaml: YamlText, leg: Leg, builder: ScopeBuilder): void =>
  nameLegs(yaml, [leg], builder);

/** Names the values of a matrix, whatever combination they are from. */
export const nameMatrix = (yaml: YamlText, job: MapNode, builder: ScopeBuilder): void =>
  nameLegs(yaml, legsOf(yaml, job), builder);

/** What a combination says that others do not. */
export function givenOf(yaml: YamlText, { values, varying }: Leg, scope: Scope): readonly Given[] {
  return [...values].flatMap(([key, node]): readonly Given[] => {
    if (node.kind !== 'scalar' || !varying.has(key)) return [];
    const [value] = scalarValues(yaml, node, scope);
    return value === undefined ? [] : [{ name: nameOf(key), value: value.raw, site: siteOfTraced(value) }];
  });
}

const nameOf = (key: string): string => (key === '' ? 'matrix' : `matrix.${key}`);

function nameLegs(yaml: YamlText, legs: readonly Leg[], builder: ScopeBuilder): void {
  const found = new Map<string, Traced[]>();
  const add = (name: string, node: Node, depth: number): void => {
    if (node.kind === 'list') for (const item of node.items.slice(0, mostValues)) add(name, item, depth);
    if (node.kind === 'map' && depth > 0)
      for (const { key, value } of node.entries) add(`${name}.${key}`, value, depth - 1);
    if (node.kind !== 'scalar') return;
    const values = found.get(name) ?? [];
    for (const value of scalarValues(yaml, node, builder.scope()))
      if (!values.some(({ raw }) => raw === value.raw)) values.push(value);
    found.set(name, values.slice(0, mostValues));
  };
  const variables = new Set<string>();
  for (const { values, ofVariables } of legs)
    for (const [key, node] of values) {
      add(nameOf(key), node, 3);
      if (ofVariables) variables.add(key);
    }
  for (const [name, values] of found) builder.name(name, values);
  for (const key of variables) {
    const values = found.get(nameOf(key));
    if (values === undefined) continue;
    builder.variable(key, values);
    // How Azure Pipelines hands its variables to scripts.
    builder.variable(key.toUpperCase(), values);
  }
}
