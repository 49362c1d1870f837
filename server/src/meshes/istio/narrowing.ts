import type { Gap, ImageUse } from '../../core/install';
import { type Site, textOf } from '../../core/text';
import type { Container } from './container';
import { type Piece, splitAtCommas } from './piece';
import { istioctlOf, type Range, within } from './version';

/** The parts of an install that `istioctl manifest generate` is told to print, as they stand. */
export interface Narrowing {
  /** The values of `--component`. */
  readonly components: readonly Piece[];
  /** The values of `--filter`: templates of the charts. */
  readonly templates: readonly Piece[];
}

/** The images that are printed, and those of their containers that are known. */
export interface Narrowed {
  readonly images: readonly ImageUse[];
  readonly containers: readonly Container[];
  readonly gaps: readonly Gap[];
}

// istio operator/cmd/mesh/manifest-generate.go of 1.5 to 1.31; from 1.24 on nobody reads what --filter says.
const withComponents: Range = { from: 8, to: 23 };
const withFilter: Range = { from: 14 };
const lastToFilter = 23;

/** The newest minor version that takes what a command is narrowed by. */
export const newestToNarrow = ({ components }: Narrowing): number | undefined =>
  components.length > 0 ? withComponents.to : undefined;

/** What is left of an install in version 1.`minor` where only some components or templates are printed. */
export function narrowed(
  images: readonly ImageUse[],
  containers: readonly Container[],
  { components, templates }: Narrowing,
  minor: number,
): Narrowed {
  const chosen = chosenComponents(components, minor);
  const shown = chosenTemplates(templates, minor);
  const partOf = new Map(containers.map(container => [container.workload, componentOf(container)]));
  const isPrinted = ({ workload }: Pick<ImageUse, 'workload'>, when: ImageUse['when']): boolean => {
    const component = workload === injected ? 'Pilot' : (partOf.get(workload) ?? 'AddonComponents');
    return (
      (chosen.names === undefined || chosen.names.has(component)) &&
      (shown.names === undefined || shown.names.has(templateOf(workload, when)))
    );
  };
  return {
    images: images.filter(use => isPrinted(use, use.when)),
    containers: containers.filter(container => isPrinted(container, 'install')),
    gaps: [...chosen.gaps, ...shown.gaps],
  };
}

const injected = 'Pod/*';

/** The names that count, or all of them where none does. */
interface Chosen {
  readonly names: ReadonlySet<string> | undefined;
  readonly gaps: readonly Gap[];
}

const all: Chosen = { names: undefined, gaps: [] };

function chosenComponents(values: readonly Piece[], minor: number): Chosen {
  const [first] = values;
  if (first === undefined) return all;
  if (!within(withComponents, minor))
    return { names: undefined, gaps: [unknownFlag('component', first.site, minor)] };
  const pieces = values.flatMap(splitAtCommas);
  const open = pieces.filter(({ text }) => text.kind === 'dynamic');
  if (open.length > 0) return { names: undefined, gaps: open.map(unknownValue) };
  const known = componentNames.filter(([, range]) => within(range, minor)).map(([name]) => name);
  const wrong = pieces.filter(({ text }) => !known.some(name => name === textOf(text)));
  const gaps = wrong.map(({ text, site }): Gap => {
    const why = `istioctl refuses this: there is no component ${textOf(text)}, only ${known.join(', ')}`;
    return { what: 'values', why, site };
  });
  const names = new Set(pieces.map(({ text }) => textOf(text)));
  return { names: wrong.length > 0 ? undefined : names, gaps };
}

function chosenTemplates(values: readonly Piece[], minor: number): Chosen {
  const [first] = values;
  if (first === undefined || minor > lastToFilter) return all;
  if (!within(withFilter, minor))
    return { names: undefined, gaps: [unknownFlag('filter', first.site, minor)] };
  const pieces = values.flatMap(splitAtCommas);
  const open = pieces.filter(({ text }) => text.kind === 'dynamic');
  return open.length > 0
    ? { names: undefined, gaps: open.map(unknownValue) }
    : { names: new Set(pieces.map(({ text }) => textOf(text))), gaps: [] };
}

function unknownFlag(name: string, site: Site, minor: number): Gap {
  return { what: 'values', why: `${istioctlOf(minor)} has no flag --${name}, and refuses the command`, site };
}

const unknownValue = ({ text, site }: Piece): Gap => ({
  what: 'values',
  why: `only a part of the install is printed, and which one is not known: ${textOf(text)}; the images are those of all of it`,
  site,
});

// istio operator/pkg/name/name.go AllComponentNames; what RenderManifest has no key for is an error.
const componentNames: readonly (readonly [name: string, range: Range])[] = [
  ['Base', {}],
  ['Pilot', {}],
  ['Cni', {}],
  ['IstiodRemote', {}],
  ['Ztunnel', { from: 18 }],
  ['IngressGateways', {}],
  ['EgressGateways', {}],
  ['AddonComponents', { to: 8 }],
];

function componentOf({ image, values: [first, name] }: Container): string {
  if (first === 'gateways') return name === 'istio-egressgateway' ? 'EgressGateways' : 'IngressGateways';
  if (image === 'install-cni') return 'Cni';
  return image === 'ztunnel' ? 'Ztunnel' : 'Pilot';
}

/** The template that an image stands in: istio manifests/charts `templates`. */
function templateOf(workload: string, when: ImageUse['when']): string {
  if (workload === injected) return 'templates/istiod-injector-configmap.yaml';
  if (workload.startsWith('DaemonSet/')) return 'templates/daemonset.yaml';
  return when === 'injection' ? 'templates/injected-deployment.yaml' : 'templates/deployment.yaml';
}
