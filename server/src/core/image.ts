/** A container image reference in its normal form: `docker.io/istio/pilot:1.14.1` for `istio/pilot:1.14.1`. */
export interface ImageReference {
  /** The registry's host with its port: `docker.io`, `localhost:5000`. */
  readonly registry: string;
  /** The path below the registry: `istio/pilot`. */
  readonly repository: string;
  /** As written; where neither a tag nor a digest is written, `latest` is meant. */
  readonly tag?: string;
  /** `sha256:…`; decides what is fetched, also where a tag is given. */
  readonly digest?: string;
}

/** `why` is a clause that can follow "is not an image name:". */
export type ParsedImage =
  | { readonly kind: 'image'; readonly image: ImageReference }
  | { readonly kind: 'invalid'; readonly why: string };

/**
 * Reads an image name as Docker and Kubernetes do (distribution/reference normalize.go `ParseNormalizedNamed`), in
 * linear time. Never throws. A registry that is not a host name is an error, although the Go library lets it pass.
 */
export function parseImage(text: string): ParsedImage {
  const why = notAnImageName(text);
  if (why !== undefined) return invalid(why);
  const { registry, rest } = splitRegistry(text);
  const at = rest.indexOf('@');
  const name = at < 0 ? rest : rest.slice(0, at);
  const colon = name.indexOf(':');
  const path = colon < 0 ? name : name.slice(0, colon);
  const tag = colon < 0 ? undefined : name.slice(colon + 1);
  const digest = at < 0 ? undefined : rest.slice(at + 1);
  const wrong =
    wrongRegistry(registry) ??
    wrongPath(path) ??
    (tag === undefined ? undefined : wrongTag(tag)) ??
    (digest === undefined ? undefined : wrongDigest(digest));
  if (wrong !== undefined) return invalid(wrong);
  const repository = registry === dockerHub && !path.includes('/') ? `library/${path}` : path;
  if (repository.length > 255) return invalid('the repository is longer than 255 characters');
  const image = { registry, repository, ...(tag && { tag }), ...(digest && { digest }) };
  return { kind: 'image', image };
}

/** The full name of what is pulled: the digest where there is one (the tag then decides nothing), else the tag. */
export function formatImage({ registry, repository, tag, digest }: ImageReference): string {
  return `${registry}/${repository}${digest === undefined ? `:${tag ?? 'latest'}` : `@${digest}`}`;
}

const dockerHub = 'docker.io';

const invalid = (why: string): ParsedImage => ({ kind: 'invalid', why });

/** The part before the first slash is a registry if it looks like a host; a name without a slash is on Docker Hub. */
function splitRegistry(text: string): { registry: string; rest: string } {
  const slash = text.indexOf('/');
  const head = text.slice(0, Math.max(slash, 0));
  const rest = text.slice(slash + 1);
  if (head === 'index.docker.io') return { registry: dockerHub, rest };
  const isHost = head === 'localhost' || /[.:A-Z]/.test(head);
  return isHost ? { registry: head, rest } : { registry: dockerHub, rest: text };
}

function notAnImageName(text: string): string | undefined {
  if (text === '') return 'it is empty';
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.exec(text)?.[0];
  if (scheme !== undefined) return `${scheme} does not belong in an image name`;
  if (/\{\{|\$[{(A-Za-z]/.test(text)) return 'it holds a placeholder that is not filled in';
  if (/\s/.test(text)) return 'it holds a space or a line break';
  const strange = /[^A-Za-z0-9._\-/:@[\]]/u.exec(text)?.[0];
  if (strange !== undefined) return `${nameOf(strange)} can't be part of an image name`;
  if (/^[0-9a-f]{64}$/.test(text)) return 'it is an image ID, not a name';
  return undefined;
}

const nameOf = (character: string): string =>
  /[!-~]/.test(character)
    ? `"${character}"`
    : `the character U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** distribution/reference regexp.go `domainAndPort`; written so that no input makes it backtrack. */
const hostPattern =
  /^(?:[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*(?:\.[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*)*|\[[A-Fa-f0-9:]+\])(?::[0-9]+)?$/;

function wrongRegistry(registry: string): string | undefined {
  if (hostPattern.test(registry)) return undefined;
  if (registry.includes('@')) return 'a user name does not belong before the registry';
  const port = /^[^:[\]]*:([^:]*)$/.exec(registry)?.[1];
  if (port === '') return 'the port after the registry is missing';
  if (port !== undefined && !/^[0-9]+$/.test(port))
    return `the registry's port "${cut(port)}" is not a number`;
  return `"${cut(registry)}" is not a registry's host name`;
}

const rightPath = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/;

function wrongPath(path: string): string | undefined {
  if (rightPath.test(path)) return undefined;
  if (path === '') return 'the repository is missing';
  if (/[A-Z]/.test(path)) return 'a repository has no upper-case letters';
  for (const component of path.split('/')) {
    if (component === '') return 'two slashes follow each other, or one stands at the end or the start';
    if (!/^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/.test(component))
      return `"${cut(component)}" must be lower-case letters and digits, with single ".", "_", "__" or dashes between them`;
  }
  return undefined;
}

function wrongTag(tag: string): string | undefined {
  if (/^\w[\w.-]{0,127}$/.test(tag)) return undefined;
  if (tag === '') return 'the tag after ":" is missing';
  if (tag.startsWith('.')) return "a tag can't start with a dot";
  if (tag.startsWith('-')) return "a tag can't start with a dash";
  if (tag.length > 128) return 'the tag is longer than 128 characters';
  const strange = /[^\w.-]/.exec(tag)?.[0] ?? '';
  return `"${strange}" can't be part of a tag`;
}

/** Hexadecimal digits of the digests that registries use (image-spec descriptor.md, "Registered Algorithms"). */
const digestLengths = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

function wrongDigest(digest: string): string | undefined {
  const [algorithm = '', hex = '', ...more] = digest.split(':');
  if (more.length > 0 || hex === '') return 'a digest reads sha256: and 64 hexadecimal digits';
  const length = digestLengths.get(algorithm);
  if (length === undefined) return `"${cut(algorithm)}" is not a known kind of digest`;
  if (!/^[0-9a-f]*$/.test(hex)) return 'a digest is written in the digits 0-9 and lower-case a-f';
  if (hex.length !== length) return `a ${algorithm} digest has ${length} digits, this one has ${hex.length}`;
  return undefined;
}

const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
