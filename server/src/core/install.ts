import type { Related } from './finding';
import { formatImage, parseImage } from './image';
import type { Notice } from './notice';
import type { Platform } from './platform';
import type { Site, Text } from './text';
import { distinct } from './words';

/**
 * Where a value comes from: `written` in a file (with the key that it stands under, if any), or a `default` of the
 * installer, with the reason in plain words ("compiled into istioctl 1.14.1"). `told` are all the places that write the
 * version which the default is taken from, the one that decides first: they change together.
 */
export type Origin =
  | { readonly kind: 'written'; readonly site: Site; readonly key?: Site }
  | { readonly kind: 'default'; readonly because: string; readonly told?: readonly Site[] };

/** A value and where it comes from. */
export interface Setting {
  readonly value: Text;
  readonly origin: Origin;
  /** A whole sentence where the value is not what is written, which says why and what to write instead. */
  readonly note?: string;
  /** What is written, where the installer makes a value of another type of it. */
  readonly written?: string;
}

/** The parts that an image name is put together from. */
export type PartName = 'hub' | 'image' | 'tag' | 'variant';

/**
 * One image that an install pulls. `reference` is the whole image name; it is dynamic while a part of it is not known.
 * `hub` and `tag` are absent when `image` is a whole reference of its own; `variant` is absent when none is set.
 */
export interface ImageUse {
  /** Kind and name of the Kubernetes workload, as `Deployment/istiod`; `Pod/*` for injected containers. */
  readonly workload: string;
  readonly container: string;
  /** `install`: pulled when the mesh is installed; `injection`: pulled later by every pod that joins the mesh. */
  readonly when: 'install' | 'injection';
  readonly reference: Text;
  /** Absent where its pods may run on nodes of every architecture. */
  readonly nodes?: NodeLimit;
  readonly parts: { readonly image: Setting } & { readonly [part in Exclude<PartName, 'image'>]?: Setting };
}

/** The nodes that the pods of a workload are kept to, by their architecture. */
export interface NodeLimit {
  /** As Kubernetes names them in the label `kubernetes.io/arch`. */
  readonly architectures: readonly string[];
  /** What keeps them there, as the subject of a sentence: `values.global.arch`, `the charts of Istio 1.10`. */
  readonly by: string;
  /** Where the user wrote it, who then means it; absent for what the installer does on its own. */
  readonly site?: Site;
  /** A sentence about what else such nodes may need. */
  readonly remark?: string;
}

/** Something the plan needs that the text does not tell; `site` is where the reader would look for it. */
export interface Gap {
  readonly what: 'version' | 'hub' | 'tag' | 'image' | 'profile' | 'file' | 'values';
  readonly why: string;
  readonly site: Site;
}

/** The version of the installer, and the text that told it. */
export interface MeshVersion {
  readonly version: string;
  readonly origin: Origin;
  /** Other places that tell another version. */
  readonly otherwise: readonly { readonly version: string; readonly site: Site }[];
}

/**
 * How a value is written where the text has none: under `path` (map keys from a manifest's root), or as
 * `--set flag=value` of a command.
 */
export interface Writing {
  readonly path: readonly string[];
  readonly flag: string;
}

/** Everything one install pulls, and where in the text each part of each image name came from. */
export interface InstallPlan {
  readonly mesh: string;
  readonly version?: MeshVersion;
  /** The command, or the `kind:` value, that the install belongs to. */
  readonly anchor: Site;
  /** The written value that selects the profile, so that hovering it explains the install. */
  readonly profile?: Setting;
  readonly images: readonly ImageUse[];
  readonly gaps: readonly Gap[];
  /** What a reader should know about every finding of this install, and where it shows. */
  readonly notes: readonly Related[];
  /** What the mesh noticed in the text, for the rules to report; absent where it is nothing. */
  readonly notices?: readonly Notice[];
  /** How its hub and its tag are written, where that is not how the mesh's own installer has them. */
  readonly writing?: Readonly<Record<'hub' | 'tag', Writing>>;
  /** The files that it is made from, each with the place that names it. */
  readonly files: readonly { readonly site: Site; readonly uri: string }[];
  /** URIs of the other files that were read (or looked for) to make the plan. */
  readonly reads: readonly string[];
}

