import type { Manifest } from '../../core/fragment';
import type { Open } from '../../core/mesh';
import { textOf } from '../../core/text';
import { type Node, nodeAt } from '../../core/tree';
import type { ChartInstall } from './chartPlan';
import { chartNamed, isLocalChart } from './charts';
import type { ManifestCharts } from './chartsPlan';
import { noClues } from './clues';
import { itemsAt } from './itemsAt';
import type { Piece } from './piece';
import { pieceAt, pieceOf } from './scalarPiece';
import { booleanOf, settingAt } from './settings';
import { layered, withValueAt } from './valuesLayers';
import { readBeside, togetherOf, type ValuesFiles } from './valuesPlace';

/**
 * The charts of Istio that a helmfile releases (helmfile pkg/state/state.go ReleaseSpec): `values` are files and maps in
 * their order, then `set` and `setString`; `undefined` where there is none, or for other files.
 */
export function helmfileCharts(manifest: Manifest, open: Open): ManifestCharts | undefined {
  const { kindName, root, anchor } = manifest;
  if (kindName !== '') return undefined;
  const repositories = new Map(
    itemsAt(root, ['repositories']).map(item => [said(item, 'name'), said(item, 'url')] as const),
  );
  const read = itemsAt(root, ['releases']).flatMap(
    item => releaseOf(item, repositories, manifest, open) ?? [],
  );
  if (read.length === 0) return undefined;
  return {
    anchor,
    installs: read.map(({ install }) => install),
    // A list leads to no place where a value could be written.
    valuesPath: undefined,
    ...togetherOf(read.map(({ values }) => values)),
  };
}

function releaseOf(
  item: Node,
  repositories: ReadonlyMap<string, string>,
  manifest: Manifest,
  open: Open,
): { readonly install: ChartInstall; readonly values: ValuesFiles } | undefined {
  const reference = said(item, 'chart');
  const [alias = ''] = reference.split('/');
  const chart = chartNamed(reference, repositories.get(alias));
  if (chart === undefined || booleanOf(settingAt(item, ['installed'])) === false) return undefined;
  const read = itemsAt(item, ['values']).map(value => ({ value, files: filesOf(value, manifest, open) }));
  const layers = read.flatMap(({ value, files }) => (value.kind === 'map' ? [value] : files.layers));
  const isLocal = isLocalChart(reference);
  return {
    install: {
      chart,
      values: withSets(layered(layers), item),
      version: isLocal ? undefined : pieceAt(item, ['version']),
      clues: noClues,
      isLocal,
      anchor: pieceAt(item, ['chart'])?.site ?? manifest.anchor,
      advice: isLocal ? 'write global.tag' : 'write the version of the release',
    },
    values: { layers, ...togetherOf(read.map(({ files }) => files)) },
  };
}

const filesOf = (value: Node, manifest: Manifest, open: Open): ValuesFiles => {
  const pieces: readonly Piece[] =
    value.kind === 'scalar' ? [pieceOf(value)].flatMap(piece => piece ?? []) : [];
  return readBeside(manifest, pieces, open);
};

function withSets(values: Node | undefined, item: Node): Node | undefined {
  let result = values;
  for (const set of [...itemsAt(item, ['set']), ...itemsAt(item, ['setString'])]) {
    const name = pieceAt(set, ['name']);
    const value = nodeAt(set, ['value']);
    if (name !== undefined && value?.kind === 'scalar') result = withValueAt(result, name, value);
  }
  return result;
}

function said(node: Node, key: string): string {
  const piece = pieceAt(node, [key]);
  return piece === undefined ? '' : textOf(piece.text);
}
