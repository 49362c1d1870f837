import type { Manifest } from '../../core/fragment';
import type { ImageUse, InstallPlan, Setting } from '../../core/install';
import { literal, textOf } from '../../core/text';
import { type Node, nodeAt } from '../../core/tree';
import { imageGaps } from './gaps';
import { joined, type Piece, slice } from './piece';
import { pieceAt } from './scalarPiece';

/** The workload and the container of each image that a kustomization may name. */
const places: ReadonlyMap<string, Pick<ImageUse, 'workload' | 'container' | 'when'>> = new Map([
  ['pilot', { workload: 'Deployment/istiod', container: 'discovery', when: 'install' }],
  ['proxyv2', { workload: 'Pod/*', container: 'istio-proxy', when: 'injection' }],
  ['install-cni', { workload: 'DaemonSet/istio-cni-node', container: 'install-cni', when: 'install' }],
  ['ztunnel', { workload: 'DaemonSet/ztunnel', container: 'istio-proxy', when: 'install' }],
]);

/**
 * The images of Istio that a kustomization gives a tag (kubernetes-sigs/kustomize api/types/image.go): `newName`, or the
 * name that the resources have, and `newTag`. What it only renames is left out, for its tag stands elsewhere.
 */
export function planKustomization({ kindName, root, anchor }: Manifest): InstallPlan | undefined {
  const list = nodeAt(root, ['images']);
  if ((kindName !== '' && kindName !== 'Kustomization') || list?.kind !== 'list') return undefined;
  const images = list.items.flatMap(item => imageOf(item) ?? []);
  if (images.length === 0) return undefined;
  return {
    mesh: 'istio',
    anchor,
    images,
    gaps: imageGaps(images, { anchor, form: 'manifest', told: undefined, newest: undefined }),
    notes: [],
    // A list leads to no place where a value could be written.
    writing: { hub: { path: [], flag: '' }, tag: { path: [], flag: '' } },
    files: [],
    reads: [],
  };
}

function imageOf(item: Node): ImageUse | undefined {
  const [name, newName, newTag] = ['name', 'newName', 'newTag'].map(key => pieceAt(item, [key]));
  if (name === undefined || newTag === undefined || nodeAt(item, ['digest']) !== undefined) return undefined;
  const renamed = newName ?? name;
  const cut = textOf(renamed.text).lastIndexOf('/');
  const place = places.get(textOf(name.text).replace(/^.*\//, ''));
  if (place === undefined || cut < 0 || !/istio/.test(textOf(name.text))) return undefined;
  const hub: Setting =
    newName === undefined
      ? {
          value: slice(name, 0, cut).text,
          origin: { kind: 'default', because: 'named by the resources of the kustomization' },
        }
      : written(slice(newName, 0, cut));
  const image = written(slice(renamed, cut + 1));
  const tag = written(newTag);
  return {
    ...place,
    reference: joined([hub.value, literal('/'), image.value, literal(':'), tag.value]),
    parts: { hub, image, tag },
  };
}

const written = ({ text, site }: Piece): Setting => ({ value: text, origin: { kind: 'written', site } });
