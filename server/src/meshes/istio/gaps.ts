import type { Gap, ImageUse, PartName, Setting } from '../../core/install';
import { type Site, textOf } from '../../core/text';
import type { InstallInput } from './installInput';
import type { Version } from './version';

const partNames = ['hub', 'tag', 'image', 'variant'] as const satisfies readonly PartName[];

/** What there is to say about the version of istioctl where the install relies on it. */
export interface VersionGap {
  readonly anchor: Site;
  /** How the user writes a hub or a tag. */
  readonly form: InstallInput['form'];
  /** A version that leaves the patch release open. */
  readonly told: Version | undefined;
  /** A download of whatever release is the newest. */
  readonly newest: Site | undefined;
  /** Who brings the version along, if that is not istioctl. */
  readonly giver?: VersionGiver;
}

/** What brings the images' version along: `the chart istiod`, why it is not known, and what to do, as clauses. */
export interface VersionGiver {
  readonly name: string;
  readonly missing: string;
  readonly advice: string;
}

/**
 * What keeps images from being known: one gap for each written value that is filled in later, and one for the version
 * of istioctl where the install relies on it.
 */
export function imageGaps(images: readonly ImageUse[], version: VersionGap): readonly Gap[] {
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
  return [{ what: 'version', why: versionWhy(fromVersion, version), site: version.anchor }, ...gaps.values()];
}

/** A tag tells the version, so that the hub need not be written as well. */
function versionWhy(parts: ReadonlySet<string>, { form, told, newest, giver }: VersionGap): string {
  const open = parts.has('hub') && parts.has('tag') ? 'the hub and the tag' : `the ${[...parts].join()}`;
  const verb = parts.size === 1 ? 'comes' : 'come';
  const missing =
    giver?.missing ??
    (told !== undefined
      ? `${told.text} is not the whole of its version`
      : newest !== undefined
        ? 'the newest release of the day is downloaded'
        : 'nothing here tells its version');
  return (
    `${open} of the images ${verb} from ${giver?.name ?? 'istioctl itself'}, and ${missing}; ` +
    `${giver?.advice ?? advice(parts.has('tag') ? 'tag' : 'hub', form)}, ` +
    'or name the version in the setting meshfit.istioVersion or with --istio-version'
  );
}

function advice(part: 'hub' | 'tag', form: VersionGap['form']): string {
  switch (form) {
    case 'manifest':
      return `set spec.${part}`;
    case 'command':
      return `add --set ${part}=… or set ISTIO_VERSION=… before the command`;
    case 'operator init':
      return `add --${part} … or set ISTIO_VERSION=… before the command`;
  }
}

/** The gap for a component of which it is not known whether it is installed. */
export function undecidedGap({ value, origin }: Setting, anchor: Site): Gap {
  const why = `whether this component is installed depends on ${textOf(value)}, which is not known`;
  return { what: 'values', why, site: origin.kind === 'written' ? origin.site : anchor };
}
