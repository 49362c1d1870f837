import type { MeshVersion, Origin } from '../../core/install';
import type { MeshSettings } from '../../core/mesh';
import type { Node } from '../../core/tree';
import type { Invocation } from './istioctl';
import { firstAt, type Path } from './settings';
import { parseVersion, type Version, versionInTag } from './version';

/** The version of istioctl, and what told it. */
export interface Evidence {
  readonly version: Version;
  readonly origin: Origin;
}

// A tag of the whole install tells more than that of one component.
const tagPaths: readonly Path[] = [
  ['values', 'global', 'tag'],
  ['tag'],
  ['unvalidatedValues', 'global', 'tag'],
  ['components', 'pilot', 'tag'],
  ['values', 'pilot', 'tag'],
];

/**
 * What tells the version of istioctl: the user's setting, else the path of the executable, else a tag that the user
 * wrote, for people install the version that their istioctl is of.
 */
export function evidenceOf(
  settings: MeshSettings,
  executable: Invocation['executable'],
  spec: Node | undefined,
): Evidence | undefined {
  const set = settings.istioVersion === undefined ? undefined : parseVersion(settings.istioVersion);
  if (set !== undefined) return { version: set, origin: { kind: 'default', because: 'setting' } };
  if (executable !== undefined)
    return { version: executable.version, origin: { kind: 'written', site: executable.word.site } };
  for (const path of tagPaths) {
    const tag = firstAt(spec, [path]);
    const version = tag?.value.kind === 'literal' ? versionInTag(tag.value.value) : undefined;
    if (tag !== undefined && version !== undefined) return { version, origin: tag.origin };
  }
  return undefined;
}

export const meshVersionOf = ({ version, origin }: Evidence): MeshVersion => ({
  version: version.text,
  origin,
  otherwise: [],
});
