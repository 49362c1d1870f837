import type { Manifest } from '../../core/fragment';
import type { Gap } from '../../core/install';
import { textOf } from '../../core/text';
import { type Node, nodeAt } from '../../core/tree';
import { chartNamed } from './charts';
import type { ManifestCharts } from './chartsPlan';
import { noClues } from './clues';
import { pieceAt } from './scalarPiece';

/**
 * The chart of Istio that a HelmRelease of Flux installs (fluxcd/helm-controller api/v2, and helm.fluxcd.io/v1, which
 * named the chart's version beside its repository); `undefined` for other charts and manifests.
 */
export function fluxCharts({ apiVersion, kindName, root, anchor }: Manifest): ManifestCharts | undefined {
  if (kindName !== 'HelmRelease' || !/^helm\.(?:toolkit\.)?fluxcd\.io\//.test(apiVersion)) return undefined;
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
    anchor,
    installs: [
      {
        chart,
        values: nodeAt(spec, ['values']),
        version: pieceAt(template, ['version']),
        clues: noClues,
        isLocal: false,
        anchor,
        advice: `write spec.chart.${old ? '' : 'spec.'}version`,
      },
    ],
    gaps: [...valuesFromGaps(spec), ...valuesFilesGaps(template)],
    valuesPath: ['spec', 'values'],
    files: [],
    reads: [],
  };
}

/** Values that lie in the cluster. */
function valuesFromGaps(spec: Node | undefined): readonly Gap[] {
  const list = nodeAt(spec, ['valuesFrom']);
  if (list?.kind !== 'list') return [];
  return list.items.map((item): Gap => {
    const [kind, name] = [pieceAt(item, ['kind']), pieceAt(item, ['name'])];
    const called = [kind, name].flatMap(piece => (piece ? textOf(piece.text) : [])).join(' ');
    return {
      what: 'values',
      why: `values come from ${called || 'elsewhere in the cluster'} as well, and they are not known here`,
      site: name?.site ?? item.site,
    };
  });
}

function valuesFilesGaps(template: Node | undefined): readonly Gap[] {
  const list = nodeAt(template, ['valuesFiles']);
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item): readonly Gap[] =>
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
