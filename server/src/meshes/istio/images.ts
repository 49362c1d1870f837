import type { ImageUse, Setting } from '../../core/install';
import { literal, type Text } from '../../core/text';
import type { Node } from '../../core/tree';
import { addonImages, prometheusHasProxy } from './addons';
import { runningContainers } from './components';
import { besideProxy, type Container } from './container';
import type { CompiledIn } from './merge';
import { patchedImage } from './patches';
import { joined } from './piece';
import type { Rules } from './rules';
import { firstAt, type Path, settingAt, valuePaths } from './settings';

/** What the images of one install are worked out from. */
export interface Resolved {
  readonly spec: Node;
  readonly compiledIn: CompiledIn;
  readonly rules: Rules;
  readonly minor: number;
}

/** The images of an install, and the settings that leave open whether some of them are pulled at all. */
export function imagesOf(resolved: Resolved): {
  readonly images: readonly ImageUse[];
  readonly undecided: readonly Setting[];
} {
  const { spec, rules, minor } = resolved;
  const { containers, undecided } = runningContainers(spec, rules, minor);
  const proxies = prometheusHasProxy(spec, minor) ? [besideProxy('Deployment/prometheus')] : [];
  const installed = [...containers, ...proxies].map(container => containerImage(container, resolved));
  const injects = containers.some(({ image }) => image === 'pilot');
  return {
    images: [...installed, ...addonImages(spec, minor), ...(injects ? injectedImages(resolved) : [])],
    undecided,
  };
}

/** The image of one installed container (istio manifests/charts: `deployment.yaml`, `daemonset.yaml`). */
function containerImage(container: Container, resolved: Resolved): ImageUse {
  const { workload, values, gateway, component } = container;
  const { spec, rules } = resolved;
  if (values[0] === 'gateways' && firstAt(spec, valuePaths(...values, 'injectionTemplate')) !== undefined)
    return { ...proxyImage(resolved), workload };
  const place = { workload, container: container.container, when: 'install' } as const;
  const patched = patchedImage(container);
  if (patched !== undefined) return { ...place, reference: patched.value, parts: { image: patched } };
  const image = named(spec, gateway ? ['global', 'proxy', 'image'] : [...values, 'image'], container.image);
  const own = (key: 'hub' | 'tag'): Setting | undefined => {
    if (gateway && !(key === 'tag' && rules.gatewayTags)) return undefined;
    const inValues = firstAt(spec, values.length === 0 ? [] : valuePaths(...values, key));
    const inComponent = settingAt(component, [key]);
    return rules.componentsBeatValues ? (inComponent ?? inValues) : (inValues ?? inComponent);
  };
  const variant = rules.variants
    ? firstAt(spec, [
        ...valuePaths(...(gateway ? ['global', 'proxy'] : values), 'variant'),
        ...valuePaths('global', 'variant'),
      ])
    : undefined;
  const hub = own('hub') ?? globalPart('hub', resolved);
  const tag = own('tag') ?? globalPart('tag', resolved);
  return imageUse(place, hub, image, tag, variant);
}

/** What the webhook puts into pods that join the mesh: the proxy, and the init container where it has its own image. */
function injectedImages(resolved: Resolved): readonly ImageUse[] {
  const { spec, rules } = resolved;
  const proxy = proxyImage(resolved);
  const init = firstAt(spec, valuePaths('global', 'proxy_init', 'image'));
  const counts = init !== undefined && (!rules.injectorNamesImages || isWhole(init.value));
  if (!counts) return [proxy];
  const initPlace = { workload: 'Pod/*', container: 'istio-init', when: 'injection' } as const;
  const hub = globalPart('hub', resolved);
  const initUse = imageUse(initPlace, hub, init, globalPart('tag', resolved), undefined);
  return sameText(initUse.reference, proxy.reference) ? [proxy] : [proxy, initUse];
}

/**
 * The injected proxy (istio pkg/kube/inject/inject.go ProxyImage): an image type of the mesh's proxy config, or the
 * variant, takes the place of one that the tag ends with; `default` means none.
 */
function proxyImage(resolved: Resolved): ImageUse {
  const { spec, rules } = resolved;
  const place = { workload: 'Pod/*', container: 'istio-proxy', when: 'injection' } as const;
  const hub = globalPart('hub', resolved);
  const tag = globalPart('tag', resolved);
  const image = named(spec, ['global', 'proxy', 'image'], 'proxyv2');
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
  const bare =
    tag.value.kind === 'literal' ? literal(tag.value.value.replace(/-(debug|distroless)$/, '')) : tag.value;
  const isDefault = variant.value.kind === 'literal' && variant.value.value === 'default';
  const ending = isDefault ? [] : [literal('-'), variant.value];
  return {
    ...use,
    reference: joined([hub.value, literal('/'), image.value, literal(':'), bare, ...ending]),
  };
}

/** `values.global.hub` beats `spec.hub`, which beats what is compiled in, in every version. */
function globalPart(key: 'hub' | 'tag', { spec, compiledIn }: Resolved): Setting {
  const set = firstAt(spec, [...valuePaths('global', key), [key]]);
  return set === undefined || isSameDefault(set, compiledIn[key]) ? compiledIn[key] : set;
}

/** The tree of a spec does not hold which places tell the version that a default comes with. */
const isSameDefault = ({ origin }: Setting, { origin: own }: Setting): boolean =>
  origin.kind === 'default' && own.kind === 'default' && origin.because === own.because;

const named = (spec: Node, path: Path, usual: string): Setting =>
  firstAt(spec, valuePaths(...path)) ?? {
    value: literal(usual),
    origin: { kind: 'default', because: "Istio's charts" },
  };

/** An `image` with a slash is the whole reference: no hub, tag or variant is added. Templates are read around. */
const isWhole = (image: Text): boolean =>
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
