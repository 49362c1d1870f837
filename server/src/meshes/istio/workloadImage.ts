import type { Manifest } from '../../core/fragment';
import type { Gap, ImageUse, InstallPlan } from '../../core/install';
import type { MapNode } from '../../core/tree';
import { isWhole } from './images';
import { type Path, settingAt } from './settings';

/** An annotation that puts an image into pods, the kinds that carry it, and the container that gets it. */
interface Annotation {
  readonly name: string;
  readonly container: string;
  readonly kinds: RegExp;
  /** Where annotations of pods stand in a manifest. */
  readonly places: readonly Path[];
}

const template: Path = ['spec', 'template', 'metadata', 'annotations'];

// istio pkg/kube/inject/inject.go (annotation sidecar.istio.io/proxyImage), 1.29 pilot/pkg/config/kube/gateway.
const annotations: readonly Annotation[] = [
  {
    name: 'sidecar.istio.io/proxyImage',
    container: 'istio-proxy',
    kinds: /^(?:Deployment|DaemonSet|StatefulSet|ReplicaSet|ReplicationController|Job|CronJob|Rollout)$/,
    places: [template, ['spec', 'jobTemplate', ...template]],
  },
  {
    name: 'sidecar.istio.io/proxyImage',
    container: 'istio-proxy',
    kinds: /^Pod$/,
    places: [['metadata', 'annotations']],
  },
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
 * The image that an annotation chooses for the proxy of pods that join the mesh; `undefined` for a manifest that has none.
 * One without a slash has no effect: it is no whole image name.
 */
export function planWorkload({ kindName, root, anchor }: Manifest): InstallPlan | undefined {
  const images = annotations.flatMap(annotation => imageOf(annotation, kindName, root));
  if (images.length === 0) return undefined;
  const gaps: readonly Gap[] = images.flatMap(({ reference, parts: { image } }) =>
    reference.kind === 'dynamic' && image.origin.kind === 'written'
      ? [
          {
            what: 'image',
            why: `the image ${reference.raw} is not known: ${reference.why}`,
            site: image.origin.site,
          },
        ]
      : [],
  );
  return { mesh: 'istio', anchor, images, gaps, notes: [], files: [], reads: [] };
}

function imageOf(annotation: Annotation, kindName: string, root: MapNode): readonly ImageUse[] {
  if (!annotation.kinds.test(kindName)) return [];
  const [image] = annotation.places.flatMap(place => settingAt(root, [...place, annotation.name]) ?? []);
  if (image === undefined || !isWhole(image.value)) return [];
  const name = settingAt(root, ['metadata', 'name'])?.value;
  const workload = `${kindName}/${name?.kind === 'literal' ? name.value : '*'}`;
  return [
    {
      workload,
      container: annotation.container,
      when: 'injection',
      reference: image.value,
      parts: { image },
    },
  ];
}
