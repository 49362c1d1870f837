import type { Manifest } from '../../core/fragment';
import type { Gap } from '../../core/install';
import { textOf } from '../../core/text';
import { type Node, nodeAt } from '../../core/tree';
import type { ChartInstall } from './chartPlan';
import { chartNamed } from './charts';
import type { ManifestCharts } from './chartsPlan';
import { noClues } from './clues';
import { pieceAt } from './scalarPiece';
import { assignValue, parseStrvals } from './strvals';

/**
 * The charts of Istio that an Application or an ApplicationSet of Argo CD installs (argo-cd
 * pkg/apis/application/v1alpha1/types.go); `undefined` for other sources and manifests.
 */
export function argoCharts({ apiVersion, kindName, root, anchor }: Manifest): ManifestCharts | undefined {
  const path = specs.get(kindName);
  if (path === undefined || !apiVersion.startsWith('argoproj.io/')) return undefined;
  const spec = nodeAt(root, path);
  const single = nodeAt(spec, ['source']);
  const several = nodeAt(spec, ['sources']);
  const sources = several?.kind === 'list' ? several.items : single === undefined ? [] : [single];
  const read = sources.flatMap(source => installOf(source, anchor) ?? []);
  if (read.length === 0) return undefined;
  const key = nodeAt(single, ['helm', 'values']) === undefined ? 'valuesObject' : 'values';
  return {
    anchor,
    installs: read.map(({ install }) => install),
    gaps: read.flatMap(({ gaps }) => gaps),
    valuesPath: several === undefined ? [...path, 'source', 'helm', key] : undefined,
    files: [],
    reads: [],
  };
}

const specs: ReadonlyMap<string, readonly string[]> = new Map([
  ['Application', ['spec']],
  ['ApplicationSet', ['spec', 'template', 'spec']],
]);

function installOf(
  source: Node,
  anchor: Manifest['anchor'],
): { readonly install: ChartInstall; readonly gaps: readonly Gap[] } | undefined {
  const [name, repository] = [pieceAt(source, ['chart']), pieceAt(source, ['repoURL'])];
  if (name === undefined) return undefined;
  const chart = chartNamed(textOf(name.text), repository === undefined ? '' : textOf(repository.text));
  if (chart === undefined) return undefined;
  const helm = nodeAt(source, ['helm']);
  const install: ChartInstall = {
    chart,
    values: withParameters(valuesOf(helm), helm),
    version: pieceAt(source, ['targetRevision']),
    clues: noClues,
    isLocal: false,
    anchor,
    advice: 'name the version of the chart in targetRevision',
  };
  return { install, gaps: [...fileGaps(helm), ...unreadGaps(helm)] };
}

/** argo-cd reposerver/repository/repository.go: values files, then `values` or `valuesObject`, then parameters. */
function valuesOf(helm: Node | undefined): Node | undefined {
  const object = nodeAt(helm, ['valuesObject']);
  if (object?.kind === 'map') return object;
  const values = nodeAt(helm, ['values']);
  return values?.kind === 'map' ? values : undefined;
}

function withParameters(values: Node | undefined, helm: Node | undefined): Node | undefined {
  const parameters = nodeAt(helm, ['parameters']);
  if (parameters?.kind !== 'list') return values;
  let result = values;
  for (const item of parameters.items) {
    const name = pieceAt(item, ['name']);
    const value = nodeAt(item, ['value']);
    if (name?.text.kind !== 'literal' || value?.kind !== 'scalar') continue;
    // A comma in a value is none of the syntax there (argo-cd util/helm/cmd.go cleanSetParameters).
    const path = parseStrvals({ ...name, ...pieceWith(name, '=') }, 'set')?.[0]?.path;
    if (path === undefined) continue;
    const own = { path, pathSite: name.site, value: { ...value, type: 'string' as const } };
    result = assignValue(result, own);
  }
  return result;
}

function pieceWith({ text, traced, site }: NonNullable<ReturnType<typeof pieceAt>>, ending: string) {
  const raw = textOf(text) + ending;
  const last = { length: ending.length, site, exact: false };
  return {
    text: { kind: 'literal' as const, value: raw },
    traced: { raw, stretches: [...traced.stretches, last] },
  };
}

/** Files of values lie in the chart, or in another source of the application. */
function fileGaps(helm: Node | undefined): readonly Gap[] {
  const files = nodeAt(helm, ['valueFiles']);
  if (files?.kind !== 'list') return [];
  return files.items.flatMap((item): readonly Gap[] => {
    if (item.kind !== 'scalar' || textOf(item.text) === 'values.yaml') return [];
    const name = textOf(item.text);
    const where = name.startsWith('$') ? 'in another source of the application' : 'in the chart';
    return [{ what: 'file', why: `${name} lies ${where} and is not known here`, site: item.site }];
  });
}

/** Values in a text that could not be read as YAML. */
function unreadGaps(helm: Node | undefined): readonly Gap[] {
  const values = nodeAt(helm, ['values']);
  if (values?.kind !== 'scalar' || values.type === 'null') return [];
  const why = values.text.kind === 'dynamic' ? values.text.why : 'they are no map of values';
  return [{ what: 'values', why: `the values can't be read: ${why}`, site: values.site }];
}
