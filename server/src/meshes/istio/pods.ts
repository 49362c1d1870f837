import type { Setting } from '../../core/install';
import { type Node, nodeAt } from '../../core/tree';
import { originOf } from './builtin';
import type { Container } from './container';
import { patchesOf } from './patches';
import { parsePath, type Segment } from './setFlag';
import { literalAt, type Path, valuePaths } from './settings';

/** A container of a pod: one of Istio's, one whose image the user wrote out, or both; without either nothing is known. */
export interface PodContainer {
  readonly name: string;
  readonly own?: Container;
  readonly image?: Setting;
}

interface Pod {
  readonly containers: readonly PodContainer[];
  readonly initContainers: readonly PodContainer[];
  /** Patches that select a container which is not there. */
  readonly lost: readonly LostPatch[];
}

/** A patch that selects a container which a pod does not have. */
export interface LostPatch {
  readonly patch: Node;
  readonly workload: string;
  /** The container that it selects, as far as it names one. */
  readonly container: string;
  /** The containers that the pod has at that moment. */
  readonly among: readonly string[];
}

/** Containers that stand in one pod, in their order; those beside another one are in its pod. */
export const podsOf = (containers: readonly Container[]): readonly (readonly Container[])[] =>
  containers.flatMap((container, at) => {
    if (container.beside === true) return [];
    const next = containers.findIndex(({ beside }, index) => index > at && beside !== true);
    return [[container, ...containers.slice(at + 1, next < 0 ? undefined : next)]];
  });

/**
 * What runs in a pod once the user's containers are added by Helm values, and `k8s.overlays` has patched it. The patches
 * are applied in their order (istio operator/pkg/tpath/tree.go, operator/pkg/patch/patch.go).
 */
export function podContainers(
  own: readonly Container[],
  spec: Node,
  minor: number,
): { readonly containers: readonly PodContainer[]; readonly lost: readonly LostPatch[] } {
  const [main] = own;
  if (main === undefined) return { containers: [], lost: [] };
  const istios = own.map(container => ({ name: container.container, own: container }));
  const pod: Pod = {
    containers: [...istios, ...addedBy(spec, addedContainers(main))],
    initContainers: addedBy(spec, addedInitContainers(main, minor)),
    lost: [],
  };
  const after = patchesOf(main, minor).reduce((before, patch) => patched(before, patch, main.workload), pod);
  return { containers: [...after.containers, ...after.initContainers], lost: after.lost };
}

/** istio manifests/charts/gateways/istio-ingress/templates/deployment.yaml `additionalContainers`. */
const addedContainers = ({ values }: Container): readonly Path[] =>
  values[0] === 'gateways' ? valuePaths(...values, 'additionalContainers') : [];

/** istio 1.24 istio-discovery/templates/deployment.yaml `initContainers` (istio/istio pull request 53120). */
const addedInitContainers = ({ image }: Container, minor: number): readonly Path[] =>
  image === 'pilot' && minor >= 24
    ? [...valuePaths('pilot', 'initContainers'), ...valuePaths('initContainers')]
    : [];

const addedBy = (spec: Node, paths: readonly Path[]): readonly PodContainer[] => {
  const list = paths.map(path => nodeAt(spec, path)).find(node => node?.kind === 'list');
  return list?.kind === 'list' ? list.items.map(writtenContainer) : [];
};

const writtenContainer = (item: Node): PodContainer => {
  const image = imageAt(item);
  return { name: literalAt(item, ['name']) ?? '', ...(image !== undefined && { image }) };
};

/** The image of a container as it stands in a manifest. */
function imageAt(item: Node): Setting | undefined {
  const entry = item.kind === 'map' ? item.entries.find(({ key }) => key === 'image') : undefined;
  if (entry?.value.kind !== 'scalar' || entry.value.type === 'null') return undefined;
  return { value: entry.value.text, origin: originOf(entry) };
}

const prefix = ['spec', 'template', 'spec'];

/** The pod after one patch; one that leads to another part of it changes no image. */
function patched(pod: Pod, patch: Node, workload: string): Pod {
  const segments = parsePath(literalAt(patch, ['path']) ?? '') ?? [];
  const keys = segments.slice(0, 4).map(segment => (segment.kind === 'key' ? segment.key : ''));
  const kind = keys[3];
  if ((kind !== 'containers' && kind !== 'initContainers') || prefix.some((key, at) => keys[at] !== key))
    return pod;
  const selector = segments[4];
  // The charts have init containers of their own, which are not known here.
  if (selector !== undefined && kind === 'containers' && selectsNone(selector, pod.containers)) {
    const container = selector.kind === 'item' ? selector.value : '';
    const among = pod.containers.map(({ name }) => name);
    return { ...pod, lost: [...pod.lost, { patch, workload, container, among }] };
  }
  return { ...pod, [kind]: patchedList(pod[kind], segments.slice(4), patch) };
}

const selectsNone = (selector: Segment, list: readonly PodContainer[]): boolean =>
  selector.kind === 'item' && selector.key === 'name' && positionOf(selector, list) < 0;

function patchedList(
  list: readonly PodContainer[],
  [selector, key, ...rest]: readonly Segment[],
  patch: Node,
): readonly PodContainer[] {
  const found = nodeAt(patch, ['value']);
  const value = found?.kind === 'scalar' && found.type === 'null' ? undefined : found;
  if (selector === undefined) return value?.kind === 'list' ? value.items.map(writtenContainer) : [];
  const at = positionOf(selector, list);
  const before = list[at];
  if (at < 0 || rest.length > 0) return list;
  if (key !== undefined) {
    if (key.kind !== 'key' || key.key !== 'image' || value?.kind !== 'scalar') return list;
    const image = imageOfPatch(patch);
    return placed(list, at, { name: '', ...before, ...(image !== undefined && { image }) });
  }
  if (value === undefined) return list.filter((_, index) => index !== at);
  return value.kind === 'map' ? placed(list, at, writtenContainer(value)) : list;
}

function imageOfPatch(patch: Node): Setting | undefined {
  const entry = patch.kind === 'map' ? patch.entries.find(({ key }) => key === 'value') : undefined;
  return entry?.value.kind === 'scalar' ? { value: entry.value.text, origin: originOf(entry) } : undefined;
}

const placed = (
  list: readonly PodContainer[],
  at: number,
  container: PodContainer,
): readonly PodContainer[] => [...list.slice(0, at), container, ...list.slice(at + 1)];

/** Where a selector leads: an index beyond the end, or `-1`, appends; a name that is not there leads nowhere. */
function positionOf(selector: Segment, list: readonly PodContainer[]): number {
  switch (selector.kind) {
    case 'index':
      return Math.min(selector.index, list.length);
    case 'item':
      if (/^-\d+$/.test(selector.key)) return list.length;
      return selector.key === 'name' ? list.findIndex(({ name }) => name === selector.value) : -1;
    case 'key':
      return -1;
  }
}
