import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fact } from '../../server/src/core/fact';
import type { ImageReference } from '../../server/src/core/image';
import { parseImage } from '../../server/src/core/image';
import { formatPlatform } from '../../server/src/core/platform';
import { defaults } from '../../server/src/defaults';
import { loadCredentials } from '../../server/src/registry/credentials';
import type { Environment } from '../../server/src/registry/environment';
import type { Registry } from '../../server/src/registry/index';
import { createRegistry } from '../../server/src/registry/index';
import { type Mirrors, mirrorLists } from '../support/askRegistry';
import type { World } from './world';

export interface AskerOptions {
  /** `HOST:PORT` that the user has allowed. */
  readonly allowedHosts?: readonly string[];
  readonly mirrors?: Mirrors;
  /** What `docker login` stored: registry → `name:password`. */
  readonly logins?: Readonly<Record<string, string>>;
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
  /** Where proxies and certificates are named. */
  readonly environment?: Environment;
}

/** The registry client as a user's session has it: nothing remembered, credentials from a Docker configuration. */
export async function createAsker(world: Pick<World, 'folder'>, options: AskerOptions): Promise<Registry> {
  const { allowedHosts = [], mirrors = {}, logins = {}, now = Date.now, environment = {} } = options;
  const folder = await mkdtemp(join(world.folder, 'docker-'));
  const auths = Object.entries(logins).map(([host, account]) => [
    host,
    { auth: Buffer.from(account).toString('base64') },
  ]);
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: Object.fromEntries(auths) }));
  const failOnLog = (message: string) => {
    throw new Error(message);
  };
  const credentials = loadCredentials(
    { DOCKER_CONFIG: folder, HOME: folder, XDG_RUNTIME_DIR: folder },
    failOnLog,
  );
  return createRegistry({
    settings: { ...defaults, allowedHosts, mirrors: mirrorLists(mirrors), mirrorFallback: false },
    credentials,
    log: failOnLog,
    now,
    environment,
    limits: { retryDelay: 10 },
  });
}

/** What the registry says about each image, asked for all at once. */
export async function ask(registry: Registry, ...images: readonly string[]): Promise<readonly Fact[]> {
  const references = images.map(imageOf);
  await registry.load(references.map(image => ({ image, depth: 'index' })));
  return references.map(image => registry.peek(image));
}

/** `linux/amd64 linux/arm64` for a known image, else the fact's kind and its reason. */
export async function answer(registry: Registry, image: string): Promise<string> {
  const [fact] = await ask(registry, image);
  if (fact?.kind === 'known') return fact.platforms.map(formatPlatform).join(' ');
  return fact === undefined || !('why' in fact) ? String(fact?.kind) : `${fact.kind}: ${fact.why}`;
}

export function imageOf(text: string): ImageReference {
  const parsed = parseImage(text);
  if (parsed.kind === 'invalid') throw new Error(`${text}: ${parsed.why}`);
  return parsed.image;
}
