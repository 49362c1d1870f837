import type { Repair } from '../../core/finding';
import type { ImageUse, Setting } from '../../core/install';
import type { RetypedTag } from '../../core/notice';
import { type Site, sameSite, textOf } from '../../core/text';
import { highestPatchOf } from './releases';
import type { SetFlag } from './setFlag';

/**
 * The written tags that istioctl reads as a number or a boolean: YAML's `1.10` is the number 1.1, and so is `--set tag=1.10`
 * up to 1.23 (istio operator/pkg/util/util.go ParseValue; operator/pkg/values/map.go alwaysString from 1.24).
 */
export function retypedTags(images: readonly ImageUse[], sets: readonly SetFlag[]): readonly RetypedTag[] {
  const tags = images.flatMap(({ parts: { tag } }) => tag ?? []);
  const sites: Site[] = [];
  return tags.flatMap(tag => {
    const { value, written, origin } = tag;
    if (written === undefined || origin.kind === 'default') return [];
    const { site } = origin;
    if (sites.some(other => sameSite(other, site))) return [];
    sites.push(site);
    const inFlag = sets.some(({ value: piece }) => holds(piece.site, site));
    const whole = wholeVersion(written);
    return [
      {
        code: 'tag-retyped',
        site,
        written,
        used: textOf(value),
        advice: inFlag ? inCommand(written) : `Write it in quotes: "${written}".`,
        repairs: [...(inFlag ? [] : quoted(written, tag)), ...replaced(whole, site)],
      },
    ];
  });
}

const holds = (outer: Site, { uri, span }: Site): boolean =>
  outer.uri === uri && outer.span.start <= span.start && span.end <= outer.span.end;

const inCommand = (written: string): string =>
  `A --set flag can't quote it up to istioctl 1.23: write the tag of a whole version, such as ${written}.0, or put tag: "${written}" into a file and name that with -f.`;

/** Quotes around the text itself, not around a variable that is used in it. */
function quoted(written: string, { origin }: Setting): readonly Repair[] {
  if (origin.kind === 'default' || origin.site.via !== undefined) return [];
  const { uri, span } = origin.site;
  const edits = [{ uri, span, newText: `"${written}"` }];
  return [{ title: `write "${written}" in quotes`, edits, inserts: [] }];
}

/** The newest release of the minor version that the tag names, for `1.20` is the tag of none. */
function wholeVersion(written: string): string | undefined {
  const minor = /^1\.(\d{1,3})$/.exec(written)?.[1];
  const patch = minor === undefined ? undefined : highestPatchOf(Number(minor));
  return patch === undefined ? undefined : `${written}.${patch}`;
}

const replaced = (version: string | undefined, { uri, span }: Site): readonly Repair[] =>
  version === undefined
    ? []
    : [
        {
          title: `write the whole version ${version}`,
          edits: [{ uri, span, newText: version }],
          inserts: [],
        },
      ];
