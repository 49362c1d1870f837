import { type Entry, entryOf, type Node, nodeAt } from '../../core/tree';
import type { Container } from './container';
import { literalAt } from './settings';

type Patched = Pick<Container, 'component' | 'workload'>;

/** The patches that `k8s.overlays` of a component has for its workload, in the order in which they are applied. */
export function patchesOf({ component, workload }: Patched): readonly Node[] {
  const overlays = nodeAt(component, ['k8s', 'overlays']);
  const [kind, name] = workload.split('/');
  if (overlays?.kind !== 'list') return [];
  return overlays.items
    .filter(item => literalAt(item, ['kind']) === kind && literalAt(item, ['name']) === name)
    .flatMap(item => {
      const list = nodeAt(item, ['patches']);
      return list?.kind === 'list' ? list.items : [];
    });
}

/** What the last patch of a component's `k8s.overlays` writes at a path of its workload. */
export function patchAt(patched: Patched, path: string): Entry | undefined {
  const patch = patchesOf(patched).findLast(
    item => literalAt(item, ['path'])?.replaceAll('.[', '[') === path.replaceAll('.[', '['),
  );
  return entryOf(patch, 'value');
}
