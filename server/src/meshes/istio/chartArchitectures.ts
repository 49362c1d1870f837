import type { Version } from './version';

/**
 * The architectures that the charts keep pods to where `values.global.arch` says nothing else (istio manifests/charts/
 * gateways, values.yaml `global.arch`; with arm64 from commit 15e86ead04e, empty from c0a039ecbc2 and 69a026fa344).
 */
export function chartArchitectures({ minor, patch }: Pick<Version, 'minor' | 'patch'>): readonly string[] {
  if (minor <= lastWithoutArm64) return ['amd64', 'ppc64le', 's390x'];
  const isEarly = (minor === 13 && patch <= 6) || (minor === 14 && patch <= 2);
  return isEarly ? ['amd64', 'arm64', 'ppc64le', 's390x'] : [];
}

/** The last minor version whose charts keep pods off arm64 nodes. */
export const lastWithoutArm64 = 12;

/** What kind of workload the charts make a difference of. */
export type WorkloadKind = 'gateway' | 'mixer' | 'addon' | 'coredns' | 'cni' | 'other';

/** Whether the chart of a workload reads `values.global.arch` (istio manifests/charts, `_affinity.tpl`, by version). */
export function readsArchitectures(kind: WorkloadKind, minor: number): boolean {
  switch (kind) {
    case 'gateway':
      return true;
    case 'coredns':
      return minor <= 8;
    case 'mixer':
    case 'addon':
      return minor <= 7;
    case 'cni':
      return false;
    case 'other':
      return minor <= 5;
  }
}
