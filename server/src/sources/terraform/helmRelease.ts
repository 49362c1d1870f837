import { type Command, type Manifest, type WrittenFile, wordOf } from '../../core/fragment';
import { joinTraced, siteOfTraced, type Traced, tracedAt } from '../../core/traced';
import { isHelmInstall } from '../interest';
import { standIn } from '../makefile/cutter';
import { readTracedValues } from '../yaml/traced';
import { attributeOf, type Block } from './blocks';
import { attributeValue, type Scope, siteIn } from './evaluate';
import { nodeOf } from './nodes';
import { setWords } from './sets';
import { type Instance, instancesOf } from './turns';
import { isNull, knownText, textIn, type Value, whyUnknown } from './value';

/** A release for each of many values is given out for these at most. */
const mostInstances = 8;

/**
 * The commands of Helm's that a `helm_release` (or the data source `helm_template`) stands for, where its chart is one of Istio's. Each word stands where it is
 * written; what is only implied stands at the type of the resource.
 */
export const helmCommands = (block: Block, scope: Scope): readonly Command[] =>
  instancesOf(block, scope)
    .flatMap(instance => commandOf(block, instance) ?? [])
    .slice(0, mostInstances);

function commandOf(block: Block, { scope, given }: Instance): Command | undefined {
  const anchor = siteIn(scope, block.labels[0]?.span ?? block.span);
  const implied = (raw: string): Traced => standIn(raw, tracedAt('', anchor));
  const chart = chartOf(block, scope);
  if (chart === undefined || !isHelmInstall(['helm', 'install', chart.raw])) return undefined;
  const flag = (name: string, attribute: string): readonly Traced[] => {
    const value = textIn(attributeValue(block, attribute, scope));
    const key = attributeOf(block, attribute)?.nameSpan;
    if (value === undefined || key === undefined) return [];
    return [standIn(name, tracedAt('', siteIn(scope, key))), value];
  };
  const values = valuesOf(block, scope);
  const words = [
    ...['helm', 'upgrade', '--install'].map(implied),
    ...flag('--name', 'name'),
    chart,
    ...(isFolder(block, scope) ? [] : flag('--repo', 'repository')),
    ...flag('--version', 'version'),
    ...values.flatMap(({ path }) => [standIn('-f', path), path]),
    ...setWords(block, scope),
    ...(knownText(attributeValue(block, 'reuse_values', scope)) === 'true'
      ? [implied('--reuse-values')]
      : []),
  ];
  return {
    kind: 'command',
    words: words.map(wordOf),
    anchor,
    hasAttributes: true,
    directories: [scope.module.directory],
    variables: new Map(),
    before: [],
    into: [],
    written: values.flatMap(({ file }) => file ?? []),
    given,
  };
}

/** A repository that is a folder is put before the chart (terraform-provider-helm helm/resource_helm_release.go resolveChartName). */
function chartOf(block: Block, scope: Scope): Traced | undefined {
  const chart = textIn(attributeValue(block, 'chart', scope));
  const folder = textIn(attributeValue(block, 'repository', scope));
  if (chart === undefined || folder === undefined || !isFolder(block, scope)) return chart;
  return joinTraced([folder, standIn('/', chart), chart]);
}

const isFolder = (block: Block, scope: Scope): boolean => {
  const repository = textIn(attributeValue(block, 'repository', scope))?.raw;
  return repository !== undefined && /^\.{0,2}\//.test(repository);
};

/** No release that people wrote has more. */
const mostFiles = 100;

/** A file of values: the word that names it, and its content where the text holds it. */
interface ValuesFile {
  readonly path: Traced;
  readonly file?: WrittenFile;
}

/** The values of a release in the order of their list; those that are written in the text are named as HCL names them. */
function valuesOf(block: Block, scope: Scope): readonly ValuesFile[] {
  const written = attributeValue(block, 'values', scope);
  if (written === undefined || isNull(written)) return [];
  const items = written.kind === 'list' ? written.items.slice(0, mostFiles) : [written];
  return items.flatMap((item, index): readonly ValuesFile[] => {
    if (isNull(item)) return [];
    if (item.kind === 'file') return [{ path: item.path }];
    const site = item.kind === 'text' ? siteOfTraced(item.text) : item.site;
    const name = written.kind === 'list' ? `values[${index}]` : 'values';
    return [{ path: standIn(name, tracedAt('', site)), file: { path: name, ...contentOf(item) } }];
  });
}

function contentOf(item: Value): Omit<WrittenFile, 'path'> {
  const why = whyUnknown(item);
  if (why !== undefined) return { fragments: undefined, why };
  if (item.kind === 'text') return { fragments: [readTracedValues(item.text)] };
  const root = item.kind === 'encoded' ? nodeOf(item.value) : undefined;
  if (root?.kind !== 'map')
    return root?.kind === 'scalar' && root.text.kind === 'dynamic'
      ? { fragments: undefined, why: root.text.why }
      : { fragments: undefined, why: 'it is no text of values' };
  const manifest: Manifest = { kind: 'manifest', apiVersion: '', kindName: '', root, anchor: root.site };
  return { fragments: [manifest] };
}
