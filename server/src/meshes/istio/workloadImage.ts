import type { Manifest } from '../../core/fragment';
import type { Gap, ImageUse, InstallPlan, Setting } from '../../core/install';
import type { MeshSettings, Open } from '../../core/mesh';
import { literalValue } from '../../core/text';
import type { MapNode } from '../../core/tree';
import { isWhole } from './images';
import { imageTypeIn, type TypedProxy, typedProxy } from './proxyImageType';
import { type Path, settingAt } from './settings';
import { unpublishedVariants } from './variantNotices';

/** An annotation that puts an image into pods, the kinds that carry it, and the container that gets it. */
interface Annotation {
  readonly name: string;
  readonly container: string;
  readonly kinds: RegExp;
  /** Where annotations of pods stand in a manifest. */
  readonly places: readonly Path[];
}

const template: Path = ['spec', 'template', 'metadata', 'annotations'];

/** The kinds whose pods have annotations, and where those stand. */
const podKinds: readonly Pick<Annotation, 'kinds' | 'places'>[] = [
  {
    kinds: /^(?:Deployment|DaemonSet|StatefulSet|ReplicaSet|ReplicationController|Job|CronJob|Rollout)$/,
    places: [template, ['spec', 'jobTemplate', ...template]],
  },
  { kinds: /^Pod$/, places: [['metadata', 'annotations']] },
];

// istio pkg/kube/inject/inject.go (annotation sidecar.istio.io/proxyImage), 1.29 pilot/pkg/config/kube/gateway.
const annotations: readonly Annotation[] = [
  ...podKinds.map(kind => ({ ...kind, name: 'sidecar.istio.io/proxyImage', container: 'istio-proxy' })),
  {
    name: 'gateway.istio.io/agentgatewayImage',
    container: 'agentgateway',
    kinds: /^Gateway$/,
    places: [
      ['metadata', 'annotations'],
      ['spec', 'infrastructure', 'annotations'],
    ],
  },
];

/**
 * The image that a workload, or the ProxyConfig of several, chooses for the proxy of pods that join the mesh; `undefined` for
 * a manifest that chooses none. A name without a slash has no effect. An image type only changes the end of the tag, so
 * it says something where the install is known: `planInstall` plans those that stand in the same file, else the settings
 * tell it.
 */
export function planWorkload(
  manifest: Manifest,
  settings: MeshSettings,
  open: Open,
  planInstall: (manifest: Manifest) => InstallPlan | undefined,
): InstallPlan | undefined {
  const { kindName, root, anchor } = manifest;
  const named = annotations.flatMap(annotation => imageOf(annotation, kindName, root));
  const typed = named.length > 0 ? undefined : typeOf(manifest);
  const proxy = typed && typedProxy(manifest, typed, settings, open, planInstall);
  const images = [...named, ...(proxy === undefined ? [] : [typedImage(manifest, proxy)])];
  if (images.length === 0) return undefined;
  return {
    mesh: 'istio',
    anchor,
    images,
    gaps: images.flatMap(openGaps),
    notes: [],
    notices: unpublishedVariants(images, anchor),
    // The hub and the tag are those of the install, and can't be written here.
    ...(proxy !== undefined && { writing: nowhere }),
    files: [],
    reads: proxy?.reads ?? [],
  };
}

const nowhere: NonNullable<InstallPlan['writing']> = {
  hub: { path: [], flag: '' },
  tag: { path: [], flag: '' },
};

function imageOf(annotation: Annotation, kindName: string, root: MapNode): readonly ImageUse[] {
  if (!annotation.kinds.test(kindName)) return [];
  const [image] = annotation.places.flatMap(place => settingAt(root, [...place, annotation.name]) ?? []);
  if (image === undefined || !isWhole(image.value)) return [];
  return [
    {
      workload: workloadOf(kindName, root),
      container: annotation.container,
      when: 'injection',
      reference: image.value,
      parts: { image },
    },
  ];
}

/** The image type that a workload or a ProxyConfig sets. */
function typeOf({ apiVersion, kindName, root }: Manifest): Setting | undefined {
  if (kindName === 'ProxyConfig')
    return apiVersion.startsWith('networking.istio.io/')
      ? settingAt(root, ['spec', ...imageTypeIn])
      : undefined;
  const places = podKinds.flatMap(({ kinds, places: own }) => (kinds.test(kindName) ? own : []));
  const found = (...path: Path): Setting | undefined =>
    places.flatMap(place => settingAt(root, [...place, ...path]) ?? [])[0];
  return found('sidecar.istio.io/proxyImageType') ?? found('proxy.istio.io/config', ...imageTypeIn);
}

const typedImage = ({ kindName, root }: Manifest, { reference, parts }: TypedProxy): ImageUse => ({
  workload: kindName === 'ProxyConfig' ? 'Pod/*' : workloadOf(kindName, root),
  container: 'istio-proxy',
  when: 'injection',
  reference,
  parts,
});

function workloadOf(kindName: string, root: MapNode): string {
  const name = literalValue(settingAt(root, ['metadata', 'name'])?.value);
  return `${kindName}/${name ?? '*'}`;
}

function openGaps({ parts: { image, variant } }: ImageUse): readonly Gap[] {
  const gap = (what: Gap['what'], called: string, { value, origin }: Setting): readonly Gap[] =>
    value.kind === 'dynamic' && origin.kind === 'written'
      ? [{ what, why: `the ${called} ${value.raw} is not known: ${value.why}`, site: origin.site }]
      : [];
  return [
    ...gap('image', 'image', image),
    ...(variant === undefined ? [] : gap('tag', 'image type', variant)),
  ];
}
