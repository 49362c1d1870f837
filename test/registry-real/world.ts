import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { promisify } from 'node:util';
import type { Distribution } from './distribution';
import { runDistribution } from './distribution';
import { missing } from './programs';
import { seed } from './seed';
import { shapes } from './shapes';
import type { TokenServer } from './tokenServer';
import { runTokenServer } from './tokenServer';

/** Three real registries with the same content, and an account that all but the first ask for. */
export interface World {
  readonly anonymous: Distribution;
  /** Asks for the account's name and password. */
  readonly basic: Distribution;
  /** Asks for a token, which anonymous users get for every repository but `istio/odd`. */
  readonly token: Distribution;
  readonly tokenServer: TokenServer;
  /** A folder for the tests' own files; deleted by `close`. */
  readonly folder: string;
  readonly close: () => Promise<void>;
}

/** `name:password`. */
export const account = 'alice:s3cret';

/** The hosts that a user has to allow for one of the registries: its token server is asked without TLS too. */
export const hostsOf = (world: World, kind: 'anonymous' | 'basic' | 'token'): readonly string[] =>
  kind === 'token' ? [world.token.host, new URL(world.tokenServer.realm).host] : [world[kind].host];

/** Runs a world for the tests of the suite that this is called in; what it gives returns it once they run. */
export function useWorld(): () => World {
  let world: World | undefined;
  before(async () => {
    world = await runWorld();
  });
  after(() => world?.close());
  return () => {
    if (world === undefined) throw new Error('The registries are not running.');
    return world;
  };
}

/** For the `skip` option of a suite that runs a world: what is not installed. */
export const worldNeeds = () => missing('docker-registry', 'skopeo', 'htpasswd', 'openssl');

/** Starts the registries and fills them; everything is gone after `close`, and when the start fails. */
async function runWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'meshfit-world-'));
  const closers: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const root = join(folder, 'content');
    await mkdir(root);
    const run = async (auth?: Parameters<typeof runDistribution>[1]) => {
      const distribution = await runDistribution(root, auth);
      closers.push(distribution.close);
      return distribution;
    };
    const [name = '', password = ''] = account.split(':');
    const { stdout } = await promisify(execFile)('htpasswd', ['-Bbn', name, password]);
    const passwords = join(folder, 'htpasswd');
    await writeFile(passwords, stdout);
    const tokenServer = await runTokenServer(folder, {
      knows: user => user === account,
      allows: (repository, user) => user === account || repository !== 'istio/odd',
    });
    closers.push(tokenServer.close);
    const anonymous = await run();
    const basic = await run({ htpasswd: { realm: 'basic-realm', path: passwords } });
    const token = await run(tokenServer.authentication);
    await seed(anonymous.host, shapes);
    return { anonymous, basic, token, tokenServer, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}
