import { mayTellMore } from '../core/children';
import type { Descriptor } from '../core/descriptor';
import type { ChildCheck, Known } from '../core/fact';
import { type IndexEntry, parseManifest } from '../core/manifest';
import { readableManifests } from '../core/mediaType';
import { formatPlatform, type Platform } from '../core/platform';
import { parseConfig } from '../core/platformObject';
import { settledChecks } from './carriedChecks';
import type { Children, ListedChild } from './children';
import { digestOf, inlineContent, isContent } from './digest';
import type { Limits } from './limits';
import type { Ended, Reader } from './reader';
import { createRevalidation, seenAgain } from './revalidate';
import type { Target } from './target';
import { trouble } from './trouble';

/** What one lookup found out, or the trouble that kept it from doing so. */
export type Found = Known | Ended;

/** Asks a registry for the platforms of an image. Rejects only when `signal` is aborted. */
export type Client = (target: Target, signal: AbortSignal) => Promise<Found>;

export interface ClientOptions {
  readonly read: Reader;
  readonly children: Children;
  /** What is known of content that the target's endpoint has, by its digest. */
  readonly recall: (target: Target, digest: string) => Known | undefined;
  readonly limits: Limits;
  readonly now: () => number;
}

type Platforms = { readonly kind: 'platforms'; readonly platforms: readonly Platform[] };

/** One lookup: where, and what it has spent so far. */
interface Lookup {
  readonly target: Target;
  readonly signal: AbortSignal;
  readonly seen: Set<string>;
  /** The images that an index lists with their platforms, and those that were read for theirs. */
  readonly listed: ListedChild[];
  readonly agreed: ChildCheck[];
}

