import type { Version } from './version';

/**
 * The hub of the images that the Sail Operator names for a version (sail-operator chart/values.yaml per tag): operators up
 * to 1.29.1 name gcr.io/istio-release, later ones registry.istio.io/release, which is a front for it with the very same
 * images. `undefined` from 1.31 on, whose images are on neither of them.
 */
export function sailHub({ minor, patch }: Version): string | undefined {
  if (minor > lastMirrored) return undefined;
  // No operator before 1.29.2 knows a later version.
  const isLater = minor > 29 || (minor === 29 && patch > 1);
  return isLater ? 'registry.istio.io/release' : 'gcr.io/istio-release';
}

const lastMirrored = 30;
