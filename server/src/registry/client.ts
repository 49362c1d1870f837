import type { Descriptor } from '../core/descriptor';
import type { Known } from '../core/fact';
import { type IndexEntry, parseManifest } from '../core/manifest';
import { readableManifests } from '../core/mediaType';
import { formatPlatform, type Platform } from '../core/platform';
import { parseConfig } from '../core/platformObject';
import { digestOf } from './digest';
import type { Limits } from './limits';
import type { Ended, Reader } from './reader';
import type { Target } from './target';
import { trouble } from './trouble';

/** What one lookup found out, or the trouble that kept it from doing so. */
export type Found = Known | Ended;

/** Asks a registry for the platforms of an image. Rejects only when `signal` is aborted. */
export type Client = (target: Target, signal: AbortSignal) => Promise<Found>;

export interface ClientOptions {
  readonly read: Reader;
  readonly limits: Limits;
  readonly now: () => number;
}

type Platforms = { readonly kind: 'platforms'; readonly platforms: readonly Platform[] };

/** One lookup: where, and what it has spent so far. */
interface Lookup {
  readonly target: Target;
  readonly signal: AbortSignal;
  readonly seen: Set<string>;
}

export function createClient({ read, limits, now }: ClientOptions): Client {
  const manifests = { accept: readableManifests().join(', '), maxBytes: limits.manifestBytes };
  const configs = { accept: '*/*', maxBytes: limits.configBytes };

  const getManifest = async (lookup: Lookup, reference: string, nesting: number): Promise<Found> => {
    const { endpoint } = lookup.target;
    const answer = await read(lookup.target, `manifests/${reference}`, manifests, lookup.signal);
    if (answer.kind !== 'answer') return answer;
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
        return withDigest(lookup.target, await fromConfig(lookup, manifest.config), digest);
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
      if (platform !== undefined && !nested) platforms.push(platform);
      if (platform !== undefined && !nested) continue;
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
    const inline = Buffer.from(config.data ?? '', 'base64');
    if (isContent(inline, config)) return platformsOf(inline);
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

  return (target, signal) => {
    const { digest, tag } = target.image;
    return getManifest({ target, signal, seen: new Set() }, digest ?? tag ?? 'latest', 0);
  };
}

const distinct = (platforms: readonly Platform[]): readonly Platform[] => [
  ...new Map(platforms.map(platform => [formatPlatform(platform), platform])).values(),
];

const isContent = (content: Buffer, { size, digest }: Descriptor): boolean =>
  content.length === size && digestOf(content, digest) === digest;

function platformsOf(config: Buffer): Platforms | Ended {
  const platform = parseConfig(config.toString('utf8'));
  if (platform === undefined) return { kind: 'invalid', why: 'its config is not JSON' };
  return { kind: 'platforms', platforms: platform.kind === 'platform' ? [platform.platform] : [] };
}
