import type { Gap, ImageUse, PartName, Setting } from '../../core/install';
import { type Site, textOf } from '../../core/text';

const partNames = ['hub', 'tag', 'image', 'variant'] as const satisfies readonly PartName[];

/**
 * What keeps images from being known: one gap for each written value that is filled in later, and one for the version
 * of istioctl where the install relies on it.
 */
export function imageGaps(images: readonly ImageUse[], anchor: Site): readonly Gap[] {
  const gaps = new Map<string, Gap>();
  const fromVersion = new Set<string>();
  for (const { parts } of images)
    for (const name of partNames) {
      const part = parts[name];
      if (part?.value.kind !== 'dynamic') continue;
      if (part.origin.kind === 'default') {
        fromVersion.add(name);
        continue;
      }
      const { uri, span } = part.origin.site;
      const what = name === 'variant' ? 'tag' : name;
      const why = `the ${name} ${part.value.raw} is not known: ${part.value.why}`;
      gaps.set(`${uri} ${span.start} ${what}`, { what, why, site: part.origin.site });
    }
  if (fromVersion.size === 0) return [...gaps.values()];
  return [{ what: 'version', why: versionWhy(fromVersion), site: anchor }, ...gaps.values()];
}

/** A tag tells the version, so that the hub need not be written as well. */
function versionWhy(parts: ReadonlySet<string>): string {
  const open = parts.has('hub') && parts.has('tag') ? 'the hub and the tag' : `the ${[...parts].join()}`;
  const verb = parts.size === 1 ? 'comes' : 'come';
  return (
    `${open} of the images ${verb} from istioctl itself, and nothing here tells its version; ` +
    `set ${parts.has('tag') ? 'spec.tag' : 'spec.hub'}, ` +
    'or name the version in the setting meshfit.istioVersion or with --istio-version'
  );
}

/** The gap for a component of which it is not known whether it is installed. */
export function undecidedGap({ value, origin }: Setting, anchor: Site): Gap {
  const why = `whether this component is installed depends on ${textOf(value)}, which is not known`;
  return { what: 'values', why, site: origin.kind === 'written' ? origin.site : anchor };
}
