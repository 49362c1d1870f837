import type { Manifest } from '../../core/fragment';
import type { Gap } from '../../core/install';
import type { Open } from '../../core/mesh';
import { overlay } from '../../core/overlay';
import { textOf } from '../../core/text';
import { type Node, nodeAt } from '../../core/tree';
import type { ChartInstall } from './chartPlan';
import { chartNamed } from './charts';
import type { ManifestCharts } from './chartsPlan';
import { noClues } from './clues';
import { pieceAt } from './scalarPiece';
import { booleanOf, settingAt } from './settings';

/**
 * The charts of Istio that a Chart.yaml takes in as dependencies, with the values that the values.yaml beside it has for
 * them (helm pkg/chartutil/dependencies.go, coalesce.go); `undefined` where there are none, or for other manifests.
 */
export function chartFileCharts(
  { kindName, root, anchor }: Manifest,
  open: Open,
): ManifestCharts | undefined {
  const dependencies = nodeAt(root, ['dependencies']);
  if (kindName !== '' || dependencies?.kind !== 'list') return undefined;
  const wanted = dependencies.items.flatMap(item => dependencyOf(item) ?? []);
  if (wanted.length === 0) return undefined;
  const folder = anchor.uri.slice(0, anchor.uri.lastIndexOf('/') + 1);
  const file = open('values.yaml', [folder], 'values');
  const [found] = (file.fragments ?? []).filter(fragment => fragment.kind === 'manifest');
  const values = found?.unread === undefined ? found?.root : undefined;
  const gaps: readonly Gap[] =
    found?.unread === undefined
      ? []
      : [{ what: 'file', why: `values.yaml can't be read: ${found.unread}`, site: anchor }];
  return {
    anchor,
    installs: wanted
      .filter(({ condition }) => condition === undefined || isOn(values, condition))
      .map(({ chart, key, item }) => ({
        chart,
        values: valuesFor(key, values),
        version: pieceAt(item, ['version']),
        clues: noClues,
        isLocal: false,
        anchor: pieceAt(item, ['name'])?.site ?? anchor,
        advice: 'write the version of the dependency',
      })),
    gaps,
    valuesPath: undefined,
    files: [],
    reads: file.uri === undefined ? [] : [file.uri],
  };
}

interface Dependency extends Pick<ChartInstall, 'chart'> {
  /** The key of its values. */
  readonly key: string;
  readonly item: Node;
  readonly condition: string | undefined;
}

function dependencyOf(item: Node): Dependency | undefined {
  const said = (key: string): string => {
    const piece = pieceAt(item, [key]);
    return piece === undefined ? '' : textOf(piece.text);
  };
  const chart = chartNamed(said('name'), said('repository'));
  if (chart === undefined) return undefined;
  const [condition] = said('condition').split(',');
  return { chart, key: said('alias') || said('name'), item, condition: condition || undefined };
}

/** The first condition that the values speak of decides; without a value the chart is taken in. */
const isOn = (values: Node | undefined, condition: string): boolean =>
  booleanOf(settingAt(values, condition.trim().split('.'))) !== false;

/** What is global in the chart above counts more than in the chart itself. */
function valuesFor(key: string, values: Node | undefined): Node | undefined {
  const own = nodeAt(values, [key]);
  const above = nodeAt(values, ['global']);
  if (above?.kind !== 'map') return own;
  const shared: Node = {
    kind: 'map',
    entries: [{ key: 'global', keySite: above.site, value: above }],
    site: above.site,
  };
  return overlay(own?.kind === 'map' ? own : undefined, shared, { lists: 'replace', nulls: 'remove' });
}
