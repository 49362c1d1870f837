import type { Content, ImageDescription } from './content';
import { buildImage } from './content';

/**
 * The images that the examples speak of, in the shapes in which they are published: releases before 1.15 are one
 * Docker manifest for linux/amd64, later ones a Docker list of linux/amd64 and linux/arm64 (istio/release-builder
 * `pkg/publish/docker.go`), and the community's builds of old releases are OCI indexes of both. The repositories of
 * docker.io and ghcr.io do not clash, so one server can stand for both.
 */
export function demoImages(): readonly ImageDescription[] {
  return publications.flatMap(({ hub, images, releases, variants, ...shape }) =>
    images.flatMap(image =>
      releases.flatMap(release =>
        variants.map(variant => ({
          repository: `${hub}/${image}`,
          tag: variant === '' ? release : `${release}-${variant}`,
          ...shape,
        })),
      ),
    ),
  );
}

/** One request that fills a registry: a blob, or a manifest under its tag or (children) under its digest. */
export interface Upload {
  readonly kind: 'blob' | 'manifest';
  readonly repository: string;
  readonly reference: string;
  readonly content: Content;
}

/** What to upload, in an order in which everything exists before it is referred to. */
export function* uploads(images: readonly ImageDescription[]): Generator<Upload> {
  for (const image of images) {
    const { top, children, blobs } = buildImage(image);
    const { repository, tag } = image;
    for (const content of blobs) yield { kind: 'blob', repository, reference: content.digest, content };
    for (const content of children)
      yield { kind: 'manifest', repository, reference: content.digest, content };
    yield { kind: 'manifest', repository, reference: tag, content: top };
  }
}

interface Publication extends Pick<ImageDescription, 'form' | 'platforms' | 'behind' | 'attested'> {
  readonly hub: string;
  readonly images: readonly string[];
  readonly releases: readonly string[];
  readonly variants: readonly string[];
}

/** Every patch release of a minor version up to the given one. */
const upTo = (...latest: readonly string[]): readonly string[] =>
  latest.flatMap(release => {
    const dot = release.lastIndexOf('.');
    return Array.from(
      { length: Number(release.slice(dot + 1)) + 1 },
      (_, patch) => `${release.slice(0, dot)}.${patch}`,
    );
  });

const amd64 = ['linux/amd64'];
const both = ['linux/amd64', 'linux/arm64'];

const publications: readonly Publication[] = [
  {
    hub: 'istio',
    images: ['pilot', 'proxyv2', 'install-cni', 'operator'],
    releases: upTo('1.9.9', '1.10.6', '1.11.8'),
    variants: ['', 'distroless'],
    form: 'docker image',
    platforms: amd64,
  },
  {
    hub: 'istio',
    images: ['pilot', 'proxyv2', 'install-cni', 'operator'],
    releases: upTo('1.12.9', '1.13.9', '1.14.6'),
    variants: ['', 'debug', 'distroless'],
    form: 'docker image',
    platforms: amd64,
  },
  {
    hub: 'istio',
    images: ['pilot', 'proxyv2', 'install-cni'],
    releases: upTo(
      ...[
        '1.15.7',
        '1.16.7',
        '1.17.8',
        '1.18.7',
        '1.19.10',
        '1.20.8',
        '1.21.6',
        '1.22.8',
        '1.23.6',
        '1.24.6',
      ],
      ...['1.25.5', '1.26.0', '1.30.0'],
    ),
    variants: ['', 'debug', 'distroless'],
    form: 'docker list',
    platforms: both,
  },
  {
    hub: 'istio',
    images: ['operator'],
    releases: upTo(
      ...['1.15.7', '1.16.7', '1.17.8', '1.18.7', '1.19.10', '1.20.8', '1.21.6', '1.22.8', '1.23.6'],
    ),
    variants: ['', 'debug', 'distroless'],
    form: 'docker list',
    platforms: both,
  },
  {
    hub: 'istio',
    images: ['ztunnel'],
    releases: upTo(
      ...[
        '1.18.7',
        '1.19.10',
        '1.20.8',
        '1.21.6',
        '1.22.8',
        '1.23.6',
        '1.24.6',
        '1.25.5',
        '1.26.0',
        '1.30.0',
      ],
    ),
    variants: ['', 'debug', 'distroless'],
    form: 'docker list',
    platforms: both,
  },
  {
    hub: 'resf/istio',
    images: ['pilot', 'proxyv2', 'operator', 'install-cni'],
    releases: [...upTo('1.11.8', '1.12.9', '1.13.9', '1.14.3'), '1.14.5'],
    variants: ['', 'distroless'],
    form: 'oci index',
    platforms: both,
    attested: true,
  },
  {
    hub: 'querycapistio',
    images: ['pilot', 'proxyv2', 'operator'],
    releases: ['1.10.2'],
    variants: ['', 'distroless'],
    form: 'oci index',
    platforms: both,
  },
  // A mirror whose indexes promise what is not there.
  {
    hub: 'example/mixed-up',
    images: ['pilot', 'proxyv2'],
    releases: ['1.24.2'],
    variants: [''],
    form: 'oci index',
    platforms: both,
    behind: { 'linux/arm64': 'linux/amd64' },
  },
  {
    hub: 'example/cleaned-up',
    images: ['pilot', 'proxyv2'],
    releases: ['1.24.2'],
    variants: [''],
    form: 'oci index',
    platforms: both,
    behind: { 'linux/arm64': 'nothing' },
  },
];
