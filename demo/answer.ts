import type { Content, ImageDescription } from './content';
import { mediaTypes } from './content';
import type { Repository } from './store';
import { createStore } from './store';
import { createTokens, tokenService } from './tokens';

export interface Question {
  readonly method: string;
  /** `http://127.0.0.1:PORT`, where the token server is found too. */
  readonly origin: string;
  /** The request's target as sent: path and query. */
  readonly path: string;
  readonly headers: {
    readonly accept?: string | undefined;
    readonly authorization?: string | undefined;
    readonly 'if-none-match'?: string | undefined;
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
}

/**
 * What a registry answers (OCI distribution-spec `spec.md`; where that leaves room, as CNCF Distribution 2.8 does).
 * With `auth`, every path but the token server's needs a token, and unknown repositories look like private ones.
 */
export function createAnswerer(
  images: readonly ImageDescription[],
  auth: boolean,
): (question: Question) => Answer {
  const open = createStore(images);
  const tokens = createTokens(name => open(name) !== undefined);
  return ({ method, origin, path, headers }) => {
    if (method !== 'GET' && method !== 'HEAD')
      return refuse(405, 'UNSUPPORTED', 'This registry is read-only.');
    const [pathname = '', query] = path.split('?', 2);
    const searchParams = new URLSearchParams(query);
    if (pathname === '/token') return json(200, tokens.issue(searchParams.getAll('scope')));
    if (pathname === '/v2/' || pathname === '/v2') {
      const granted = !auth || tokens.judge(headers.authorization, undefined) === 'granted';
      return granted ? json(200, {}) : challenge(origin, undefined);
    }
    const [, name, kind, reference] = /^\/v2\/(.+)\/(manifests|blobs|tags)\/([^/]+)$/.exec(pathname) ?? [];
    if (name === undefined || reference === undefined)
      return refuse(404, 'UNSUPPORTED', 'There is no such path.');
    if (auth) {
      const worth = tokens.judge(headers.authorization, name);
      if (worth !== 'granted') return challenge(origin, name, worth);
    }
    const repository = open(name);
    if (repository === undefined)
      return refuse(404, 'NAME_UNKNOWN', 'repository name not known to registry', { name });
    if (kind === 'manifests') return manifest(repository, reference, headers);
    if (kind === 'blobs') return blob(repository, reference);
    if (reference === 'list') return tagList(name, repository, searchParams);
    return refuse(404, 'UNSUPPORTED', 'There is no such path.');
  };
}

function manifest(repository: Repository, reference: string, headers: Question['headers']): Answer {
  const found = repository.manifest(reference);
  if (found === undefined) return refuse(404, 'MANIFEST_UNKNOWN', 'manifest unknown', { reference });
  const accepted = new Set((headers.accept ?? '').split(',').map(type => (type.split(';')[0] ?? '').trim()));
  let served = found;
  if (!accepted.has(found.mediaType)) {
    // Distribution never turns OCI manifests into anything else, and `*/*` does not count as accepting them.
    const name = { [mediaTypes['oci index']]: 'OCI index', [mediaTypes['oci image']]: 'OCI manifest' }[
      found.mediaType
    ];
    if (name !== undefined) {
      const plural = name === 'OCI index' ? 'OCI indexes' : 'OCI manifests';
      const message = `${name} found, but accept header does not support ${plural}`;
      return refuse(404, 'MANIFEST_UNKNOWN', message);
    }
    // It answers clients that know no lists with the list's linux/amd64 image.
    if (!reference.includes(':')) served = defaultImage(found, repository) ?? found;
  }
  const identity = { 'Docker-Content-Digest': served.digest, ETag: `"${served.digest}"` };
  const known = (headers['if-none-match'] ?? '').split(',').map(tag => tag.trim());
  if (known.includes(`"${served.digest}"`) || known.includes(served.digest))
    // RFC 9110 15.4.5 asks for the ETag here, but Distribution 2.8 sends none: clients must not count on it.
    return { status: 304, headers: {}, body: nothing };
  return { status: 200, headers: { 'Content-Type': served.mediaType, ...identity }, body: served.bytes };
}

/** The linux/amd64 entry of a Docker list; `undefined` for anything else. */
function defaultImage(list: Content, repository: Repository): Content | undefined {
  if (list.mediaType !== mediaTypes['docker list']) return undefined;
  const { manifests }: { manifests: { digest: string; platform: { os: string; architecture: string } }[] } =
    JSON.parse(list.bytes.toString());
  const entry = manifests.find(
    ({ platform }) => platform.os === 'linux' && platform.architecture === 'amd64',
  );
  return entry === undefined ? undefined : repository.manifest(entry.digest);
}

function blob(repository: Repository, digest: string): Answer {
  const found = repository.blob(digest);
  if (found === undefined) return refuse(404, 'BLOB_UNKNOWN', 'blob unknown to registry', { digest });
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Docker-Content-Digest': found.digest,
      ETag: `"${found.digest}"`,
      'Cache-Control': 'max-age=31536000',
    },
    body: found.bytes,
  };
}

/** One page of tags: `n` of them after `last`, with a link to the next page where there is one. */
function tagList(name: string, repository: Repository, query: URLSearchParams): Answer {
  const last = query.get('last') ?? '';
  const rest = repository.tags().filter(tag => tag > last);
  const count = Number(query.get('n') ?? rest.length);
  if (!Number.isInteger(count) || count < 0)
    return refuse(400, 'PAGINATION_NUMBER_INVALID', 'invalid number of results requested');
  const tags = rest.slice(0, count);
  const end = tags.at(-1);
  const answer = json(200, { name, tags });
  if (end === undefined || tags.length === rest.length) return answer;
  const next = `/v2/${name}/tags/list?${new URLSearchParams({ last: end, n: String(count) })}`;
  return { ...answer, headers: { ...answer.headers, Link: `<${next}>; rel="next"` } };
}

/** RFC 6750 section 3: how to get a token, and what was wrong with the one that was sent. */
function challenge(origin: string, repository: string | undefined, worth = 'none'): Answer {
  const parts = [`realm="${origin}/token"`, `service="${tokenService}"`];
  if (repository !== undefined) parts.push(`scope="repository:${repository}:pull"`);
  if (worth === 'wrong scope') parts.push('error="insufficient_scope"');
  const answer = refuse(401, 'UNAUTHORIZED', 'authentication required');
  return { ...answer, headers: { ...answer.headers, 'WWW-Authenticate': `Bearer ${parts.join(',')}` } };
}

const refuse = (status: number, code: string, message: string, detail: unknown = null): Answer =>
  json(status, { errors: [{ code, message, detail }] });

const nothing = Buffer.alloc(0);

const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: Buffer.from(JSON.stringify(value)),
});
