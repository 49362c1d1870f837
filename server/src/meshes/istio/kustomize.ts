import type { Manifest } from '../../core/fragment';
import type { ImageUse, InstallPlan, Setting } from '../../core/install';
import { literal, textOf } from '../../core/text';
import { type Node, nodeAt } from '../../core/tree';
import { imageGaps } from './gaps';
import { itemsAt } from './itemsAt';
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

/**
 * A plan of charts that a kustomization inflates, with the images that it renames: what it says of an image by its name
 * counts for every container that has it. The template of injected pods is a text, in which nothing is renamed.
 */
export function withKustomizedImages(plan: InstallPlan, { root }: Manifest): InstallPlan {
  const items = itemsAt(root, ['images']);
  if (items.length === 0) return plan;
  const images = plan.images.map(use => (use.when === 'install' ? (renamed(use, items) ?? use) : use));
  return { ...plan, images };
}

function renamed(use: ImageUse, items: readonly Node[]): ImageUse | undefined {
  const { hub, image, tag, variant } = use.parts;
  if (hub === undefined || tag === undefined) return undefined;
  const name = `${textOf(hub.value)}/${textOf(image.value)}`;
  const item = items.find(one => said(one, 'name') === name);
  if (item === undefined) return undefined;
  const [newName, newTag, digest] = ['newName', 'newTag', 'digest'].map(key => pieceAt(item, [key]));
  const cut = newName === undefined ? -1 : textOf(newName.text).lastIndexOf('/');
  const known: Setting = newName === undefined ? hub : written(slice(newName, 0, Math.max(cut, 0)));
  const called: Setting = newName === undefined ? image : written(slice(newName, cut + 1));
  const tags = newTag === undefined ? tag : written(newTag);
  const above = [known.value, literal('/'), called.value];
  if (digest !== undefined) {
    const whole = joined([...above, literal('@'), digest.text]);
    return { ...use, reference: whole, parts: { image: { ...written(digest), value: whole } } };
  }
  const ending = variant === undefined || newTag !== undefined ? [] : [literal('-'), variant.value];
  return {
    ...use,
    reference: joined([
      ...(cut < 0 && newName !== undefined ? [called.value] : above),
      literal(':'),
      tags.value,
      ...ending,
    ]),
    parts: {
      hub: known,
      image: called,
      tag: tags,
      ...(variant !== undefined && newTag === undefined && { variant }),
    },
  };
}

const said = (node: Node, key: string): string => {
  const piece = pieceAt(node, [key]);
  return piece === undefined ? '' : textOf(piece.text);
};

function imageOf(item: Node): ImageUse | undefined {
  const [name, newName, newTag] = ['name', 'newName', 'newTag'].map(key => pieceAt(item, [key]));
  if (name === undefined || newTag === undefined || nodeAt(item, ['digest']) !== undefined) return undefined;
  const called = newName ?? name;
  const cut = textOf(called.text).lastIndexOf('/');
  const place = places.get(textOf(name.text).replace(/^.*\//, ''));
  if (place === undefined || cut < 0 || !/istio/.test(textOf(name.text))) return undefined;
  const hub: Setting =
    newName === undefined
      ? {
          value: slice(name, 0, cut).text,
          origin: { kind: 'default', because: 'named by the resources of the kustomization' },
        }
      : written(slice(newName, 0, cut));
  const image = written(slice(called, cut + 1));
  const tag = written(newTag);
  return {
    ...place,
    reference: joined([hub.value, literal('/'), image.value, literal(':'), tag.value]),
    parts: { hub, image, tag },
  };
}

const written = ({ text, site }: Piece): Setting => ({ value: text, origin: { kind: 'written', site } });
