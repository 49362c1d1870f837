import type { Manifest } from '../../core/fragment';
import type { Gap } from '../../core/install';
import type { Open } from '../../core/mesh';
import { textOf } from '../../core/text';
import { type Node, nodeAt } from '../../core/tree';
import type { ChartInstall } from './chartPlan';
import { chartNamed } from './charts';
import type { ManifestCharts } from './chartsPlan';
import { noClues } from './clues';
import { itemsAt } from './itemsAt';
import type { Piece } from './piece';
import { pieceAt, pieceOf } from './scalarPiece';
import { layered } from './valuesLayers';
import { readBeside, togetherOf, type ValuesFiles } from './valuesPlace';

/** How the parts of a chart are called, in the field of today and in the one that it replaced. */
interface Names {
  readonly name: string;
  readonly repo: string;
  readonly version: string;
  readonly file: string;
  readonly inline: string;
}

const today: Names = {
  name: 'name',
  repo: 'repo',
  version: 'version',
  file: 'valuesFile',
  inline: 'valuesInline',
};
const former: Names = {
  name: 'chartName',
  repo: 'chartRepoUrl',
  version: 'chartVersion',
  file: 'values',
  inline: 'valuesLocal',
};

/**
 * The charts of Istio that a kustomization inflates (kubernetes-sigs/kustomize api/types/helmchartargs.go, api/builtins/
 * HelmChartInflationGenerator.go): `helmCharts`, `helmChartInflationGenerator`, or a generator of that kind in a file of its
 * own; `undefined` where there is none, or for other manifests.
 */
export function kustomizeCharts(manifest: Manifest, open: Open): ManifestCharts | undefined {
  const { kindName, root, anchor } = manifest;
  const isGenerator = kindName === 'HelmChartInflationGenerator';
  if (!isGenerator && kindName !== '' && kindName !== 'Kustomization') return undefined;
  const wanted: readonly (readonly [Node, Names])[] = isGenerator
    ? [[root, today]]
    : [
        ...itemsAt(root, ['helmCharts']).map(item => [item, today] as const),
        ...itemsAt(root, ['helmChartInflationGenerator']).map(item => [item, former] as const),
      ];
  const read = wanted.flatMap(([item, names]) => chartOf(item, names, manifest, open) ?? []);
  if (read.length === 0) return undefined;
  return {
    anchor,
    installs: read.map(({ install }) => install),
    // A list leads to no place where a value could be written.
    valuesPath: isGenerator ? [today.inline] : undefined,
    ...togetherOf(read.map(({ values }) => values)),
  };
}

function chartOf(
  item: Node,
  names: Names,
  manifest: Manifest,
  open: Open,
): { readonly install: ChartInstall; readonly values: ValuesFiles } | undefined {
  const [name, repo] = [pieceAt(item, [names.name]), pieceAt(item, [names.repo])];
  const chart = name && chartNamed(textOf(name.text), repo && textOf(repo.text));
  if (name === undefined || chart === undefined) return undefined;
  const named = pieceAt(item, [names.file]);
  const own = readBeside(manifest, named === undefined ? [] : [named], open);
  const further = readBeside(manifest, additionalFiles(item), open);
  return {
    install: {
      chart,
      values: layered([...mainValues(item, names, own.layers), ...further.layers]),
      version: pieceAt(item, [names.version]),
      clues: noClues,
      isLocal: repo === undefined,
      anchor: name.site,
      advice: `write the ${names.version} of the chart`,
    },
    values: {
      layers: [],
      ...togetherOf([own, further]),
      gaps: [...own.gaps, ...further.gaps, ...mergeGaps(item)],
    },
  };
}

/** The values in the kustomization beat those of its file, lie below them, or take their place, as `valuesMerge` says. */
function mainValues(item: Node, names: Names, file: readonly Node[]): readonly Node[] {
  const node = nodeAt(item, [names.inline]);
  const inline = node?.kind === 'map' ? [node] : [];
  if (inline.length === 0) return file;
  switch (mergeOf(item)) {
    case 'replace':
      return inline;
    case 'merge':
      return [...inline, ...file];
    default:
      return [...file, ...inline];
  }
}

const mergeOf = (item: Node): string => {
  const piece = pieceAt(item, ['valuesMerge']);
  return piece === undefined ? 'override' : textOf(piece.text);
};

function mergeGaps(item: Node): readonly Gap[] {
  const piece = pieceAt(item, ['valuesMerge']);
  if (piece === undefined || /^(?:override|replace|merge)$/.test(textOf(piece.text))) return [];
  const why = `kustomize knows override, replace and merge for valuesMerge, not ${textOf(piece.text)}`;
  return [{ what: 'values', why, site: piece.site }];
}

const additionalFiles = (item: Node): readonly Piece[] =>
  itemsAt(item, ['additionalValuesFiles']).flatMap(file =>
    file.kind === 'scalar' ? (pieceOf(file) ?? []) : [],
  );
