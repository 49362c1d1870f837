import { type Entry, entryOf, type Node } from '../../core/tree';
import type { Container } from './container';
import { itemsAt } from './itemsAt';
import { literalAt } from './settings';
import { type Range, within } from './version';

type Patched = Pick<Container, 'component' | 'workload'>;

/** The versions that take the last of several overlays for one object alone (istio operator/pkg/patch/patch.go). */
const lastCounts: Range = { from: 7, to: 23 };

/** The overlays that `k8s.overlays` of a component has. */
export const overlaysOf = ({ component }: Pick<Patched, 'component'>): readonly Node[] =>
  itemsAt(component, ['k8s', 'overlays']);

/** Whether an overlay is for this workload. */
export function isFor(overlay: Node, { workload }: Pick<Patched, 'workload'>): boolean {
  const [kind, name] = workload.split('/');
  return literalAt(overlay, ['kind']) === kind && literalAt(overlay, ['name']) === name;
}

/** The patches that a component has for its workload in version 1.`minor`, in the order in which they are applied. */
export function patchesOf(patched: Patched, minor: number): readonly Node[] {
  const own = overlaysOf(patched).filter(overlay => isFor(overlay, patched));
  const counting = within(lastCounts, minor) ? own.slice(-1) : own;
  return counting.flatMap(overlay => itemsAt(overlay, ['patches']));
}

/** The patches for its workload that a later overlay takes the place of. */
export function displacedPatches(patched: Patched, minor: number): readonly Node[] {
  const own = overlaysOf(patched).filter(overlay => isFor(overlay, patched));
  return within(lastCounts, minor) ? own.slice(0, -1).flatMap(overlay => itemsAt(overlay, ['patches'])) : [];
}

/** What the last patch of a component writes at a path of its workload in version 1.`minor`. */
export function patchAt(patched: Patched, path: string, minor: number): Entry | undefined {
  const patch = patchesOf(patched, minor).findLast(
    item => literalAt(item, ['path'])?.replaceAll('.[', '[') === path.replaceAll('.[', '['),
  );
  return entryOf(patch, 'value');
}
