import { blame, type ImageUse, type InstallPlan } from './install';
import type { Site } from './text';

/** The images of an install that share one cause: the same written text decides for all of them. */
export interface Cause<V> {
  readonly site: Site;
  readonly uses: readonly ImageUse[];
  /** What the uses have in common, taken from the first of them. */
  readonly verdict: V;
}

/**
 * Groups the images for which `pick` gives a verdict by the text that decides and by `sameness` of the verdict, in the
 * order in which they are installed. One cause becomes one squiggle.
 */
export function causes<V>(
  install: InstallPlan,
  pick: (use: ImageUse) => V | undefined,
  sameness: (verdict: V) => string,
): readonly Cause<V>[] {
  const groups = new Map<string, { site: Site; uses: ImageUse[]; verdict: V }>();
  for (const use of install.images) {
    const verdict = pick(use);
    if (verdict === undefined) continue;
    const site = blame(use, install.anchor);
    const key = `${site.uri} ${site.span.start} ${sameness(verdict)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { site, uses: [use], verdict });
    else group.uses.push(use);
  }
  return [...groups.values()];
}
