import { blame, type ImageUse, type InstallPlan } from './install';
import type { Site } from './text';
import type { Verdict, VerdictOf } from './verdict';

/** The images of an install that share one cause: the same written text decides for all of them. */
export interface Cause<V> {
  readonly site: Site;
  readonly uses: readonly ImageUse[];
  /** What the uses have in common, taken from the first of them. */
  readonly verdict: V;
}

/**
 * Groups the images with a verdict of one kind by the text that decides and by `sameness` of the verdict, in the order in
 * which they are installed; those for which there is none are left out. One cause becomes one squiggle.
 */
export function causes<K extends Verdict['kind']>(
  install: InstallPlan,
  judge: (use: ImageUse) => Verdict,
  kind: K,
  sameness: (verdict: VerdictOf<K>) => string | undefined,
): readonly Cause<VerdictOf<K>>[] {
  const groups = new Map<string, { site: Site; uses: ImageUse[]; verdict: VerdictOf<K> }>();
  for (const use of install.images) {
    const verdict = judge(use);
    if (!isOf(verdict, kind)) continue;
    const site = blame(use, install.anchor, 'decider' in verdict ? verdict.decider : 'tag');
    const same = sameness(verdict);
    if (same === undefined) continue;
    const key = `${site.uri} ${site.span.start} ${same}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { site, uses: [use], verdict });
    else group.uses.push(use);
  }
  return [...groups.values()];
}

const isOf = <K extends Verdict['kind']>(verdict: Verdict, kind: K): verdict is VerdictOf<K> =>
  verdict.kind === kind;
