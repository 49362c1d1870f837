import type { Depth, Fact, Known, Wanted } from '../core/fact';
import { formatImage, type ImageReference } from '../core/image';
import { areChecksFresh, withEarlierChecks, withoutNewChecks } from './carriedChecks';
import type { Found } from './client';
import { accountOf, type Credentials } from './credential';
import { type Endpoint, repositoryAt } from './endpoint';
import { type Answered, freshnessOf, type Memory } from './memory';
import { pauseAfter } from './pauses';
import type { Target } from './target';

/** The endpoints that are asked for an image, in their order. */
export type Route = readonly [Endpoint, ...Endpoint[]];

/** The account that each endpoint was asked for. */
export type Accounts = ReadonlyMap<Endpoint, string>;

/** What endpoints have said of images, each answer for the accounts that it was given to. */
export interface Answers {
  /** What is known now; `pending` where that is nothing, or too old to be shown. */
  readonly peek: (image: ImageReference, depth: Depth, route: Route) => Fact;
  /**
   * Keeps what was found, under the digest as well where that is now known; an old answer outlives trouble. What was found for
   * an account that is no longer the user's is dropped.
   */
  readonly keep: (wanted: Wanted, found: Found, route: Route, accounts: Accounts) => void;
  /** What was last known of an image, however long ago. */
  readonly before: (image: ImageReference, route: Route) => Known | undefined;
  /** What the endpoint of a target has said of this very content, to the same account. It never changes. */
  readonly recall: (target: Target, digest: string) => Known | undefined;
}

export interface AnswersOptions {
  readonly memory: Memory;
  readonly credentials: Credentials;
  readonly now: () => number;
}

export function createAnswers({ memory, credentials, now }: AnswersOptions): Answers {
  const oldOnes = new WeakMap<Known, Known>();
  /** The same fact, marked as old; the same value each time, so that whoever asked before sees that nothing has changed. */
  const asOld = (fact: Known): Known => {
    const old = oldOnes.get(fact) ?? { ...fact, old: true };
    oldOnes.set(fact, old);
    return old;
  };

  /** The key of an answer, which names whom it was asked of and for whom; `undefined` until the latter is known. */
  const keyOf = (image: ImageReference, route: readonly Endpoint[]): string | undefined => {
    const accounts: string[] = [];
    for (const endpoint of route) {
      const stored = credentials.peek(endpoint.credentials, repositoryAt(endpoint, image.repository));
      if (stored === undefined) return undefined;
      accounts.push(accountOf(stored));
    }
    return formatKey(route, accounts, image);
  };

  const areStill = (accounts: Accounts, { repository }: ImageReference): boolean =>
    [...accounts].every(([endpoint, account]) => {
      const stored = credentials.peek(endpoint.credentials, repositoryAt(endpoint, repository));
      return stored !== undefined && accountOf(stored) === account;
    });

  const byDigest = (image: ImageReference, route: Route): Known | undefined => {
    if (image.digest === undefined || route.length === 1) return undefined;
    for (const endpoint of route) {
      const key = keyOf(image, [endpoint]);
      const fact = key === undefined ? undefined : memory.get(key)?.fact;
      if (fact?.kind === 'known') return fact;
    }
    return undefined;
  };

  return {
    peek(image, depth, route) {
      const key = keyOf(image, route);
      const remembered = key === undefined ? undefined : memory.get(key);
      if (remembered === undefined) {
        const elsewhere = depth === 'index' ? byDigest(image, route) : undefined;
        return elsewhere ?? pendingFact;
      }
      const { fact, notBefore = 0 } = remembered;
      if (depth === 'images' && !areChecksFresh(remembered, now())) return pendingFact;
      switch (freshnessOf(remembered, image.digest !== undefined, now())) {
        case 'fresh':
          return fact;
        case 'old':
          return fact.kind === 'known' && now() >= notBefore ? asOld(fact) : fact;
        case 'gone':
          return pendingFact;
      }
    },
    keep({ image, depth }, found, route, accounts) {
      const key = keyOf(image, route);
      if (key === undefined || !areStill(accounts, image)) return;
      const before = memory.get(key);
      const { registry, repository } = image;
      const by = found.kind === 'known' && route.find(({ name }) => name === found.by);
      const content = by && keyOf({ registry, repository, digest: found.digest }, [by]);
      const fact = withEarlierChecks(answered(found, now()), before, memory.get(content || key));
      const outlives = before !== undefined && fact.kind === 'unreachable' && before.fact.kind === 'known';
      if (outlives && freshnessOf(before, image.digest !== undefined, now()) !== 'gone') {
        const kept = depth === 'images' ? withoutNewChecks(before.fact, fact.why) : before.fact;
        memory.set(key, { fact: kept, stored: now(), notBefore: fact.retryAt });
        return;
      }
      memory.set(key, { fact, stored: now() });
      if (content && content !== key) memory.set(content, { fact, stored: now() });
    },
    before(image, route) {
      const key = keyOf(image, route);
      const fact = key === undefined ? undefined : memory.get(key)?.fact;
      return fact?.kind === 'known' ? fact : undefined;
    },
    recall({ endpoint, image: { registry, repository }, stored }, digest) {
      const key = formatKey([endpoint], [accountOf(stored)], { registry, repository, digest });
      const fact = memory.get(key)?.fact;
      return fact?.kind === 'known' ? fact : undefined;
    },
  };
}

// The same value each time, so that whoever asked before can see that nothing has changed.
const pendingFact: Fact = { kind: 'pending' };

/** A route is told by its API roots and the repositories there. */
function formatKey(route: readonly Endpoint[], accounts: readonly string[], image: ImageReference): string {
  const places = route.map(endpoint => [endpoint.root.href, repositoryAt(endpoint, image.repository)]);
  return JSON.stringify([places, accounts, formatImage(image)]);
}

const answered = (found: Found, now: number): Answered =>
  found.kind === 'trouble'
    ? { kind: 'unreachable', why: found.why, retryAt: now + pauseAfter(found) }
    : found;
