import type { Content, ImageContent, ImageDescription } from './content';
import { buildImage } from './content';

/** What one repository holds. */
export interface Repository {
  /** In lexical order. */
  readonly tags: () => readonly string[];
  /** The manifest under a tag or a digest. */
  readonly manifest: (reference: string) => Content | undefined;
  readonly blob: (digest: string) => Content | undefined;
}

/** Finds a repository by its path. An image's bytes are made when they are first asked for. */
export function createStore(images: readonly ImageDescription[]): (name: string) => Repository | undefined {
  const repositories = new Map<string, Map<string, ImageDescription>>();
  for (const image of images) {
    const tags = repositories.get(image.repository) ?? new Map<string, ImageDescription>();
    repositories.set(image.repository, tags.set(image.tag, image));
  }
  const built = new Map<ImageDescription, ImageContent>();
  const contentOf = (image: ImageDescription) => {
    const content = built.get(image) ?? buildImage(image);
    built.set(image, content);
    return content;
  };
  return name => {
    const tags = repositories.get(name);
    return tags === undefined ? undefined : openRepository(tags, contentOf, image => built.has(image));
  };
}

function openRepository(
  tags: ReadonlyMap<string, ImageDescription>,
  contentOf: (image: ImageDescription) => ImageContent,
  isBuilt: (image: ImageDescription) => boolean,
): Repository {
  const find = (digest: string, partsOf: (content: ImageContent) => readonly Content[]) => {
    // A client asks by digest for what it saw under a tag, so images that were made already come first.
    const all = [...tags.values()];
    for (const image of [...all.filter(isBuilt), ...all.filter(image => !isBuilt(image))]) {
      const found = partsOf(contentOf(image)).find(content => content.digest === digest);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    tags: () => [...tags.keys()].sort(),
    manifest: reference => {
      if (reference.includes(':')) return find(reference, ({ top, children }) => [top, ...children]);
      const image = tags.get(reference);
      return image === undefined ? undefined : contentOf(image).top;
    },
    blob: digest => find(digest, ({ blobs }) => blobs),
  };
}
