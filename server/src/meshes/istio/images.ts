import type { ImageUse, Setting } from '../../core/install';
import { literal, type Text } from '../../core/text';
import type { Node } from '../../core/tree';
import { addonImages, prometheusHasProxy } from './addons';
import { hasAgentgateway } from './agentgateway';
import { runningContainers } from './components';
import { besideProxy, type Container } from './container';
import { withImageType } from './imageType';
import type { CompiledIn } from './merge';
import { joined } from './piece';
import { type LostPatch, type PodContainer, podContainers, podsOf } from './pods';
import type { Rules } from './rules';
import { firstAt, type Path, settingAt, valuePaths } from './settings';
import { readOnceMore } from './setValue';

/** What the images of one install are worked out from. */
export interface Resolved {
  readonly spec: Node;
  readonly compiledIn: CompiledIn;
  readonly rules: Rules;
  readonly minor: number;
  /** The patch release, where it is known; the newest one counts where it is not. */
  readonly patch?: number;
}

/** The images of an install, and the settings that leave open whether some of them are pulled at all. */
export function imagesOf(resolved: Resolved): {
  readonly images: readonly ImageUse[];
  readonly undecided: readonly Setting[];
  /** The containers that are installed, besides those of addons and of injected pods. */
  readonly containers: readonly Container[];
  /** Patches that select containers which are not there. */
  readonly lost: readonly LostPatch[];
} {
  const { spec, rules, minor, patch = Number.POSITIVE_INFINITY } = resolved;
  const { containers, undecided } = runningContainers(spec, rules, minor);
  const proxies = prometheusHasProxy(spec, minor) ? [besideProxy('Deployment/prometheus')] : [];
  const pods = podsOf([...containers, ...proxies]).map(pod => podImages(pod, resolved));
  const installed = pods.flatMap(({ images }) => images);
  const injects = containers.some(({ image }) => image === 'pilot');
  return {
    images: [...installed, ...addonImages(spec, minor, patch), ...(injects ? injectedImages(resolved) : [])],
    undecided,
    containers,
    lost: pods.flatMap(({ lost }) => lost),
  };
}

/** The images of one pod; a container of whose image nothing is known pulls none. */
function podImages(
  own: readonly Container[],
  resolved: Resolved,
): { readonly images: readonly ImageUse[]; readonly lost: readonly LostPatch[] } {
  const [main] = own;
  const { containers, lost } = podContainers(own, resolved.spec, resolved.minor);
  const images = containers.flatMap(container =>
    main === undefined ? [] : (podImage(container, main.workload, resolved) ?? []),
  );
  return { images, lost };
}

function podImage(
  { name, own, image }: PodContainer,
  workload: string,
  resolved: Resolved,
): ImageUse | undefined {
  if (image === undefined) return own && containerImage(own, resolved);
  return { workload, container: name, when: 'install', reference: image.value, parts: { image } };
}

/** The image of one installed container (istio manifests/charts: `deployment.yaml`, `daemonset.yaml`). */
function containerImage(container: Container, resolved: Resolved): ImageUse {
  const { workload, values, gateway, component } = container;
  const { spec, rules } = resolved;
  if (values[0] === 'gateways' && firstAt(spec, valuePaths(...values, 'injectionTemplate')) !== undefined)
    return { ...proxyImage(resolved), workload };
  const place = { workload, container: container.container, when: 'install' } as const;
  const imagePaths = gateway ? valuePaths('global', 'proxy', 'image') : ownPaths(container, 'image', rules);
  const image = named(spec, imagePaths, container.image);
  const own = (key: 'hub' | 'tag'): Setting | undefined => {
    if (gateway && !(key === 'tag' && rules.gatewayTags)) return undefined;
    const inValues = firstAt(spec, ownPaths(container, key, rules));
    const written = settingAt(component, [key]);
    const inComponent =
      written !== undefined && key === 'tag' && rules.readsComponentTags ? readOnceMore(written) : written;
    return rules.componentsBeatValues ? (inComponent ?? inValues) : (inValues ?? inComponent);
  };
  const variant = rules.variants
    ? firstAt(spec, [
        ...(gateway ? valuePaths('global', 'proxy', 'variant') : ownPaths(container, 'variant', rules)),
        ...valuePaths('global', 'variant'),
      ])
    : undefined;
  const hub = own('hub') ?? globalPart('hub', resolved);
  const tag = own('tag') ?? globalPart('tag', resolved);
  return imageUse(place, hub, image, tag, variant);
}

