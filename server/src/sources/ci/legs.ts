import { textOf } from '../../core/text';
import { entryOf, type MapNode, type Node, nodeAt } from '../../core/tree';
import { mostValues } from './scope';
import type { YamlText } from './yamlText';

/** One combination of the values of a matrix, by their keys. */
export interface Leg {
  readonly values: ReadonlyMap<string, Node>;
  /** The keys that have another value in another combination. */
  readonly varying: ReadonlySet<string>;
  /** Whether the keys are variables too. */
  readonly ofVariables: boolean;
}

/**
 * The combinations in which a job runs: the lists of GitHub Actions with `include` and `exclude`, the legs of Azure
 * Pipelines, `parallel` of GitLab, `setup` of Buildkite. At most `mostValues`; values that speak of Istio come first, and
 * lists that no script names are left out. None for a job without a matrix.
 */
export function legsOf(yaml: YamlText, job: MapNode): readonly Leg[] {
  const matrix = nodeAt(job, ['strategy', 'matrix']) ?? entryOf(job, 'matrix')?.value;
  const parallel = nodeAt(job, ['parallel', 'matrix']);
  const node = matrix ?? parallel;
  if (node === undefined || node.kind === 'scalar') return [];
  if (node.kind === 'list') return listLegs(node.items, parallel !== undefined);
  const lists = node.entries.filter(({ value }) => value.kind === 'list');
  const maps = node.entries.filter(({ value }) => value.kind === 'map');
  if (lists.length === 0 && entryOf(node, 'setup') === undefined)
    return finished(
      maps.map(({ value }) => asLeg(value)),
      true,
    );
  return finished(githubLegs(entryMap(node, 'setup') ?? node, namedIn(yaml, job)), false);
}

type Values = ReadonlyMap<string, Node>;

const entryMap = (node: MapNode, key: string): MapNode | undefined => {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'map' ? value : undefined;
};

const asLeg = (node: Node): Values =>
  new Map(node.kind === 'map' ? node.entries.map(({ key, value }) => [key, value]) : []);

/** A list of values, or of maps of lists. */
function listLegs(items: readonly Node[], ofVariables: boolean): readonly Leg[] {
  if (items.every(({ kind }) => kind !== 'map'))
    return finished(
      items.slice(0, mostValues).map(item => new Map([['', item]])),
      false,
    );
  const legs = items.flatMap(item =>
    item.kind === 'map' ? combinations(item.entries.map(({ key, value }) => [key, optionsOf(value)])) : [],
  );
  return finished(legs, ofVariables);
}

const optionsOf = (node: Node): readonly Node[] => (node.kind === 'list' ? node.items : [node]);

/** docs.github.com: running variations of jobs in a workflow, expanding or adding, and excluding configurations. */
function githubLegs(matrix: MapNode, named: ReadonlySet<string>): readonly Values[] {
  const own = matrix.entries.filter(({ key, value }) => !special.has(key) && value.kind === 'list');
  const lists = own.filter(({ key }) => named.has(key));
  const excluded = mapsIn(matrix, 'exclude');
  const all = combinations(lists.map(({ key, value }) => [key, optionsOf(value)]));
  const listed = new Set(lists.map(({ key }) => key));
  const legs = all
    .filter(leg => !excluded.some(item => [...item].every(([key, value]) => isSame(leg.get(key), value))))
    .map(leg => new Map(leg));
  const added: Values[] = [];
  for (const item of mapsIn(matrix, 'include').slice(0, mostIncluded)) {
    const fits = legs.filter(leg =>
      [...item].every(([key, value]) => !listed.has(key) || isSame(leg.get(key), value)),
    );
    if (fits.length === 0 || own.length === 0) added.push(item);
    else for (const leg of fits) for (const [key, value] of item) leg.set(key, value);
  }
  return own.length === 0 ? added : [...legs, ...added];
}

const special: ReadonlySet<string> = new Set(['include', 'exclude', 'adjustments']);

/** GitHub runs no more jobs of one matrix. */
const mostIncluded = 256;

const mapsIn = (matrix: MapNode, key: string): readonly Values[] => {
  const value = entryOf(matrix, key)?.value;
  return value?.kind === 'list' ? value.items.filter(({ kind }) => kind === 'map').map(asLeg) : [];
};

const isSame = (a: Node | undefined, b: Node): boolean =>
  a === b || (a?.kind === 'scalar' && b.kind === 'scalar' && textOf(a.text) === textOf(b.text));

/** The combinations of lists, up to `mostValues`; lists that speak of Istio change fastest, so that none is cut off. */
function combinations(lists: readonly (readonly [string, readonly Node[]])[]): readonly Values[] {
  const speaks = ([key]: readonly [string, unknown]): number => (/istio|version/i.test(key) ? 0 : 1);
  let legs: readonly Values[] = [new Map()];
  for (const [key, options] of [...lists].sort((a, b) => speaks(a) - speaks(b)))
    legs = options
      .slice(0, mostValues)
      .flatMap(option => legs.map(leg => new Map([...leg, [key, option]])))
      .slice(0, mostValues);
  return legs;
}

/** The keys that the job names in expressions, other than in its name and in the machine that it runs on. */
function namedIn({ text }: YamlText, { site }: MapNode): ReadonlySet<string> {
  const lines = text.slice(site.span.start, site.span.end).split('\n');
  const told = lines.filter(line => !/^[\s-]*(?:name|runs-on):/.test(line.slice(0, 200)));
  return new Set(
    told.flatMap(line => [...line.matchAll(/\bmatrix(?:\.|\[')([\w-]+)/g)].map(([, key = '']) => key)),
  );
}

function finished(all: readonly Values[], ofVariables: boolean): readonly Leg[] {
  const legs = all.slice(0, mostValues);
  const keys = new Set(legs.flatMap(leg => [...leg.keys()]));
  const [first] = legs;
  const varying = new Set(
    [...keys].filter(key => {
      const value = first?.get(key);
      return value === undefined || legs.some(leg => !isSame(leg.get(key), value));
    }),
  );
  return legs.map(values => ({ values, varying, ofVariables }));
}
