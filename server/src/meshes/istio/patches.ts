import type { Setting } from '../../core/install';
import { type Entry, entryOf, type Node, nodeAt } from '../../core/tree';
import { originOf } from './builtin';
import type { Container } from './container';
import { settingAt } from './settings';

/** A whole image name that a `k8s.overlays` patch puts into a container of a component. */
export function patchedImage(container: Container): Setting | undefined {
  const path = `spec.template.spec.containers.[name:${container.container}].image`;
  const value = patchAt(container, path);
  if (value?.value.kind !== 'scalar') return undefined;
  return { value: value.value.text, origin: originOf(value) };
}

/** What the last patch of a component's `k8s.overlays` writes at a path of its workload. */
export function patchAt(
  { component, workload }: Pick<Container, 'component' | 'workload'>,
  path: string,
): Entry | undefined {
  const overlays = nodeAt(component, ['k8s', 'overlays']);
  const [kind, name] = workload.split('/');
  if (overlays?.kind !== 'list') return undefined;
  const patches = overlays.items
    .filter(item => textAt(item, 'kind') === kind && textAt(item, 'name') === name)
    .flatMap(item => {
      const list = nodeAt(item, ['patches']);
      return list?.kind === 'list' ? list.items : [];
    });
  const patch = patches.findLast(
    item => textAt(item, 'path')?.replaceAll('.[', '[') === path.replaceAll('.[', '['),
  );
  return entryOf(patch, 'value');
}

function textAt(node: Node, key: string): string | undefined {
  const text = settingAt(node, [key])?.value;
  return text?.kind === 'literal' ? text.value : undefined;
}
