import type { Manifest } from '../../core/fragment';
import type { Gap } from '../../core/install';
import type { Open } from '../../core/mesh';
import { textOf } from '../../core/text';
import { type Node, nodeAt } from '../../core/tree';
import { argoValueFiles } from './argoValueFiles';
import type { ChartInstall } from './chartPlan';
import { chartNamed } from './charts';
import type { ManifestCharts } from './chartsPlan';
import { noClues } from './clues';
import { itemsAt } from './itemsAt';
import { pieceAt } from './scalarPiece';
import { layered, withValueAt } from './valuesLayers';
import { togetherOf, type ValuesFiles } from './valuesPlace';

/**
 * The charts of Istio that an Application or an ApplicationSet of Argo CD installs (argo-cd
 * pkg/apis/application/v1alpha1/types.go); `undefined` for other sources and manifests.
 */
export function argoCharts(manifest: Manifest, open: Open): ManifestCharts | undefined {
  const { apiVersion, kindName, root, anchor } = manifest;
  const path = specs.get(kindName);
  if (path === undefined || !apiVersion.startsWith('argoproj.io/')) return undefined;
  const spec = nodeAt(root, path);
  const single = nodeAt(spec, ['source']);
  const several = nodeAt(spec, ['sources']);
  const sources = several?.kind === 'list' ? several.items : single === undefined ? [] : [single];
  const read = sources.flatMap(source => installOf(source, sources, manifest, open) ?? []);
  if (read.length === 0) return undefined;
  const key = nodeAt(single, ['helm', 'values']) === undefined ? 'valuesObject' : 'values';
  return {
    anchor,
    installs: read.map(({ install }) => install),
    valuesPath: several === undefined ? [...path, 'source', 'helm', key] : undefined,
    ...togetherOf(read.map(({ values }) => values)),
  };
}

const specs: ReadonlyMap<string, readonly string[]> = new Map([
  ['Application', ['spec']],
  ['ApplicationSet', ['spec', 'template', 'spec']],
]);

function installOf(
  source: Node,
  sources: readonly Node[],
  manifest: Manifest,
  open: Open,
): { readonly install: ChartInstall; readonly values: ValuesFiles } | undefined {
  const [name, repository] = [pieceAt(source, ['chart']), pieceAt(source, ['repoURL'])];
  if (name === undefined) return undefined;
  const chart = chartNamed(textOf(name.text), repository === undefined ? '' : textOf(repository.text));
  if (chart === undefined) return undefined;
  const helm = nodeAt(source, ['helm']);
  const files = argoValueFiles(helm, sources, manifest, open);
  const install: ChartInstall = {
    chart,
    values: withParameters(layered([...files.layers, valuesOf(helm)]), helm),
    version: pieceAt(source, ['targetRevision']),
    clues: noClues,
    isLocal: false,
    anchor: manifest.anchor,
    advice: 'name the version of the chart in targetRevision',
  };
  return { install, values: { ...files, gaps: [...files.gaps, ...unreadGaps(helm)] } };
}

/** argo-cd reposerver/repository/repository.go: values files, then `values` or `valuesObject`, then parameters. */
function valuesOf(helm: Node | undefined): Node | undefined {
  const object = nodeAt(helm, ['valuesObject']);
  if (object?.kind === 'map') return object;
  const values = nodeAt(helm, ['values']);
  return values?.kind === 'map' ? values : undefined;
}

function withParameters(values: Node | undefined, helm: Node | undefined): Node | undefined {
  let result = values;
  for (const item of itemsAt(helm, ['parameters'])) {
    const name = pieceAt(item, ['name']);
    const value = nodeAt(item, ['value']);
    // A comma in a value is none of the syntax there (argo-cd util/helm/cmd.go cleanSetParameters).
    if (name !== undefined && value?.kind === 'scalar') result = withValueAt(result, name, value);
  }
  return result;
}

/** Values in a text that could not be read as YAML. */
function unreadGaps(helm: Node | undefined): readonly Gap[] {
  const values = nodeAt(helm, ['values']);
  if (values?.kind !== 'scalar' || values.type === 'null') return [];
  const why = values.text.kind === 'dynamic' ? values.text.why : 'they are no map of values';
  return [{ what: 'values', why: `the values can't be read: ${why}`, site: values.site }];
}
