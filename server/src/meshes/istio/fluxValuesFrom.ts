import type { Gap } from '../../core/install';
import { textOf } from '../../core/text';
import { entryOf, type Node, nodeAt } from '../../core/tree';
import type { Beside } from './besideInFile';
import { borrowed } from './borrowed';
import { itemsAt } from './itemsAt';
import { pieceAt } from './scalarPiece';
import { withValueAt } from './valuesLayers';

/** Values that lie elsewhere in the cluster, as far as they are known. */
interface ValuesFrom {
  readonly layers: readonly Node[];
  readonly gaps: readonly Gap[];
}

/**
 * The values that a release of Flux takes from ConfigMaps and Secrets (helm-controller api/v2 ValuesReference), in their
 * order: those of a ConfigMap in the same file, and a gap for any other that need not be there.
 */
export function fluxValuesFrom(spec: Node | undefined, beside: Beside): ValuesFrom {
  const read = itemsAt(spec, ['valuesFrom']).map(item => valuesOf(item, beside));
  return { layers: read.flatMap(({ layers }) => layers), gaps: read.flatMap(({ gaps }) => gaps) };
}

function valuesOf(item: Node, { manifests }: Beside): ValuesFrom {
  const [kind, name] = [pieceAt(item, ['kind']), pieceAt(item, ['name'])];
  const called = [kind, name].flatMap(piece => (piece ? textOf(piece.text) : [])).join(' ');
  const gap = (why: string): ValuesFrom => ({
    layers: [],
    gaps: [{ what: 'values', why, site: name?.site ?? item.site }],
  });
  const found = manifests.find(
    ({ kindName, root }) =>
      kindName === 'ConfigMap' && called === `ConfigMap ${textAt(root, 'metadata', 'name')}`,
  );
  if (found === undefined)
    return gap(
      `values come from ${called || 'elsewhere in the cluster'} as well, and they are not known here`,
    );
  const key = textAt(item, 'valuesKey') || 'values.yaml';
  const values = entryOf(nodeAt(found.root, ['data']), key)?.value;
  if (values === undefined) return gap(`${called} has no key ${key}`);
  const own = borrowed(values, `${called} in the same file`);
  const target = pieceAt(item, ['targetPath']);
  if (target === undefined)
    return own.kind === 'map' ? { layers: [own], gaps: [] } : gap(`the values of ${called} can't be read`);
  const layer = own.kind === 'scalar' ? withValueAt(undefined, target, own) : undefined;
  return layer === undefined
    ? gap(`what ${called} sets at ${textOf(target.text)} is not known`)
    : { layers: [layer], gaps: [] };
}

function textAt(node: Node, ...path: readonly string[]): string {
  const piece = pieceAt(node, path);
  return piece === undefined ? '' : textOf(piece.text);
}
