import type { Manifest } from '../../core/fragment';
import type { Open } from '../../core/mesh';
import { argoCharts } from './argo';
import { chartFileCharts } from './chartFile';
import type { ManifestCharts } from './chartsPlan';
import { fluxCharts } from './flux';
import { helmfileCharts } from './helmfile';
import { kustomizeCharts } from './kustomizeCharts';
import { valuesCharts } from './valuesCharts';

/** What may install charts of Istio; the first that knows a manifest speaks for it. */
const fronts: readonly ((manifest: Manifest, open: Open) => ManifestCharts | undefined)[] = [
  argoCharts,
  fluxCharts,
  kustomizeCharts,
  helmfileCharts,
  chartFileCharts,
  valuesCharts,
];

/** The charts of Istio that a manifest installs; `undefined` where there are none. */
export function chartsIn(manifest: Manifest, open: Open): ManifestCharts | undefined {
  for (const front of fronts) {
    const charts = front(manifest, open);
    if (charts !== undefined) return charts;
  }
  return undefined;
}
