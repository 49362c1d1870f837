import type { Manifest } from '../../core/fragment';
import type { Gap } from '../../core/install';
import type { Open } from '../../core/mesh';
import { textOf } from '../../core/text';
import { type Node, nodeAt } from '../../core/tree';
import { type Beside, besideInFile } from './besideInFile';
import type { ChartInstall } from './chartPlan';
import { chartNamed } from './charts';
import type { ManifestCharts } from './chartsPlan';
import { noClues } from './clues';
import { fluxChartRef } from './fluxChartRef';
import { fluxValuesFrom } from './fluxValuesFrom';
import { itemsAt } from './itemsAt';
import { pieceAt } from './scalarPiece';
import { layered } from './valuesLayers';

/** The chart that a release names, and the part of the release that does so. */
export type NamedChart = Pick<ChartInstall, 'chart' | 'version' | 'advice'> & {
  readonly template: Node | undefined;
};

/**
 * The chart of Istio that a HelmRelease of Flux installs (fluxcd/helm-controller api/v2, and helm.fluxcd.io/v1, which
 * named the chart's version beside its repository); `undefined` for other charts and manifests.
 */
export function fluxCharts(manifest: Manifest, open: Open): ManifestCharts | undefined {
  const { apiVersion, kindName, root, anchor } = manifest;
  if (kindName !== 'HelmRelease' || !/^helm\.(?:toolkit\.)?fluxcd\.io\//.test(apiVersion)) return undefined;
  const spec = nodeAt(root, ['spec']);
  const refersTo = nodeAt(spec, ['chartRef']) !== undefined || nodeAt(spec, ['valuesFrom']) !== undefined;
  const beside: Beside = refersTo ? besideInFile(manifest, open) : { manifests: [], reads: [] };
  const named =
    nodeAt(spec, ['chartRef']) === undefined ? templateOf(manifest) : fluxChartRef(manifest, beside);
  if (named === undefined) return undefined;
  const { template, ...chart } = named;
  const from = fluxValuesFrom(spec, beside);
  return {
    anchor,
    installs: [
      {
        ...chart,
        values: layered([...from.layers, nodeAt(spec, ['values'])]),
        clues: noClues,
        isLocal: false,
        anchor,
      },
    ],
    gaps: [...from.gaps, ...valuesFilesGaps(template)],
    valuesPath: ['spec', 'values'],
    files: [],
    reads: beside.reads,
  };
}

/** The chart that a release describes itself. */
function templateOf({ root }: Manifest): NamedChart | undefined {
  const spec = nodeAt(root, ['spec']);
  const old = nodeAt(spec, ['chart', 'repository']) !== undefined;
  const template = nodeAt(spec, old ? ['chart'] : ['chart', 'spec']);
  const name = pieceAt(template, old ? ['name'] : ['chart']);
  if (name === undefined) return undefined;
  const repository = old ? pieceAt(template, ['repository']) : pieceAt(template, ['sourceRef', 'name']);
  // The repository's own resource may have any name; that of the release often tells more.
  const where = [repository, pieceAt(root, ['metadata', 'name']), pieceAt(root, ['metadata', 'namespace'])];
  const chart = chartNamed(
    textOf(name.text),
    where.flatMap(piece => (piece ? textOf(piece.text) : [])).join(' '),
  );
  if (chart === undefined) return undefined;
  return {
    chart,
    version: pieceAt(template, ['version']),
    advice: `write spec.chart.${old ? '' : 'spec.'}version`,
    template,
  };
}

function valuesFilesGaps(template: Node | undefined): readonly Gap[] {
  return itemsAt(template, ['valuesFiles']).flatMap((item): readonly Gap[] =>
    item.kind === 'scalar' && textOf(item.text) !== 'values.yaml'
      ? [
          {
            what: 'file',
            why: `${textOf(item.text)} lies in the chart and is not known here`,
            site: item.site,
          },
        ]
      : [],
  );
}
