import type { Platform } from '../../core/platform';
import { type Range, type Version, within } from './version';

/** A hub that Istio's own releases are pushed to. Compared by exact value: a mirror of it is another hub. */
export interface OfficialHub extends Range {
  readonly hub: string;
}

// istio/release-builder release/publish.sh on the release branches: mirrored to gcr.io from 1.7. registry.istio.io is
// a front for gcr.io/istio-release. istio.io blog 2026-08-21: images of 1.31 are only on docker.io/istio.
export const officialHubs: readonly OfficialHub[] = [
  { hub: 'docker.io/istio' },
  { hub: 'gcr.io/istio-release', from: 7, to: 30 },
  { hub: 'registry.istio.io/release', from: 7, to: 30 },
];

// istio/release-builder release/build.sh on the release branches and tags: 1.30 named registry.istio.io/release,
// 1.31 went back to docker.io/istio (77ff4419, c09fe415).
const compiledIn: readonly OfficialHub[] = [
  { hub: 'docker.io/istio', to: 29 },
  { hub: 'registry.istio.io/release', from: 30, to: 30 },
  { hub: 'docker.io/istio', from: 31 },
];

/** The hub that is compiled into istioctl 1.`minor`. */
export const compiledInHub = (minor: number): string =>
  compiledIn.find(row => within(row, minor))?.hub ?? 'docker.io/istio';

/** A hub of people who built Istio for linux/arm64 before Istio did. */
export interface CommunityHub {
  readonly hub: string;
  readonly images: readonly string[];
  /** Tag endings that were built; the empty one stands for the plain version. */
  readonly endings: readonly string[];
  readonly platforms: readonly Platform[];
  readonly built: readonly { readonly minor: number; readonly from: number; readonly to: number }[];
}

const both: readonly Platform[] = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm64' },
];

// Versions from the git history of the Dockerfile.version of each repository; that each tag between
// the first and the last of a minor version was pushed is not known.
export const communityHubs: readonly CommunityHub[] = [
  {
    // github.com/resf/istio
    hub: 'ghcr.io/resf/istio',
    images: ['pilot', 'proxyv2', 'operator', 'install-cni'],
    endings: ['', '-distroless'],
    platforms: both,
    built: [
      { minor: 11, from: 0, to: 8 },
      { minor: 12, from: 0, to: 9 },
      { minor: 13, from: 0, to: 9 },
      { minor: 14, from: 0, to: 3 },
      { minor: 14, from: 5, to: 5 },
    ],
  },
  {
    // github.com/querycap/istio
    hub: 'docker.io/querycapistio',
    images: ['pilot', 'proxyv2', 'operator'],
    endings: ['', '-distroless'],
    platforms: both,
    built: [
      { minor: 7, from: 2, to: 8 },
      { minor: 8, from: 0, to: 6 },
      { minor: 9, from: 0, to: 9 },
      { minor: 10, from: 0, to: 3 },
    ],
  },
];

export const communityBuilt = (
  hub: CommunityHub,
  { minor, patch }: Pick<Version, 'minor' | 'patch'>,
): boolean => hub.built.some(row => row.minor === minor && row.from <= patch && patch <= row.to);

/** A hub in its full form: `docker.io/istio` for `istio` and for `index.docker.io/istio`. */
export function fullHub(hub: string): string {
  const text = hub.replace(/\/+$/, '');
  const [host = ''] = text.split('/', 1);
  const named = text.includes('/') && (/[.:]/.test(host) || host === 'localhost');
  return (named ? text : `docker.io/${text}`).replace(/^(index|registry-1)\.docker\.io\//, 'docker.io/');
}
