import type { Fragment } from './fragment';
import type { ImageReference } from './image';
import type { ImageUse, InstallPlan, PartName } from './install';
import type { Platform } from './platform';
import type { RecipeIdea } from './recipe';

/** What the user has told about the installer; a part that is absent is not known. */
export interface MeshSettings {
  /** The version of `istioctl`, as `1.14.1`. */
  readonly istioVersion?: string;
  /** Stand for what is compiled into `istioctl`, for builds of one's own. */
  readonly defaultHub?: string;
  readonly defaultTag?: string;
  /** Further hubs that may serve as a destination, in order of preference. */
  readonly hubs: readonly string[];
}

/**
 * Reads another file. `reference` is a path as written, relative to one of the URIs `directories`, which are tried in
 * order; files that the script itself has written come first, and `-` is the command's input. A file of `values` holds no
 * install, but what one is made with, as a single manifest of no kind; of `documents` every one is given, in their order,
 * whatever it is. The mesh never parses text and never touches a disk.
 */
export type Open = (
  reference: string,
  directories: readonly string[],
  content?: 'installs' | 'values' | 'documents',
) => OpenedFile;

export interface OpenedFile {
  /** Absent for what a script writes itself. */
  readonly uri?: string;
  /** `undefined` when the file can't be read. */
  readonly fragments: readonly Fragment[] | undefined;
  /** Why it can't be read, as a clause, where there is more to say than that. */
  readonly why?: string;
}

/** What a release is known to have published, from the data bundled with Meshfit. */
export interface ReleaseFact {
  readonly platforms: readonly Platform[];
  /** The day the data were read, as `2026-11-23`. */
  readonly read: string;
}

/** A way out: new values for parts of every image of an install. */
export interface Remedy {
  /** Says what changes, as `switch the hub to ghcr.io/resf/istio`. */
  readonly title: string;
  readonly changes: readonly Change[];
}

/**
 * One part that gets a new value. Written values are replaced where they stand, and so is a version that the default comes
 * with. Where the install relies on a default that nothing tells, the value is inserted: into a manifest under `path` (map
 * keys from its root), into a command as `words`.
 */
export interface Change {
  readonly part: Extract<PartName, 'hub' | 'tag'>;
  readonly value: string;
  readonly path: readonly string[];
  readonly words: readonly string[];
}

/** A service mesh: which images its installer pulls, and what is known of their releases. */
export interface Mesh {
  readonly id: string;
  /** The install plan of a fragment; `undefined` when the fragment is none of this mesh's installs. Never throws. */
  readonly plan: (fragment: Fragment, settings: MeshSettings, open: Open) => InstallPlan | undefined;
  /**
   * Ways to get the platforms `targets` for the images `atFault`, best first. Only their parts will be changed. Nothing
   * here is verified yet.
   */
  readonly remedies: (
    plan: InstallPlan,
    settings: MeshSettings,
    targets: readonly Platform[],
    atFault: readonly ImageUse[],
  ) => readonly Remedy[];
  /**
   * Recipes for the images `atFault`, which lack one of the platforms `targets` and have `available`: what people can do
   * outside the text. What they start from is not verified yet.
   */
  readonly recipes: (
    atFault: readonly ImageUse[],
    available: readonly Platform[],
    targets: readonly Platform[],
  ) => readonly RecipeIdea[];
  /** What the release flow published for this image; `undefined` for an image that it did not make. */
  readonly released: (image: ImageReference) => ReleaseFact | undefined;
  /**
   * Whether an image is at a hub that the mesh's own releases are pushed to, whose index is taken at its word where a fix
   * leads to it.
   */
  readonly isOfficial: (image: ImageReference) => boolean;
  /** A sentence about why this platform is missing for this image, where there is more to say than "missing". */
  readonly remark: (use: ImageUse, target: Platform) => string | undefined;
}
