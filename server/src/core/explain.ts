import type { Gap, ImageUse, InstallPlan } from './install';
import { sitesOf, sitesOfOrigin } from './install';
import { type Site, sameSite } from './text';
import type { Verdict } from './verdict';

/** What stands behind one place of the text: the images that it decides on, and what is known of them. */
export interface Explanation {
  /** The text that was pointed at. */
  readonly site: Site;
  /** The install that it belongs to, the first of several. */
  readonly plan: InstallPlan;
  readonly images: readonly { readonly use: ImageUse; readonly verdict: Verdict }[];
  readonly gaps: readonly Gap[];
}

/**
 * Explains the place `offset` (UTF-16 units in the file `uri`, counted as the plan's sites are). A part's value or key
 * stands for the images that it has a share in; the anchor, the profile, the files that it is made from and `words` (the
 * other places that belong to it) stand for the whole install. Of several places that hold the offset the smallest counts.
 */
export function explain(
  plan: InstallPlan,
  uri: string,
  offset: number,
  judge: (use: ImageUse) => Verdict,
  words: readonly Site[],
): Explanation | undefined {
  const hit = [...sitesOf(plan), ...plan.files.map(({ site }) => site), ...words]
    .filter(site => holds(site, uri, offset))
    .reduce<Site | undefined>(
      (best, site) => (best && length(best) <= length(site) ? best : site),
      undefined,
    );
  if (hit === undefined) return undefined;
  const shared = plan.images.filter(use =>
    Object.values(use.parts).some(({ origin }) =>
      sitesOfOrigin(origin).some(site => holds(site, uri, offset)),
    ),
  );
  const images = (shared.length > 0 ? shared : plan.images).map(use => ({ use, verdict: judge(use) }));
  return { site: hit, plan, images, gaps: plan.gaps };
}

/** What stands behind a place that several installs share, such as a variable: the smallest text, and all their images. */
export function together([first, ...rest]: readonly Explanation[]): Explanation | undefined {
  if (first === undefined) return undefined;
  const smallest = rest.reduce(
    (best, other) => (length(other.site) < length(best.site) ? other : best),
    first,
  );
  const all = [first, ...rest].filter(({ site }) => sameSite(site, smallest.site));
  const gaps = all.flatMap(explanation => explanation.gaps);
  return {
    ...smallest,
    images: all.flatMap(({ images }) => images),
    gaps: gaps.filter((gap, index) => gaps.findIndex(({ why }) => why === gap.why) === index),
  };
}

const length = ({ span }: Site): number => span.end - span.start;

const holds = (site: Site, uri: string, offset: number): boolean =>
  site.uri === uri && site.span.start <= offset && offset <= site.span.end;