export function createClient({ read, children, recall, limits, now }: ClientOptions): Client {
  const manifests = { accept: readableManifests().join(', '), maxBytes: limits.manifestBytes };
  const configs = { accept: '*/*', maxBytes: limits.configBytes };
  const revalidation = createRevalidation({ read, accept: manifests.accept, recall, now });

  const getManifest = async (lookup: Lookup, reference: string, nesting: number): Promise<Found> => {
    const { endpoint } = lookup.target;
    const before = nesting === 0 ? revalidated(lookup.target) : undefined;
    const wanted = { ...manifests, ...(before && { unless: before.digest }) };
    const answer = await read(lookup.target, `manifests/${reference}`, wanted, lookup.signal);
    if (answer.kind !== 'answer') return answer;
    if (before !== undefined && answer.status === 304) return seenAgain(before, lookup.target, now());
    const isDigest = reference.includes(':');
    const digest = digestOf(answer.body, isDigest ? reference : 'sha256:');
    if (isDigest && digest !== reference)
      return trouble(`${endpoint.name} sent other content than the digest names`);
    const manifest = parseManifest(answer.body.toString('utf8'), answer.header('content-type')[0]);
    switch (manifest.kind) {
      case 'unreadable':
        return trouble(`${endpoint.name} sent something that is no manifest (a sign-in page, or a proxy?)`);
      case 'legacy':
        return {
          kind: 'invalid',
          why: 'it is in the schema 1 format, which container runtimes no longer accept',
        };
      case 'invalid':
        return manifest;
      case 'image':
        return itself(lookup, withDigest(lookup.target, await fromConfig(lookup, manifest.config), digest));
      case 'index':
        return withDigest(lookup.target, await fromIndex(lookup, manifest.entries, nesting), digest);
    }
  };

  const fromIndex = async (
    lookup: Lookup,
    entries: readonly IndexEntry[],
    nesting: number,
  ): Promise<Platforms | Ended> => {
    const platforms: Platform[] = [];
    let found = false;
    let silent = false;
    for (const { descriptor, nested, platform } of entries) {
      if (platform !== undefined && !nested) {
        platforms.push(platform);
        lookup.listed.push({ platform, descriptor });
        continue;
      }
      if (lookup.seen.has(descriptor.digest)) continue;
      lookup.seen.add(descriptor.digest);
      if (lookup.seen.size > limits.extraManifests || nesting >= limits.nesting)
        return trouble('the index leads to too many further manifests');
      const child = await getManifest(lookup, descriptor.digest, nesting + 1);
      if (child.kind === 'trouble' || child.kind === 'denied') return child;
      if (child.kind !== 'known') continue;
      found = true;
      silent ||= child.platforms.length === 0;
      platforms.push(...child.platforms);
    }
    if (!found && platforms.length === 0)
      return { kind: 'invalid', why: 'the index lists nothing that a node can pull' };
    return { kind: 'platforms', platforms: silent ? [] : platforms };
  };

  const fromConfig = async (lookup: Lookup, config: Descriptor): Promise<Platforms | Ended> => {
    const { endpoint } = lookup.target;
    const inline = inlineContent(config);
    if (inline !== undefined) return platformsOf(inline);
    if (config.size > limits.configBytes) return trouble('the config of the image is too long to be read');
    const answer = await read(lookup.target, `blobs/${config.digest}`, configs, lookup.signal);
    if (answer.kind === 'absent') return trouble(`${endpoint.name} has the image, but not its config`);
    if (answer.kind !== 'answer') return answer;
    if (!isContent(answer.body, config))
      return trouble(`${endpoint.name} sent a config that does not match its digest`);
    return platformsOf(answer.body);
  };

  const withDigest = ({ endpoint }: Target, found: Platforms | Ended, digest: string): Found =>
    found.kind === 'platforms'
      ? { kind: 'known', platforms: distinct(found.platforms), digest, seen: now(), by: endpoint.name }
      : found;

  /** A single image is what it says of itself; behind an index that is looked at only where it is wanted. */
  const withChecks = async ({ target, signal, listed, agreed }: Lookup, found: Found): Promise<Found> => {
    if (found.kind !== 'known' || found.checked !== undefined) return found;
    const settled = settledChecks(found.digest, target.before, recall(target, found.digest));
    if (settled !== undefined) return { ...found, checked: settled };
    if (target.depth === 'index' && (listed.length > 0 || agreed.length === 0)) return found;
    return { ...found, checked: [...(await children.check(target, listed, signal)), ...agreed] };
  };

  return async (target, signal) => {
    const { digest, tag } = target.image;
    const lookup: Lookup = { target, signal, seen: new Set(), listed: [], agreed: [] };
    const before = revalidated(target);
    const standing = before && (await revalidation.ask(target, before, signal));
    if (standing?.kind === 'ended') return standing.found;
    if (standing?.kind === 'current' && isEnough(standing.found, target)) return standing.found;
    const found = await withChecks(lookup, await getManifest(lookup, digest ?? tag ?? 'latest', 0));
    if (found.kind === 'known' && standing?.kind === 'fetch' && standing.doubtful)
      revalidation.wasWrong(target);
    return found;
  };
}

/** What is known of a tag, may still hold, and would be all that is wanted; a digest always leads to the same. */
const revalidated = (target: Target): Known | undefined =>
  target.image.digest === undefined && target.before && isEnough(target.before, target)
    ? target.before
    : undefined;

/** Whether what is known goes as far as the question; where images are missing or unread, they are asked for again. */
const isEnough = (known: Known, { depth }: Target): boolean => depth === 'index' || !mayTellMore(known);

/** Notes that an image was read. */
function itself({ agreed }: Lookup, found: Found): Found {
  if (found.kind === 'known')
    for (const platform of found.platforms) agreed.push({ kind: 'agrees', platform, digest: found.digest });
  return found;
}

const distinct = (platforms: readonly Platform[]): readonly Platform[] => [
  ...new Map(platforms.map(platform => [formatPlatform(platform), platform])).values(),
];

function platformsOf(config: Buffer): Platforms | Ended {
  const platform = parseConfig(config.toString('utf8'));
  if (platform === undefined) return { kind: 'invalid', why: 'its config is not JSON' };
  return { kind: 'platforms', platforms: platform.kind === 'platform' ? [platform.platform] : [] };
}
