import { createHash } from 'node:crypto';

/** The wire shapes that real registries hold: one manifest, or a list of manifests, in either vocabulary. */
export type Form = 'docker image' | 'docker list' | 'oci image' | 'oci index';

/** What one tag holds. */
export interface ImageDescription {
  /** The path below the registry: `istio/pilot`. */
  readonly repository: string;
  readonly tag: string;
  readonly form: Form;
  /** `os/architecture[/variant]`; for a single image the first one counts, and none means that its config has none. */
  readonly platforms: readonly string[];
  /** What is behind an entry of an index instead of an image for its platform: one for another platform, or nothing. */
  readonly behind?: Readonly<Record<string, 'nothing' | (string & {})>>;
  /** Whether each platform has a provenance entry beside it, as `docker buildx build` writes them. */
  readonly attested?: boolean;
}

/** Bytes with their `sha256:…` digest and media type. */
export interface Content {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

/** Everything that a registry holds for one tag: what the tag leads to, then what that refers to. */
export interface ImageContent {
  readonly top: Content;
  readonly children: readonly Content[];
  readonly blobs: readonly Content[];
}

export const mediaTypes = {
  'docker image': 'application/vnd.docker.distribution.manifest.v2+json',
  'docker list': 'application/vnd.docker.distribution.manifest.list.v2+json',
  'oci image': 'application/vnd.oci.image.manifest.v1+json',
  'oci index': 'application/vnd.oci.image.index.v1+json',
} as const;

/**
 * The bytes of an image, the same on every call and every machine. Entries of a Docker list are Docker manifests and
 * entries of an OCI index are OCI manifests. Every image has the same empty layer.
 */
export function buildImage(description: ImageDescription): ImageContent {
  const { form, platforms, behind = {} } = description;
  if (form === 'docker image' || form === 'oci image') {
    const image = buildManifest(description, form, platforms[0]);
    return { top: image.manifest, children: [], blobs: image.blobs };
  }
  const childForm = form === 'docker list' ? 'docker image' : 'oci image';
  const images = platforms.map(platform => ({
    platform,
    ...buildManifest(description, childForm, actualOf(behind[platform]) ?? platform),
  }));
  const attestations = description.attested === true ? images.map(image => attest(image.manifest)) : [];
  const top = json(mediaTypes[form], {
    schemaVersion: 2,
    mediaType: mediaTypes[form],
    manifests: [
      ...images.map(image => ({ ...describe(image.manifest), platform: platformFields(image.platform) })),
      ...attestations.map(attestation => ({
        ...describe(attestation.manifest),
        annotations: {
          'vnd.docker.reference.digest': attestation.subject,
          'vnd.docker.reference.type': 'attestation-manifest',
        },
        platform: { architecture: 'unknown', os: 'unknown' },
      })),
    ],
  });
  const all = [...images.filter(({ platform }) => behind[platform] !== 'nothing'), ...attestations];
  return { top, children: all.map(child => child.manifest), blobs: all.flatMap(child => child.blobs) };
}

const actualOf = (behind: string | undefined): string | undefined =>
  behind === 'nothing' ? undefined : behind;

interface Built {
  readonly manifest: Content;
  readonly blobs: readonly Content[];
}

type SingleForm = Extract<Form, 'docker image' | 'oci image'>;

function buildManifest(image: ImageDescription, form: SingleForm, platform: string | undefined): Built {
  const config = json(
    form === 'docker image'
      ? 'application/vnd.docker.container.image.v1+json'
      : 'application/vnd.oci.image.config.v1+json',
    {
      created: '2022-06-01T00:00:00Z',
      ...(platform === undefined ? {} : platformFields(platform)),
      config: { Labels: { name: image.repository, version: image.tag } },
      rootfs: {
        type: 'layers',
        diff_ids: ['sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef'],
      },
      history: [{ created: '2022-06-01T00:00:00Z', created_by: 'COPY / /' }],
    },
  );
  const layer = content(
    form === 'docker image'
      ? 'application/vnd.docker.image.rootfs.diff.tar.gzip'
      : 'application/vnd.oci.image.layer.v1.tar+gzip',
    emptyLayer,
  );
  return manifestOf(form, config, [describe(layer)], [config, layer]);
}

/** Provenance of a manifest, in the shape of buildkit's attestation storage (docs/attestations/attestation-storage.md). */
function attest(subject: Content): Built & { readonly subject: string } {
  const statement = json('application/vnd.in-toto+json', {
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: 'https://slsa.dev/provenance/v0.2',
    subject: [{ name: 'image', digest: { sha256: subject.digest.slice('sha256:'.length) } }],
    predicate: {},
  });
  const config = json('application/vnd.oci.image.config.v1+json', {
    architecture: 'unknown',
    os: 'unknown',
    config: {},
    rootfs: { type: 'layers', diff_ids: [statement.digest] },
  });
  const layer = {
    ...describe(statement),
    annotations: { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v0.2' },
  };
  return { subject: subject.digest, ...manifestOf('oci image', config, [layer], [config, statement]) };
}

function manifestOf(
  form: SingleForm,
  config: Content,
  layers: readonly object[],
  blobs: readonly Content[],
): Built {
  const mediaType = mediaTypes[form];
  return {
    manifest: json(mediaType, { schemaVersion: 2, mediaType, config: describe(config), layers }),
    blobs,
  };
}

/** A gzipped tar archive without files: the layer that Docker itself used for steps that change nothing. */
const emptyLayer = Buffer.from('1f8b080000096e8800ff621805a360148c5800080000ffff2eafb5ef00040000', 'hex');

function platformFields(platform: string): object {
  const [os, architecture, variant] = platform.split('/');
  return { architecture, os, ...(variant === undefined ? {} : { variant }) };
}

const describe = ({ mediaType, digest, bytes }: Content) => ({ mediaType, digest, size: bytes.length });

const json = (mediaType: string, value: object): Content =>
  content(mediaType, Buffer.from(JSON.stringify(value)));

function content(mediaType: string, bytes: Buffer): Content {
  return { mediaType, bytes, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
}
