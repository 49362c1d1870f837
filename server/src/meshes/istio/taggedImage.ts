import type { ImageUse } from '../../core/install';
import { literalValue } from '../../core/text';
import { fullHub } from './hubs';
import { type Version, versionInTag } from './version';

/** An image that is put together from a hub, a name and a tag, as all of Istio's own are. */
export interface TaggedImage {
  /** In its full form: `docker.io/istio`. */
  readonly hub: string;
  /** Without the hub: `pilot`. */
  readonly name: string;
  /** `undefined` for a tag that names no release, such as `latest`. */
  readonly tag: ReleaseTag | undefined;
}

/** A tag that begins with the version of a release; `ending` is what follows it, such as `-distroless`. */
export interface ReleaseTag {
  readonly text: string;
  readonly version: Version;
  readonly ending: string;
}

/** The images that have a hub and a tag of their own, without those of which a part is not known. */
export const taggedImages = (uses: readonly ImageUse[]): readonly TaggedImage[] =>
  uses.flatMap(({ parts }) => {
    const hub = literalValue(parts.hub?.value);
    const tag = literalValue(parts.tag?.value);
    const name = literalValue(parts.image.value);
    if (hub === undefined || tag === undefined || name === undefined) return [];
    return { hub: fullHub(hub), name, tag: releaseTag(tag) };
  });

function releaseTag(text: string): ReleaseTag | undefined {
  const version = versionInTag(text);
  if (version?.release !== true || !text.startsWith(version.text)) return undefined;
  return { text, version, ending: text.slice(version.text.length) };
}
