import type { InstallPlan } from '../../core/install';
import type { ChartName } from './charts';

/**
 * How the hub and the tag of a chart are written: below `global` for all of its images, at the top for ztunnel before 1.24,
 * which looked at nothing global. `path` leads to the values in a manifest.
 */
export function chartWriting(
  chart: ChartName,
  minor: number | undefined,
  path: readonly string[],
): NonNullable<InstallPlan['writing']> {
  const isTop = chart === 'ztunnel' && minor !== undefined && minor < 24;
  const writing = (part: 'hub' | 'tag') => ({
    path: isTop ? [...path, part] : [...path, 'global', part],
    flag: isTop ? part : `global.${part}`,
  });
  return { hub: writing('hub'), tag: writing('tag') };
}
