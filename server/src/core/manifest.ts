import { type Descriptor, readDescriptor, readWord } from './descriptor';
import { isArray, isObject, type Json, type JsonObject, member, parseJson } from './json';
import { type MediaTypeKind, mediaTypeKind } from './mediaType';
import type { Platform } from './platform';
import { readPlatform } from './platformObject';

/** What a registry keeps under one tag or digest. `why` can follow "is not an image that a node can run:". */
export type Manifest =
  /** One image per platform. Entries that no node could run are left out; at least one is left. */
  | { readonly kind: 'index'; readonly entries: readonly IndexEntry[] }
  /** One image; its platform stands in the config that `config` points at. */
  | { readonly kind: 'image'; readonly config: Descriptor }
  /** The schema 1 format, given up in 2016, that today's container runtimes refuse. */
  | { readonly kind: 'legacy' }
  /** JSON, but nothing that a node could run. */
  | { readonly kind: 'invalid'; readonly why: string }
  /** Not even JSON: the answer of something other than a registry, or half an answer. */
  | { readonly kind: 'unreadable' };

/** `platform` is absent where the entry does not say it; `nested` entries are indexes themselves. */
export interface IndexEntry {
  readonly descriptor: Descriptor;
  readonly nested: boolean;
  readonly platform?: Platform;
}

/**
 * Reads a manifest or index (image-spec manifest.md and image-index.md, Docker's schema 2). The body's own `mediaType`
 * decides, then its shape, then the HTTP `contentType`. A body that could be read as both an image and an index is
 * refused (CVE-2021-41190). Never throws.
 */
export function parseManifest(body: string, contentType = ''): Manifest {
  const json = parseJson(body);
  if (json === undefined) return { kind: 'unreadable' };
  if (!isObject(json)) return invalid('the manifest is no JSON object');
  const declared = member(json, 'mediaType');
  const mediaType = readWord(declared ?? '');
  if (mediaType === undefined) return invalid('the manifest has a broken media type');
  const claimed = mediaTypeKind(mediaType);
  const isIndex = Object.hasOwn(json, 'manifests');
  const isImage = Object.hasOwn(json, 'layers') || Object.hasOwn(json, 'config');
  if (isIndex && isImage) return invalid('the manifest is an index and an image at once');
  if (claimed === 'legacy' || looksLegacy(json, mediaType, contentType)) return { kind: 'legacy' };
  if (claimed === 'other' && mediaType !== '')
    return invalid(`the manifest is of the kind ${mediaType}, not a container image`);
  if (claimed === 'index' || (mediaType === '' && isIndex)) return isIndex ? readIndex(json) : mismatch;
  if (claimed === 'image' || isImage) return isIndex ? mismatch : readImage(json);
  return invalid('the manifest is neither an image nor an index');
}

const invalid = (why: string): Manifest => ({ kind: 'invalid', why });

const mismatch = invalid('the manifest says one media type and holds another');

function looksLegacy(json: JsonObject, mediaType: string, contentType: string): boolean {
  if (mediaType !== '' || member(json, 'schemaVersion') === 2) return false;
  const claimed = mediaTypeKind(contentType.split(';')[0]?.trim() ?? '');
  return member(json, 'schemaVersion') === 1 || Object.hasOwn(json, 'fsLayers') || claimed === 'legacy';
}

/** More entries than any index in use has; keeps a hostile one from costing time. */
const maxEntries = 1000;

function readIndex(json: JsonObject): Manifest {
  const manifests = member(json, 'manifests');
  if (!isArray(manifests)) return invalid('the index is broken: "manifests" is no list');
  if (manifests.length > maxEntries) return invalid(`the index has more than ${maxEntries} entries`);
  if (member(json, 'artifactType') !== undefined)
    return invalid('an index of artifacts, not of container images');
  if (manifests.length === 0) return invalid('the index has no entry');
  const entries: IndexEntry[] = [];
  for (const item of manifests) {
    const descriptor = readDescriptor(item);
    if (descriptor === undefined) return invalid('the index has a broken entry');
    const entry = readEntry(item, descriptor);
    if (entry !== undefined) entries.push(entry);
  }
  if (entries.length > 0) return { kind: 'index', entries };
  const attested = manifests.some(isAttestation);
  return invalid(`the index lists only ${attested ? 'attestations' : 'things that no node can run'}`);
}

/** `undefined` for what container runtimes skip: attestations, artifacts, unknown media types and unknown platforms. */
function readEntry(item: Json, descriptor: Descriptor): IndexEntry | undefined {
  const kind: MediaTypeKind = descriptor.mediaType === '' ? 'image' : mediaTypeKind(descriptor.mediaType);
  if (kind !== 'image' && kind !== 'index') return undefined;
  if (member(item, 'artifactType') !== undefined || isAttestation(item)) return undefined;
  const platform = readPlatform(member(item, 'platform'));
  const nested = kind === 'index';
  switch (platform.kind) {
    case 'platform':
      return { descriptor, nested, platform: platform.platform };
    case 'unspecified':
      return { descriptor, nested };
    case 'unknown':
      return undefined;
  }
}

/** moby/buildkit util/attestation/types.go `DockerAnnotationReferenceType`. */
const isAttestation = (item: Json): boolean =>
  member(member(item, 'annotations'), 'vnd.docker.reference.type') !== undefined;

function readImage(json: JsonObject): Manifest {
  const config = readDescriptor(member(json, 'config'));
  const layers = member(json, 'layers');
  if (config === undefined) return invalid('the manifest has no valid config');
  if (layers !== undefined && !isArray(layers)) return invalid('the manifest is broken: "layers" is no list');
  const artifact = artifactKind(json, config, layers ?? []);
  return artifact === undefined ? { kind: 'image', config } : invalid(`${artifact}, not a container image`);
}

/** What else than a container image the manifest stands for, in words; `undefined` for a container image. */
function artifactKind(json: JsonObject, config: Descriptor, layers: readonly Json[]): string | undefined {
  if (config.mediaType.startsWith('application/vnd.cncf.helm.')) return 'a Helm chart';
  const types = layers.map(layer => readWord(member(layer, 'mediaType') ?? '') ?? '');
  if (types.some(type => type.startsWith('application/vnd.dev.cosign.'))) return 'a signature';
  if (types.some(type => type === 'application/vnd.in-toto+json')) return 'an attestation';
  if (config.mediaType.includes('wasm')) return 'a WebAssembly module';
  const artifactType = member(json, 'artifactType');
  if (artifactType !== undefined) return `an artifact of the kind ${readWord(artifactType) ?? 'unknown'}`;
  const isImage = config.mediaType === '' || mediaTypeKind(config.mediaType) === 'config';
  return isImage ? undefined : `an artifact of the kind ${config.mediaType}`;
}
