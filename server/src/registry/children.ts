import type { Descriptor } from '../core/descriptor';
import type { ChildCheck } from '../core/fact';
import { member, parseJson } from '../core/json';
import { parseManifest } from '../core/manifest';
import { readableManifests } from '../core/mediaType';
import { normalisePlatform, type Platform } from '../core/platform';
import { parseConfig } from '../core/platformObject';
import { createCache } from './cache';
import { accountOf } from './credential';
import { inlineContent, isContent } from './digest';
import type { Limits } from './limits';
import type { Reader } from './reader';
import type { Target } from './target';

/** An image that an index lists, with the platform that the index says. */
export interface ListedChild {
  readonly platform: Platform;
  readonly descriptor: Descriptor;
}

/** What reads the images behind an index. What they say of themselves is remembered by their digest. */
export interface Children {
  /**
   * Holds the images against what the index says of them, in its order (one check for each). At most
   * `limits.extraManifests` are asked for, and in half of the time that a lookup has; the rest stays unread. Rejects only
   * when `signal` is aborted.
   */
  readonly check: (
    target: Target,
    listed: readonly ListedChild[],
    signal: AbortSignal,
  ) => Promise<readonly ChildCheck[]>;
  readonly forget: () => void;
}

export interface ChildrenOptions {
  readonly read: Reader;
  readonly limits: Limits;
  readonly now: () => number;
}

/** What an image says of itself in its config. */
interface Own {
  readonly kind: 'own';
  readonly platform: Platform;
  /** A config may leave the variant out; it then speaks of every variant. */
  readonly saysVariant: boolean;
}

type Missing = { readonly kind: 'missing' };
type Unread = { readonly kind: 'unread'; readonly why: string };

export function createChildren({ read, limits, now }: ChildrenOptions): Children {
  const known = createCache<Own>(1000, now);
  const manifests = { accept: readableManifests().join(', '), maxBytes: limits.manifestBytes };
  const configs = { accept: '*/*', maxBytes: limits.configBytes };

  const fetch = async (
    target: Target,
    path: string,
    descriptor: Descriptor,
    wanted: Parameters<Reader>[2],
    signal: AbortSignal,
  ): Promise<Buffer | Missing | Unread> => {
    const inline = inlineContent(descriptor);
    if (inline !== undefined) return inline;
    if (descriptor.size > wanted.maxBytes) return unread('it is too long to be read');
    const answer = await read(target, `${path}/${descriptor.digest}`, wanted, signal);
    if (answer.kind === 'absent') return { kind: 'missing' };
    if (answer.kind !== 'answer') return unread(answer.why);
    return isContent(answer.body, descriptor)
      ? answer.body
      : unread(`${target.endpoint.name} sent other content than the digest names`);
  };

  const readOwn = async (
    target: Target,
    descriptor: Descriptor,
    signal: AbortSignal,
  ): Promise<Own | Missing | Unread> => {
    const body = await fetch(target, 'manifests', descriptor, manifests, signal);
    if (!Buffer.isBuffer(body)) return body;
    const manifest = parseManifest(body.toString('utf8'), descriptor.mediaType);
    switch (manifest.kind) {
      case 'image': {
        const config = await fetch(target, 'blobs', manifest.config, configs, signal);
        return Buffer.isBuffer(config) ? ownOf(config) : config;
      }
      case 'index':
        return unread('it is a further index, where the index promises an image');
      case 'legacy':
        return unread('it is in the schema 1 format, which container runtimes no longer accept');
      case 'invalid':
        return unread(`it is not an image that a node can run: ${manifest.why}`);
      case 'unreadable':
        return unread(`${target.endpoint.name} sent something that is no manifest`);
    }
  };

  const checkOne = async (
    target: Target,
    { platform, descriptor }: ListedChild,
    signal: AbortSignal,
  ): Promise<ChildCheck> => {
    const child = { platform, digest: descriptor.digest };
    const key = keyOf(target, descriptor.digest);
    const own = known.get(key) ?? (await readOwn(target, descriptor, signal));
    if (own.kind !== 'own') return { ...own, ...child };
    known.set(key, own, Number.POSITIVE_INFINITY);
    return isSame(platform, own)
      ? { kind: 'agrees', ...child }
      : { kind: 'contradicts', ...child, actual: own.platform };
  };

  return {
    async check(target, listed, signal) {
      const time = new AbortController();
      const timer = setTimeout(() => time.abort(), limits.lookup / 2);
      const both = AbortSignal.any([signal, time.signal]);
      const inTime = async (child: ListedChild): Promise<ChildCheck> => {
        const { platform, descriptor } = child;
        const late = { ...unread('there was not enough time'), platform, digest: descriptor.digest };
        if (time.signal.aborted) return late;
        try {
          return await checkOne(target, child, both);
        } catch (error) {
          signal.throwIfAborted();
          if (time.signal.aborted) return late;
          throw error;
        }
      };
      try {
        const checks: ChildCheck[] = [];
        for (const [index, child] of listed.entries())
          checks.push(index < limits.extraManifests ? await inTime(child) : oneTooMany(child));
        return checks;
      } finally {
        clearTimeout(timer);
      }
    },
    forget: known.clear,
  };
}

const unread = (why: string): Unread => ({ kind: 'unread', why });

const oneTooMany = ({ platform, descriptor: { digest } }: ListedChild): ChildCheck => {
  return { ...unread('the index lists more images than are read at a time'), platform, digest };
};

/** Who may read an image says nothing about others: the account belongs to what is remembered. */
const keyOf = ({ endpoint, repository, stored }: Target, digest: string): string =>
  JSON.stringify([endpoint.root.href, repository, accountOf(stored), digest]);

function ownOf(config: Buffer): Own | Unread {
  const text = config.toString('utf8');
  const said = parseConfig(text);
  if (said?.kind !== 'platform') return unread('its config does not say which platform it is built for');
  const variant = member(parseJson(text), 'variant') ?? '';
  return { kind: 'own', platform: said.platform, saysVariant: variant !== '' };
}

/** Versions of Windows are no part of it: an index often leaves them out. */
function isSame(listed: Platform, { platform, saysVariant }: Own): boolean {
  const { os, architecture, variant } = normalisePlatform(listed);
  if (os !== platform.os || architecture !== platform.architecture) return false;
  return !saysVariant || variant === platform.variant;
}
