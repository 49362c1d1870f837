import { literalValue } from '../../core/text';
import { type Entry, entryOf, type MapNode, type Node } from '../../core/tree';

/**
 * A GitLab pipeline with what its jobs inherit written into them: what `extends` names, the `before_script` and
 * `after_script` of `default` or of the whole file. Hidden jobs whose script another job runs are left out. Any other tree
 * is given back as it is. (docs.gitlab.com/ci/yaml: extends, default)
 */
export function pipelineOf(root: Node): Node {
  if (root.kind !== 'map' || !isPipeline(root)) return root;
  const inherited = ['before_script', 'after_script', 'image'].flatMap(
    key => entryOf(entryOf(root, 'default')?.value, key) ?? entryOf(root, key) ?? [],
  );
  const budget = { left: mostInherited };
  const jobs = root.entries.map((entry): Entry => {
    if (entry.value.kind !== 'map' || reserved.has(entry.key)) return entry;
    const job = extended(root, entry.value, 0, budget);
    const own = new Set(job.entries.map(({ key }) => key));
    const missing = entryOf(job, 'script') ? inherited.filter(({ key }) => !own.has(key)) : [];
    return { ...entry, value: { ...job, entries: [...job.entries, ...missing] } };
  });
  const run = new Set(jobs.flatMap(entry => (isHidden(entry) ? [] : scriptsOf(entry.value))));
  const entries = jobs.filter(
    entry =>
      !inherited.includes(entry) &&
      entry.key !== 'default' &&
      !(isHidden(entry) && scriptsOf(entry.value).some(script => run.has(script))),
  );
  return { ...root, entries };
}

/** Keys at the top that are no jobs. */
const reserved: ReadonlySet<string> = new Set(
  ['default', 'include', 'stages', 'variables', 'workflow', 'image', 'services', 'cache', 'spec'].concat([
    'before_script',
    'after_script',
  ]),
);

/** A file whose top holds jobs: maps with `script`, `before_script` or `extends`. */
const isPipeline = (root: MapNode): boolean =>
  ['kind', 'script', 'jobs', 'steps', 'services', 'pipelines'].every(
    key => entryOf(root, key) === undefined || (key === 'services' && entryOf(root, 'stages') !== undefined),
  ) &&
  root.entries.some(
    ({ key, value }) =>
      !reserved.has(key) &&
      ['script', 'before_script', 'extends'].some(part => entryOf(value, part) !== undefined),
  );

const isHidden = ({ key }: Entry): boolean => key.startsWith('.');

const scriptsOf = (job: Node): readonly Node[] => {
  const script = entryOf(job, 'script')?.value;
  return script === undefined ? [] : [script];
};

/** How many entries all jobs of a file may inherit, and how deep; GitLab allows eleven levels. */
const mostInherited = 20_000;
const deepest = 11;

/** A job on top of those that it extends: maps are merged, of anything else the last counts. */
function extended(root: MapNode, job: MapNode, depth: number, budget: { left: number }): MapNode {
  const names = namesIn(entryOf(job, 'extends')?.value);
  if (names.length === 0 || depth >= deepest) return job;
  let result: MapNode = { ...job, entries: [] };
  for (const name of names) {
    const base = entryOf(root, name)?.value;
    if (base?.kind !== 'map' || budget.left <= 0) continue;
    budget.left -= base.entries.length + 1;
    result = merged(result, extended(root, base, depth + 1, budget));
  }
  return merged(result, job);
}

function merged(base: MapNode, top: MapNode): MapNode {
  const entries = new Map(base.entries.map(entry => [entry.key, entry]));
  for (const entry of top.entries) {
    const under = entries.get(entry.key)?.value;
    const value =
      under?.kind === 'map' && entry.value.kind === 'map' ? merged(under, entry.value) : entry.value;
    entries.set(entry.key, { ...entry, value });
  }
  return { ...top, entries: [...entries.values()] };
}

function namesIn(node: Node | undefined): readonly string[] {
  if (node?.kind === 'scalar') return [literalValue(node.text) ?? ''];
  return node?.kind === 'list' ? node.items.flatMap(namesIn) : [];
}
