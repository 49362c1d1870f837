import { blame, type ImageUse } from '../../core/install';
import type { ExcludedPlatform } from '../../core/notice';
import type { Site } from '../../core/text';
import { lastWithoutArm64 } from './chartArchitectures';
import { gkeTaint } from './nodeLimits';
import type { Version } from './version';

/**
 * The pods that the charts keep off nodes of some architectures although nobody asked for it: to 1.12 they may run on amd64,
 * ppc64le and s390x only. Before 1.12 the operator API has no `arm64` in `values.global.arch` and refuses the file (istio
 * issue 13321, pull request 35011), so there the key goes into `unvalidatedValues`.
 */
export function excludedPlatforms(
  images: readonly ImageUse[],
  version: Pick<Version, 'minor'>,
  anchor: Site,
): readonly ExcludedPlatform[] {
  const uses = images.filter(({ nodes }) => nodes !== undefined && nodes.site === undefined);
  const [first] = uses;
  if (first?.nodes === undefined) return [];
  const { architectures, by } = first.nodes;
  const values = version.minor < lastWithoutArm64 ? 'unvalidatedValues' : 'values';
  const path = ['spec', values, 'global', 'arch', 'arm64'];
  const words = ['--set', `${values}.global.arch.arm64=2`];
  return [
    {
      code: 'scheduling-excludes-platform',
      site: blame(first, anchor, 'tag'),
      uses,
      allowed: architectures,
      repaired: 'arm64',
      why: `${by.charAt(0).toUpperCase()}${by.slice(1)} keep them on nodes of these architectures; give arm64 a weight in values.global.arch, or set node affinity for each of them. ${gkeTaint}`,
      repairs: architectures.includes('arm64')
        ? []
        : [
            {
              title: `let the pods run on arm64 nodes too, by ${values}.global.arch`,
              edits: [],
              inserts: [{ path, words, value: '2' }],
            },
          ],
    },
  ];
}
