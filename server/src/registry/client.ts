import { setTimeout as delay } from 'node:timers/promises';
import type { Descriptor } from '../core/descriptor';
import type { Fact } from '../core/fact';
import type { ImageReference } from '../core/image';
import { type IndexEntry, parseManifest } from '../core/manifest';
import { readableManifests } from '../core/mediaType';
import type { Platform } from '../core/platform';
import { parseConfig } from '../core/platformObject';
import type { Auth, Target } from './auth';
import type { Credentials } from './credentials';
import { deniedWhy } from './deniedWhy';
import { digestOf } from './digest';
import type { Endpoint } from './endpoint';
import type { Http, HttpAnswer } from './http';
import type { Limits } from './limits';
import { readRefusal } from './refusal';
import { type Trouble, trouble } from './trouble';

/** What one lookup found out, or the trouble that kept it from doing so. */
export type Found = Extract<Fact, { kind: 'known' | 'absent' | 'invalid' | 'denied' }> | Trouble;

/** Asks a registry for the platforms of an image. Rejects only when `signal` is aborted. */
export type Client = (image: ImageReference, endpoint: Endpoint, signal: AbortSignal) => Promise<Found>;

export interface ClientOptions {
  readonly http: Http;
  readonly auth: Auth;
  readonly credentials: Credentials;
  readonly limits: Limits;
  readonly now: () => number;
}

type Platforms = { readonly kind: 'platforms'; readonly platforms: readonly Platform[] };
type Ended = Exclude<Found, { kind: 'known' }>;

/** One lookup: where, and what it has spent so far. */
interface Lookup {
  readonly image: ImageReference;
  readonly target: Target;
  readonly signal: AbortSignal;
  readonly seen: Set<string>;
}

export function createClient({ http, auth, credentials, limits, now }: ClientOptions): Client {
  /** Asks with the right authorization; a 401 is answered once. */
  const ask = async (
    lookup: Lookup,
    path: string,
    accept: string,
    maxBytes: number,
  ): Promise<HttpAnswer | Ended> => {
    const { target, signal, image } = lookup;
    const { endpoint } = target;
    const url = new URL(`${target.repository}/${path}`, endpoint.root);
    const request = { url, name: endpoint.name, accept, follow: true, maxBytes };
    const denied = (): Ended => ({
      kind: 'denied',
      why: deniedWhy(endpoint, credentials(endpoint.credentials), auth.withheldFrom(target)),
    });
    const prepared = await auth.prepare(target, signal);
    if (prepared.kind !== 'authorization') return prepared.kind === 'denied' ? denied() : prepared;
    let answer = await http(withAuthorization(request, prepared.value), signal);
    if (answer.kind === 'answer' && answer.status === 401 && !answer.strayed) {
      const renewed = await auth.answer(target, answer.header('www-authenticate'), prepared, signal);
      if (renewed.kind !== 'authorization') return renewed.kind === 'denied' ? denied() : renewed;
      answer = await http(withAuthorization(request, renewed.value), signal);
    }
    if (answer.kind === 'trouble') return answer;
    if (answer.strayed && (answer.status === 401 || answer.status === 403))
      return trouble(
        `${answer.host}, where ${endpoint.name} sent us, does not let us read (HTTP ${answer.status})`,
      );
    const refusal = readRefusal(answer, endpoint.name, image, now());
    if (refusal === undefined) return answer;
    return refusal.kind === 'denied' ? denied() : refusal;
  };

  /** Asks again after trouble that may pass quickly, and after a wait that is shorter than a reader's patience. */
  const get = async (
    lookup: Lookup,
    path: string,
    accept: string,
    maxBytes: number,
  ): Promise<HttpAnswer | Ended> => {
    for (let tries = 0; ; tries += 1) {
      const answer = await ask(lookup, path, accept, maxBytes);
      if (answer.kind !== 'trouble' || tries >= limits.retries) return answer;
      const backoff = limits.retryDelay * 2 ** tries * (0.5 + Math.random());
      if (answer.wait === undefined ? !answer.passing : answer.wait > longestWait) return answer;
      await delay(Math.max(answer.wait ?? 0, backoff), undefined, { signal: lookup.signal });
    }
  };

  const getManifest = async (lookup: Lookup, reference: string, nesting: number): Promise<ManifestFound> => {
    const { endpoint } = lookup.target;
    const answer = await get(
      lookup,
      `manifests/${reference}`,
      readableManifests().join(', '),
      limits.manifestBytes,
    );
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
        return withDigest(await fromConfig(lookup, manifest.config), digest);
      case 'index':
        return withDigest(await fromIndex(lookup, manifest.entries, nesting), digest);
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
    const answer = await get(lookup, `blobs/${config.digest}`, '*/*', limits.configBytes);
    if (answer.kind === 'absent') return trouble(`${endpoint.name} has the image, but not its config`);
    if (answer.kind !== 'answer') return answer;
    if (!isContent(answer.body, config))
      return trouble(`${endpoint.name} sent a config that does not match its digest`);
    return platformsOf(answer.body);
  };

  const withDigest = (found: Platforms | Ended, digest: string): ManifestFound =>
    found.kind === 'platforms' ? { kind: 'known', platforms: found.platforms, digest, seen: now() } : found;

  return (image, endpoint, signal) => {
    const target = { endpoint, repository: endpoint.prefix + image.repository };
    return getManifest({ image, target, signal, seen: new Set() }, image.digest ?? image.tag ?? 'latest', 0);
  };
}

type ManifestFound = Found;

/** The longest `Retry-After` that is waited for within a lookup, in milliseconds. */
const longestWait = 2000;

const withAuthorization = <R extends object>(request: R, value: string | undefined): R =>
  value === undefined ? request : { ...request, authorization: value };

const isContent = (content: Buffer, { size, digest }: Descriptor): boolean =>
  content.length === size && digestOf(content, digest) === digest;

function platformsOf(config: Buffer): Platforms | Ended {
  const platform = parseConfig(config.toString('utf8'));
  if (platform === undefined) return { kind: 'invalid', why: 'its config is not JSON' };
  return { kind: 'platforms', platforms: platform.kind === 'platform' ? [platform.platform] : [] };
}
