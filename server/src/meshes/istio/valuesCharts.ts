import type { Manifest } from '../../core/fragment';
import type { Open } from '../../core/mesh';
import { entryOf } from '../../core/tree';
import type { ManifestCharts } from './chartsPlan';
import { noClues } from './clues';
import { settingAt } from './settings';

/**
 * The chart istiod, for a file that can be nothing but values of it and names both the hub and the tag. The defaults of a
 * chart are no install, and are left out: a Chart.yaml stands beside them.
 */
export function valuesCharts({ kindName, root, anchor }: Manifest, open: Open): ManifestCharts | undefined {
  const isSet = (key: string): boolean => settingAt(root, ['global', key]) !== undefined;
  if (kindName !== '' || entryOf(root, 'pilot')?.value.kind !== 'map' || !isSet('hub') || !isSet('tag'))
    return undefined;
  const folder = anchor.uri.slice(0, anchor.uri.lastIndexOf('/') + 1);
  const beside = open('Chart.yaml', [folder]);
  if (beside.fragments !== undefined) return undefined;
  return {
    anchor,
    installs: [
      {
        chart: 'istiod',
        values: root,
        version: undefined,
        clues: noClues,
        isLocal: true,
        anchor,
        advice: 'write global.hub and global.tag',
      },
    ],
    gaps: [],
    valuesPath: [],
    files: [],
    reads: beside.uri === undefined ? [] : [beside.uri],
  };
}
