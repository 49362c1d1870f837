import type { InstallPlan } from '../../core/install';
import type { MeshSettings } from '../../core/mesh';
import { type ChartInstall, planChart } from './chartPlan';
import { chartWriting } from './chartWriting';
import { meshVersionOf } from './evidence';

/** What a manifest says about the charts that it installs. */
export interface ManifestCharts extends Pick<InstallPlan, 'anchor' | 'gaps' | 'files' | 'reads'> {
  readonly installs: readonly ChartInstall[];
  /** Where the values stand in it, from its root; `undefined` where none can be written. */
  readonly valuesPath: readonly string[] | undefined;
}

/** The plan of a manifest that installs one or several charts of Istio, the version being that of the first. */
export function planCharts(
  { installs, valuesPath, anchor, gaps, files, reads }: ManifestCharts,
  settings: MeshSettings,
): InstallPlan {
  const parts = installs.map(install => ({ install, part: planChart(install, settings) }));
  const [first] = parts;
  const told = first?.part.told;
  const isOnly = parts.length === 1 && first !== undefined && valuesPath !== undefined;
  return {
    mesh: 'istio',
    ...(told !== undefined && { version: meshVersionOf(told) }),
    anchor,
    images: parts.flatMap(({ part }) => part.images),
    gaps: [...gaps, ...parts.flatMap(({ part }) => part.gaps)],
    notes: [],
    writing: isOnly ? chartWriting(first.install.chart, told?.version.minor, valuesPath) : nowhere,
    files,
    reads,
  };
}

/** An empty path leads to no place where a value could be written. */
const nowhere: NonNullable<InstallPlan['writing']> = {
  hub: { path: [], flag: 'global.hub' },
  tag: { path: [], flag: 'global.tag' },
};
