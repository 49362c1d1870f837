import type { Gap, ImageUse, InstallPlan } from './install';
import { sitesOf, sitesOfOrigin } from './install';
import type { Site } from './text';
import type { Verdict } from './verdict';

/** What stands behind one place of the text: the images that it decides on, and what is known of them. */
export interface Explanation {
  /** The text that was pointed at. */
  readonly site: Site;
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

const length = ({ span }: Site): number => span.end - span.start;

const holds = (site: Site, uri: string, offset: number): boolean =>
  site.uri === uri && site.span.start <= offset && offset <= site.span.end;
