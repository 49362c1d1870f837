import { literalValue } from '../../core/text';
import { entryOf, type MapNode, type Node, nodeAt } from '../../core/tree';
import { environmentList, expandVariables } from './environmentList';
import type { Leg } from './legs';
import { nameLeg, nameMatrix } from './matrix';
import { buildOn, type Scope, type ScopeBuilder, type Values } from './scope';
import { scalarValues, type YamlText } from './yamlText';

/**
 * What is known within a map: what was known around it, and what its own keys define; of a matrix, the values of one
 * combination (`leg`) or of all.
 */
export function scopeWithin(yaml: YamlText, map: MapNode, outer: Scope, leg?: Leg): Scope {
  const defining = map.entries.filter(({ key }) => definers.has(key) || holdsMatrix.has(key));
  if (defining.length === 0) return outer;
  const builder = buildOn(outer);
  const define = (table: ReadonlyMap<string, Define>): void => {
    for (const [name, read] of table)
      for (const { key, value } of defining) if (key === name) read(yaml, value, builder);
  };
  define(parameterDefiners);
  if (leg !== undefined) nameLeg(yaml, leg, builder);
  else if (defining.some(({ key }) => holdsMatrix.has(key))) nameMatrix(yaml, map, builder);
  define(variableDefiners);
  return builder.scope();
}

const holdsMatrix: ReadonlySet<string> = new Set(['strategy', 'matrix', 'parallel']);

type Define = (yaml: YamlText, value: Node, builder: ScopeBuilder) => void;

/** Parameters, in the order in which they may name each other. */
const parameterDefiners: ReadonlyMap<string, Define> = new Map<string, Define>([
  [
    'on',
    (yaml, value, builder) => {
      for (const event of ['workflow_dispatch', 'workflow_call'])
        nameDefaults(yaml, nodeAt(value, [event, 'inputs']), 'inputs', builder);
    },
  ],
  ['parameters', (yaml, value, builder) => nameDefaults(yaml, value, 'parameters', builder)],
  ['params', (yaml, value, builder) => nameDefaults(yaml, value, 'params', builder)],
  [
    'arguments',
    (yaml, value, builder) => nameDefaults(yaml, nodeAt(value, ['parameters']), 'parameters', builder),
  ],
  [
    'inputs',
    (yaml, value, builder) => {
      for (const context of ['parameters', 'params'])
        nameDefaults(yaml, nodeAt(value, [context]), context, builder);
      nameDefaults(yaml, value, 'inputs', builder);
    },
  ],
  ['vars', (yaml, value, builder) => nameTree(yaml, value, 'vars', builder, 4)],
]);

/** Variables of the shell, which may name parameters and the values of a matrix. */
const variableDefiners: ReadonlyMap<string, Define> = new Map<string, Define>([
  ['variables', (yaml, value, builder) => setVariables(yaml, value, builder, true)],
  ['env', (yaml, value, builder) => setVariables(yaml, value, builder, false)],
  [
    'environment',
    (yaml, value, builder) => {
      // Of a deployment: the environment's name and address, and no variables.
      if (entryOf(value, 'name') === undefined) setVariables(yaml, value, builder, false);
    },
  ],
  ['image', setImage],
  ['container', setImage],
]);

const definers: ReadonlySet<string> = new Set([...parameterDefiners.keys(), ...variableDefiners.keys()]);

/** Keys that hold values only, and no scripts. */
export const valueKeys: ReadonlySet<string> = new Set([
  'image',
  'env',
  'environment',
  'variables',
  'vars',
  'matrix',
]);

/** `x: {default: 1}`, `x: 1`, or `- {name: x, default: 1}`. */
function nameDefaults(yaml: YamlText, node: Node | undefined, context: string, builder: ScopeBuilder): void {
  for (const [name, value] of namedValues(node)) {
    const given =
      value.kind === 'map'
        ? (entryOf(value, 'value')?.value ?? entryOf(value, 'default')?.value)
        : context === 'inputs'
          ? undefined
          : value;
    if (given?.kind === 'scalar')
      builder.name(`${context}.${name}`, scalarValues(yaml, given, builder.scope()));
  }
}

/** The entries of a map, or of a list of maps that each tell a `name`. */
function namedValues(node: Node | undefined): readonly (readonly [string, Node])[] {
  if (node?.kind === 'map') return node.entries.map(({ key, value }) => [key, value]);
  if (node?.kind !== 'list') return [];
  return node.items.flatMap(item => {
    const name = entryOf(item, 'name')?.value;
    const text = name?.kind === 'scalar' ? literalValue(name.text) : undefined;
    return text === undefined ? [] : [[text, item] as const];
  });
}

/** Values below each other are named as templates name them: `vars.istio.version`. */
function nameTree(yaml: YamlText, node: Node, name: string, builder: ScopeBuilder, depth: number): void {
  if (node.kind === 'scalar') builder.name(name, scalarValues(yaml, node, builder.scope()));
  if (node.kind !== 'map' || depth === 0) return;
  for (const { key, value } of node.entries) nameTree(yaml, value, `${name}.${key}`, builder, depth - 1);
}

/**
 * Variables of the shell: a map, a list of `{name, value}` (Kubernetes, Azure), or a list of `NAME=value`. Those of a
 * `pipeline` name each other.
 */
function setVariables(yaml: YamlText, node: Node, builder: ScopeBuilder, ofPipeline: boolean): void {
  const set = (name: string, values: Values): void => {
    const { environment } = builder.scope();
    const expanded = ofPipeline ? values.map(value => expandVariables(value, environment)) : values;
    builder.variable(name, expanded);
    // How Azure Pipelines hands its variables to scripts (docs: define variables, environment variables).
    const upper = name.toUpperCase().replace(/[. ]/g, '_');
    if (ofPipeline && upper !== name) builder.variable(upper, expanded);
  };
  for (const [name, value] of namedValues(node)) {
    const written = value.kind === 'map' ? entryOf(value, 'value')?.value : value;
    if (written?.kind === 'scalar') set(name, scalarValues(yaml, written, builder.scope()));
  }
  if (node.kind !== 'scalar') for (const [name, values] of environmentList(yaml, node)) set(name, values);
}

/** The name that a container's image has as a variable; no shell can name it. */
const imageName = 'container image';

/** The image that scripts run in, where it is one of istioctl: its tag is istioctl's version. */
function setImage(yaml: YamlText, node: Node, builder: ScopeBuilder): void {
  const value = node.kind === 'map' ? (entryOf(node, 'name') ?? entryOf(node, 'image'))?.value : node;
  if (value?.kind !== 'scalar') return;
  const values = scalarValues(yaml, value, builder.scope());
  if (values.some(({ raw }) => raw.includes('istioctl'))) builder.variable(imageName, values);
}
