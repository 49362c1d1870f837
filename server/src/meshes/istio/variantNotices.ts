import type { Repair } from '../../core/finding';
import { parseImage } from '../../core/image';
import type { ImageUse, Setting } from '../../core/install';
import type { DoubledVariant, UnpublishedVariant } from '../../core/notice';
import { literalValue, type Site } from '../../core/text';
import { communityHubs, officialHubs } from './hubs';
import { endingsOf, hubAndName } from './releases';
import { parseVersion } from './version';

/** A tag that says its variant, while a variant is set: the charts then add one more. The injector does not. */
export const doubledVariants = (images: readonly ImageUse[], anchor: Site): readonly DoubledVariant[] =>
  grouped(
    images.flatMap(use => {
      const { tag, variant } = use.parts;
      const text = literalValue(tag?.value);
      const added = literalValue(variant?.value);
      const own = text === undefined ? undefined : /-(?:distroless|debug)$/.exec(text)?.[0];
      if (use.when === 'injection' || text === undefined || added === undefined || own === undefined)
        return [];
      const bare = text.slice(0, -own.length);
      const site = writtenSite(tag) ?? writtenSite(variant) ?? anchor;
      const repairs = shortened(tag, bare);
      return [{ code: 'variant-doubled', site, tag: text, variant: added, uses: [use], repairs }];
    }),
  );

/** A variant of Istio's own images that is not built at that hub, or was not yet in that version. */
export const unpublishedVariants = (
  images: readonly ImageUse[],
  anchor: Site,
): readonly UnpublishedVariant[] =>
  grouped(
    images.flatMap(use => {
      const reference = literalValue(use.reference);
      const parsed =
        reference !== undefined && /-[a-z]+$/.test(reference) ? parseImage(reference) : undefined;
      if (parsed?.kind !== 'image' || parsed.image.tag === undefined) return [];
      const match = /^(\d+\.\d+\.\d+)-([a-z]+(?:-[a-z]+)*)$/.exec(parsed.image.tag);
      const version = match?.[1] === undefined ? undefined : parseVersion(match[1]);
      const variant = match?.[2];
      if (version === undefined || variant === undefined || /^(?:alpha|beta|rc)/.test(variant)) return [];
      const { hub } = hubAndName(parsed.image);
      const endings =
        communityHubs.find(row => row.hub === hub)?.endings ??
        (officialHubs.some(row => row.hub === hub) ? endingsOf(version.minor) : undefined);
      // A doubled variant is a finding of its own.
      if (endings === undefined || endings.includes(`-${variant}`) || isDoubled(variant)) return [];
      const { tag, variant: set } = use.parts;
      const variants = endings.filter(ending => ending !== '').map(ending => ending.slice(1));
      return [
        {
          code: 'variant-unpublished',
          site: writtenSite(set) ?? writtenSite(tag) ?? writtenSite(use.parts.image) ?? anchor,
          variant,
          why: `For ${version.text} ${hub} has the plain tag and the variant${variants.length === 1 ? '' : 's'} ${variants.join(' and ')}.`,
          uses: [use],
          repairs: set === undefined ? shortened(tag, version.text) : instead(set, variants),
        },
      ];
    }),
  );

const isDoubled = (variant: string): boolean => /^(?:distroless|debug)-/.test(variant);

const writtenSite = (setting: Setting | undefined): Site | undefined =>
  setting?.origin.kind === 'written' ? setting.origin.site : undefined;

/** The tag without its variant. */
function shortened(tag: Setting | undefined, bare: string): readonly Repair[] {
  const site = writtenSite(tag);
  if (site === undefined) return [];
  const edits = [{ uri: site.uri, span: site.span, newText: bare }];
  return [{ title: `write the tag as ${bare}`, edits, inserts: [] }];
}

const instead = (set: Setting, variants: readonly string[]): readonly Repair[] =>
  variants.flatMap(variant => {
    const site = writtenSite(set);
    if (site === undefined) return [];
    const edits = [{ uri: site.uri, span: site.span, newText: variant }];
    return [{ title: `use the variant ${variant}`, edits, inserts: [] }];
  });

/** One notice for each place. */
function grouped<T extends DoubledVariant | UnpublishedVariant>(notices: readonly T[]): readonly T[] {
  const groups = new Map<string, T>();
  for (const notice of notices) {
    const key = `${notice.site.uri} ${notice.site.span.start} ${notice.variant}`;
    const group = groups.get(key);
    groups.set(key, group === undefined ? notice : { ...group, uses: [...group.uses, ...notice.uses] });
  }
  return [...groups.values()];
}
