import { isDigest } from '../core/descriptor';
import type { Known } from '../core/fact';
import type { HttpAnswer } from './http';
import type { Ended, Reader } from './reader';
import type { Target } from './target';

/** How it stands with a tag of which something is known. */
export type Standing =
  /** It leads to content whose platforms are known. */
  | { readonly kind: 'current'; readonly found: Known }
  /** Its manifest has to be fetched. `doubtful` if a `HEAD` says that there is none, which some registries say of all. */
  | { readonly kind: 'fetch'; readonly doubtful: boolean }
  | { readonly kind: 'ended'; readonly found: Ended };

/**
 * Asks by `HEAD` where a tag leads to now, which costs nobody anything: Docker Hub does not count it as a pull, and there is
 * no body. Registries whose `HEAD` is of no use are remembered. Rejects only when `signal` is aborted.
 */
export interface Revalidation {
  readonly ask: (target: Target, old: Known, signal: AbortSignal) => Promise<Standing>;
  /** A `HEAD` was wrong: what it did not find is there. */
  readonly wasWrong: (target: Target) => void;
}

export interface RevalidationOptions {
  readonly read: Reader;
  readonly accept: string;
  /** What is known of content that the target's endpoint has, by its digest. */
  readonly recall: (target: Target, digest: string) => Known | undefined;
  readonly now: () => number;
}

export function createRevalidation({ read, accept, recall, now }: RevalidationOptions): Revalidation {
  const useless = new Set<string>();
  return {
    async ask(target, old, signal) {
      const place = target.endpoint.root.href;
      if (useless.has(place)) return { kind: 'fetch', doubtful: false };
      const wanted = { accept, maxBytes: 0, method: 'HEAD', unless: old.digest } as const;
      const answer = await read(target, `manifests/${target.image.tag ?? 'latest'}`, wanted, signal);
      if (answer.kind !== 'answer') return { kind: 'ended', found: answer };
      if (answer.status === 304) return { kind: 'current', found: seenAgain(old, target, now()) };
      if (answer.status === 403 || answer.status === 404) return { kind: 'fetch', doubtful: true };
      const digest = answer.status === 200 ? digestIn(answer) : undefined;
      if (digest === undefined) useless.add(place);
      const known = digest === old.digest ? old : digest && recall(target, digest);
      return known
        ? { kind: 'current', found: seenAgain(known, target, now()) }
        : { kind: 'fetch', doubtful: false };
    },
    wasWrong: ({ endpoint }) => void useless.add(endpoint.root.href),
  };
}

/** What is known of content, said again by the target's endpoint. */
export function seenAgain({ old: _, ...known }: Known, { endpoint }: Target, now: number): Known {
  return { ...known, seen: now, by: endpoint.name };
}

/** distribution-spec "Pulling manifests"; the ETag of most registries is the digest too. */
function digestIn({ header }: HttpAnswer): string | undefined {
  const [named] = header('docker-content-digest');
  const [tag] = header('etag');
  return [named, tag?.replace(/^(?:W\/)?"(.*)"$/, '$1')].find(text => text !== undefined && isDigest(text));
}
