import { isArray, isObject, member, parseJson } from '../core/json';
import type { HttpAnswer } from './http';
import type { Ended, Reader } from './reader';
import type { Target } from './target';
import { trouble } from './trouble';

/** The tags of a repository; `complete` unless there were more than are read. */
export type Tags =
  | { readonly kind: 'tags'; readonly tags: readonly string[]; readonly complete: boolean }
  | Ended;

/** Asks for the tags of a target's repository. Rejects only when `signal` is aborted. */
export type ListTags = (target: Target, signal: AbortSignal) => Promise<Tags>;

/**
 * Lists tags page by page (distribution-spec "Listing Tags"): at most 10 pages, 8 MiB and 50,000 tags, and as long as each page leads to a
 * new one of the same origin. Tags of signatures and attestations are left out, and what is no tag.
 */
export function createTags(read: Reader): ListTags {
  return async (target, signal) => {
    const tags = new Set<string>();
    const seen = new Set<string>();
    let left = mostBytes;
    for (let query = firstPage; seen.size < mostPages && left > 0; ) {
      seen.add(query);
      const wanted = { accept: 'application/json', maxBytes: left };
      const answer = await read(target, `tags/list${query}`, wanted, signal);
      if (answer.kind !== 'answer') {
        return answer.kind === 'trouble' && tags.size > 0 ? listed(tags, false) : answer;
      }
      left -= answer.body.length;
      const page = readPage(answer.body);
      if (page === undefined)
        return trouble(`${target.endpoint.name} sent something that is no list of tags`);
      for (const tag of page) {
        if (tags.size === mostTags) return listed(tags, false);
        if (isImageTag(tag)) tags.add(tag);
      }
      const next = nextQuery(answer, target);
      if (next === undefined || seen.has(next)) return listed(tags, next === undefined);
      query = next;
    }
    return listed(tags, false);
  };
}

const mostPages = 10;
const mostBytes = 8 * 1024 * 1024;
const mostTags = 50_000;

/** ECR refuses more than 1000 (go-containerregistry pkg/v1/remote/options.go). */
const firstPage = '?n=1000';

const listed = (tags: ReadonlySet<string>, complete: boolean): Tags => ({
  kind: 'tags',
  tags: [...tags],
  complete,
});

/** The tags of one page, and what stands between them; some registries say `null` where there is none. */
function readPage(body: Buffer): readonly unknown[] | undefined {
  const list = parseJson(body.toString('utf8'));
  if (!isObject(list)) return undefined;
  const tags = member(list, 'tags') ?? [];
  return isArray(tags) ? tags : undefined;
}

const isImageTag = (tag: unknown): tag is string =>
  typeof tag === 'string' && /^\w[\w.-]{0,127}$/.test(tag) && !/^sha256-[0-9a-f]{64}/.test(tag);

/**
 * The query of the page that `Link` names (RFC 8288). Nothing else of it counts: the page is of the same list, so that no
 * token goes anywhere else.
 */
function nextQuery({ header, strayed }: HttpAnswer, { endpoint: { root } }: Target): string | undefined {
  if (strayed) return undefined;
  for (const link of header('link')) {
    const [, text = ''] =
      /^[ \t,]*<([^<>]{1,2000})>[ \t]*;[ \t]*rel="?next"?[ \t]*(?:$|[,;])/i.exec(link) ?? [];
    if (text === '' || !URL.canParse(text, root.href)) continue;
    const next = new URL(text, root);
    if (next.origin === root.origin && next.search !== '') return next.search;
  }
  return undefined;
}
