import { createCache } from './cache';
import type { Client } from './client';
import { accountOf } from './credential';
import { nearTags } from './nearTags';
import type { ListTags, Tags } from './tags';
import type { Target } from './target';

/**
 * A client that says which tags there are where a tag is not. That costs a request for each repository, so it is for what the
 * user has asked for, not for every text that is being typed. The list is used again for a minute.
 */
export function namingNearTags(client: Client, listTags: ListTags, now: () => number): Client {
  const lists = createCache<Tags>(100, now);
  const list = async (target: Target, signal: AbortSignal): Promise<Tags> => {
    const { endpoint, repository, stored } = target;
    const key = JSON.stringify([endpoint.root.href, repository, accountOf(stored)]);
    const known = lists.get(key) ?? (await listTags(target, signal));
    lists.set(key, known, minute);
    return known;
  };
  return async (target, signal) => {
    const found = await client(target, signal);
    const { tag = 'latest', digest } = target.image;
    if (found.kind !== 'absent' || found.what !== 'tag' || digest !== undefined) return found;
    const listed = await list(target, signal);
    const near = listed.kind === 'tags' ? nearTags(tag, listed.tags) : [];
    return near.length === 0 ? found : { ...found, why: `${found.why}; it has ${near.join(', ')}` };
  };
}

const minute = 60_000;