/** What the webhook puts into pods that join the mesh: the proxy, and the init container where it has its own image. */
function injectedImages(resolved: Resolved): readonly ImageUse[] {
  const { spec, rules, minor } = resolved;
  const proxies = [
    proxyImage(resolved),
    ...(hasAgentgateway(spec, minor) ? [agentgatewayImage(resolved)] : []),
  ];
  const [proxy] = proxies;
  const init = firstAt(spec, valuePaths('global', 'proxy_init', 'image'));
  const counts = init !== undefined && (!rules.injectorNamesImages || isWhole(init.value));
  if (!counts) return proxies;
  const initPlace = { workload: 'Pod/*', container: 'istio-init', when: 'injection' } as const;
  const hub = globalPart('hub', resolved);
  const initUse = imageUse(initPlace, hub, init, globalPart('tag', resolved), undefined);
  return proxy !== undefined && sameText(initUse.reference, proxy.reference)
    ? proxies
    : [...proxies, initUse];
}

/**
 * The injected proxy (istio pkg/kube/inject/inject.go ProxyImage): an image type of the mesh's proxy config, or the
 * variant, takes the place of one that the tag ends with; `default` means none.
 */
function proxyImage(resolved: Resolved): ImageUse {
  return injectedImage(
    resolved,
    'istio-proxy',
    named(resolved.spec, valuePaths('global', 'proxy', 'image'), 'proxyv2'),
  );
}

/** The gateway that istiod starts instead of the proxy; it has no image name of its own in the values. */
const agentgatewayImage = (resolved: Resolved): ImageUse =>
  injectedImage(resolved, 'agentgateway', named(resolved.spec, [], 'agentgateway'));

function injectedImage(resolved: Resolved, container: string, image: Setting): ImageUse {
  const { spec, rules } = resolved;
  const place = { workload: 'Pod/*', container, when: 'injection' } as const;
  const hub = globalPart('hub', resolved);
  const tag = globalPart('tag', resolved);
  const imageType = ['defaultConfig', 'image', 'imageType'];
  const variant = rules.injectorNamesImages
    ? firstAt(spec, [
        ...valuePaths('meshConfig', ...imageType),
        ['meshConfig', ...imageType],
        ...(rules.variants ? valuePaths('global', 'variant') : []),
      ])
    : undefined;
  const use = imageUse(place, hub, image, tag, variant);
  if (variant === undefined || isWhole(image.value)) return use;
  const typed = withImageType(tag.value, variant.value);
  return { ...use, reference: joined([hub.value, literal('/'), image.value, literal(':'), typed]) };
}

/** `values.global.hub` beats `spec.hub`, which beats what is compiled in, in every version. */
function globalPart(key: 'hub' | 'tag', { spec, compiledIn }: Resolved): Setting {
  const set = firstAt(spec, [...valuePaths('global', key), [key]]);
  return set === undefined || isSameDefault(set, compiledIn[key]) ? compiledIn[key] : set;
}

/** The tree of a spec does not hold which places tell the version that a default comes with. */
const isSameDefault = ({ origin }: Setting, { origin: own }: Setting): boolean =>
  origin.kind === 'default' && own.kind === 'default' && origin.because === own.because;

/**
 * Where the values of a component itself stand. From 1.24 on its chart also reads them from the top of the values, beneath
 * those under its own name (istio 1.24 zzy_descope_legacy.yaml; ztunnel: render/manifest.go FlattenValues).
 */
const ownPaths = ({ values, gateway }: Container, key: string, rules: Rules): readonly Path[] => [
  ...(values.length === 0 ? [] : valuePaths(...values, key)),
  ...(rules.valuesAtTop && !gateway ? valuePaths(key) : []),
];

const named = (spec: Node, paths: readonly Path[], usual: string): Setting =>
  firstAt(spec, paths) ?? {
    value: literal(usual),
    origin: { kind: 'default', because: "Istio's charts" },
  };

/** An `image` with a slash is the whole reference: no hub, tag or variant is added. Templates are read around. */
export const isWhole = (image: Text): boolean =>
  image.kind === 'literal'
    ? image.value.includes('/')
    : /[/:]/.test(image.raw.replace(/\{\{.*?\}\}|\$\{.*?\}/g, ''));

function imageUse(
  place: Pick<ImageUse, 'workload' | 'container' | 'when'>,
  hub: Setting,
  image: Setting,
  tag: Setting,
  variant: Setting | undefined,
): ImageUse {
  if (isWhole(image.value)) return { ...place, reference: image.value, parts: { image } };
  const ending = variant === undefined ? [] : [literal('-'), variant.value];
  return {
    ...place,
    reference: joined([hub.value, literal('/'), image.value, literal(':'), tag.value, ...ending]),
    parts: { hub, image, tag, ...(variant === undefined ? {} : { variant }) },
  };
}

const sameText = (a: Text, b: Text): boolean =>
  a.kind === 'literal' && b.kind === 'literal' && a.value === b.value;
