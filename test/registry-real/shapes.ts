import type { ImageDescription } from '../../demo/content';

const both = ['linux/amd64', 'linux/arm64'];
const plain = { form: 'docker image', platforms: ['linux/amd64'] } as const;

/** One image of each shape that registries hold, in repositories that both docker.io and a private host may have. */
export const shapes: readonly (ImageDescription & { readonly shape: string })[] = [
  { shape: 'Docker list', repository: 'istio/pilot', tag: '1.15.0', form: 'docker list', platforms: both },
  {
    shape: 'Docker list with variants',
    repository: 'istio/app',
    tag: '1.15.0',
    form: 'docker list',
    platforms: ['linux/amd64', 'linux/arm/v7', 'linux/arm64/v8', 'linux/s390x'],
  },
  { shape: 'OCI index', repository: 'istio/proxyv2', tag: '1.16.0', form: 'oci index', platforms: both },
  {
    shape: 'OCI index with attestations',
    repository: 'resf/istio/pilot',
    tag: '1.14.1',
    form: 'oci index',
    platforms: both,
    attested: true,
  },
  { shape: 'single Docker image', repository: 'istio/pilot', tag: '1.14.1', ...plain },
  {
    shape: 'single OCI image',
    repository: 'istio/operator',
    tag: '1.14.1',
    form: 'oci image',
    platforms: ['linux/arm64/v8'],
  },
  {
    shape: 'image without architecture',
    repository: 'istio/odd',
    tag: 'nowhere',
    form: 'docker image',
    platforms: [],
  },
  { shape: 'empty index', repository: 'istio/odd', tag: 'empty', form: 'oci index', platforms: [] },
];

/** `istio/pilot:1.15.0`: the name of an image below its registry. */
export const nameOf = ({ repository, tag }: ImageDescription): string => `${repository}:${tag}`;