/**
 * The place that decides the outcome for one image: a whole image name where one is written, else the tag, else the hub (the
 * other way round where `first` is the hub), else the variant, whichever is written or comes with a version that the text
 * tells, else the install's anchor.
 */
export function blame(use: ImageUse, anchor: Site, first: 'hub' | 'tag'): Site {
  const { image, tag, hub, variant } = use.parts;
  const deciders =
    hub === undefined && tag === undefined
      ? [image]
      : first === 'tag'
        ? [tag, hub, variant]
        : [hub, tag, variant];
  for (const part of deciders) {
    const origin = part?.origin;
    const site = origin?.kind === 'written' ? origin.site : origin?.told?.[0];
    if (site !== undefined) return site;
  }
  return anchor;
}

/** Every place in the text that a reader could point at to ask about this install. */
export function sitesOf(plan: InstallPlan): readonly Site[] {
  const settings = [plan.profile, ...plan.images.flatMap(use => Object.values(use.parts))];
  const origins = settings.flatMap(setting => (setting === undefined ? [] : sitesOfOrigin(setting.origin)));
  return [plan.anchor, ...origins];
}

/** The places that a value comes from: its text, its key, the variables on the way, the version it comes with. */
export function sitesOfOrigin(origin: Origin): readonly Site[] {
  const sites =
    origin.kind === 'default'
      ? (origin.told ?? [])
      : [origin.site, ...(origin.key === undefined ? [] : [origin.key])];
  return sites.flatMap(site => [site, ...(site.via ?? [])]);
}

/** What the mesh noticed that the rule `code` reports. */
export const noticesOf = <C extends Notice['code']>(
  { notices = [] }: InstallPlan,
  code: C,
): readonly Extract<Notice, { code: C }>[] =>
  notices.filter((notice): notice is Extract<Notice, { code: C }> => notice.code === code);

/** Whether pods of this image may run on nodes of the platform, as far as the user keeps them off on purpose. */
export const mayRunOn = ({ nodes }: ImageUse, { os, architecture }: Platform): boolean =>
  nodes?.site === undefined || os !== 'linux' || nodes.architectures.includes(architecture);

/** The distinct full names of the images, in the order in which they are installed. */
export const imageNames = (uses: readonly ImageUse[]): readonly string[] => [...usesByName(uses).keys()];

/** The uses of images by their full names: `docker.io/istio/pilot:1.14.1` for `istio/pilot:1.14.1`. */
export type NamedUses = ReadonlyMap<string, readonly ImageUse[]>;

/** The uses of each image whose name is known, in the order in which they are installed. */
export function usesByName(uses: readonly ImageUse[]): NamedUses {
  const names = new Map<string, string>();
  const byName = new Map<string, ImageUse[]>();
  for (const use of uses) {
    if (use.reference.kind === 'dynamic') continue;
    const { value } = use.reference;
    const name = names.get(value) ?? fullName(value);
    names.set(value, name);
    const others = byName.get(name);
    if (others === undefined) byName.set(name, [use]);
    else others.push(use);
  }
  return byName;
}

/** The full name, or the text as it is where it is no name. */
function fullName(reference: string): string {
  const parsed = parseImage(reference);
  return parsed.kind === 'image' ? formatImage(parsed.image) : reference;
}

/** One related line for each image: `say` about it, then the workloads that pull it. */
export const pulls = (uses: NamedUses, site: Site, say: (image: string) => string): readonly Related[] =>
  [...uses].map(([image, its]) => {
    const workloads = its.map(pulledBy);
    return { site, message: `${say(image)} (${distinct(workloads).join(', ')})` };
  });

const pulledBy = ({ workload, when }: ImageUse): string =>
  when === 'injection' ? 'every pod that joins the mesh' : workload;

/** Sentences about parts whose value is not what is written. */
export const notesOf = (uses: readonly ImageUse[]): readonly string[] =>
  distinct(uses.flatMap(({ parts }) => Object.values(parts).flatMap(({ note }) => note ?? [])));
