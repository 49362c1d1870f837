import type { ImageUse } from '../../core/install';
import { formatPlatform, type Platform } from '../../core/platform';
import type { RecipeIdea } from '../../core/recipe';
import { literal } from '../../core/text';
import { distinct, listed } from '../../core/words';
import { communityHubs, officialHubs } from './hubs';
import { officialTag } from './releases';
import { type TaggedImage, taggedImages } from './taggedImage';

const official = 'docker.io/istio';

/**
 * What helps where no text does: copying all platforms of an image anew to the mirror that lost one, and building the images
 * where nobody publishes them.
 */
export function recipeIdeas(
  atFault: readonly ImageUse[],
  available: readonly Platform[],
  targets: readonly Platform[],
): readonly RecipeIdea[] {
  const images = taggedImages(atFault).filter(
    (image, index, all) => all.findIndex(other => nameOf(other) === nameOf(image)) === index,
  );
  if (images.length === 0 || images.some(({ tag }) => tag === undefined)) return [];
  return [...copied(atFault, images), ...built(images, available, targets)];
}

const nameOf = ({ hub, name, tag }: TaggedImage): string => `${hub}/${name}:${tag?.text}`;

const knownHubs: readonly string[] = [...officialHubs, ...communityHubs].map(({ hub }) => hub);

/** `skopeo copy --all` takes every platform along; `docker pull` and `docker push` take one. */
function copied(atFault: readonly ImageUse[], images: readonly TaggedImage[]): readonly RecipeIdea[] {
  if (images.some(({ hub, tag }) => knownHubs.includes(hub) || officialTag(tag?.text ?? '') === undefined))
    return [];
  const command = images
    .map(
      image => `skopeo copy --all docker://${nameOf({ ...image, hub: official })} docker://${nameOf(image)}`,
    )
    .join('\n');
  const needs = atFault.map((use): ImageUse => {
    const [image] = taggedImages([use]);
    return image === undefined ? use : { ...use, reference: literal(nameOf({ ...image, hub: official })) };
  });
  const hubs = listed(distinct(images.map(({ hub }) => hub)));
  return [
    { title: `Copy the images with all their platforms to ${hubs} again`, command, needs, lastResort: false },
  ];
}

// Where the Dockerfiles stand in the repository of Istio.
const dockerfiles: ReadonlyMap<string, string> = new Map([
  ['pilot', 'pilot/docker/Dockerfile.pilot'],
  ['proxyv2', 'pilot/docker/Dockerfile.proxyv2'],
  ['operator', 'operator/docker/Dockerfile.operator'],
  ['install-cni', 'cni/deployments/kubernetes/Dockerfile.install-cni'],
]);

function built(
  images: readonly TaggedImage[],
  available: readonly Platform[],
  targets: readonly Platform[],
): readonly RecipeIdea[] {
  const versions = distinct(images.map(({ tag }) => tag?.version.text));
  const [version] = versions;
  if (version === undefined || versions.length > 1) return [];
  if (images.some(({ name }) => !dockerfiles.has(name))) return [];
  const platforms = distinct([...available, ...targets].map(formatPlatform));
  const builds = images.map(
    ({ name, tag }) =>
      `docker buildx build --platform ${platforms.join()} --file ${dockerfiles.get(name)} --tag "$HUB/${name}:${tag?.text}" --push .`,
  );
  const command = [
    `# In a checkout of https://github.com/istio/istio at the tag ${version}. The Dockerfiles copy programs that were built`,
    `# before and stand on a base image: both must be there for ${listed(platforms)}.`,
    'HUB=registry.example.com/istio',
    ...builds,
  ].join('\n');
  const title = `Build the images for ${listed(platforms)} yourself, and take the hub that they are pushed to`;
  return [{ title, command, needs: [], lastResort: true }];
}
