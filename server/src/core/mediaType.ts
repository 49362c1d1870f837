/** What a media type of the registry protocol stands for. */
export type MediaTypeKind = 'index' | 'image' | 'config' | 'legacy' | 'other';

/** The kind of a media type without parameters; `other` for every type that is not one of a container image's parts. */
export const mediaTypeKind = (mediaType: string): MediaTypeKind => kinds.get(mediaType) ?? 'other';

/** The manifests we can read, for the `Accept` header: a registry answers without it with another format, or with 404. */
export const readableManifests = (): readonly string[] =>
  [...kinds].filter(([, kind]) => kind === 'index' || kind === 'image').map(([mediaType]) => mediaType);

/** image-spec media-types.md and the Docker types it lists as compatible. */
const kinds: ReadonlyMap<string, MediaTypeKind> = new Map([
  ['application/vnd.oci.image.index.v1+json', 'index'],
  ['application/vnd.docker.distribution.manifest.list.v2+json', 'index'],
  ['application/vnd.oci.image.manifest.v1+json', 'image'],
  ['application/vnd.docker.distribution.manifest.v2+json', 'image'],
  ['application/vnd.oci.image.config.v1+json', 'config'],
  ['application/vnd.docker.container.image.v1+json', 'config'],
  ['application/vnd.docker.distribution.manifest.v1+json', 'legacy'],
  ['application/vnd.docker.distribution.manifest.v1+prettyjws', 'legacy'],
]);
