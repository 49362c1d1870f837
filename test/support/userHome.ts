import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Credentials, Stored } from '../../server/src/registry/credential';
import { type CredentialOptions, loadCredentials } from '../../server/src/registry/credentials';

/** The home of a user of whom nothing else is known, until the test ends. */
export interface UserHome {
  readonly folder: string;
  /** The environment of this user; programs are found in `bin`. */
  readonly env: Readonly<Record<string, string>>;
  /** Writes a file below the home, JSON unless it is a text, and gives its path. */
  readonly write: (path: string, content: unknown) => string;
  /** Puts a shell script `docker-credential-NAME` into a folder of the home, `bin` by default, and gives its path. */
  readonly helper: (name: string, script: string, folder?: string) => string;
  /** The user's credentials. What is logged is in `logged`, with `~` for the home. */
  readonly load: (options?: LoadOptions) => Loaded;
}

export interface LoadOptions extends CredentialOptions {
  /** Variables beside those of the home. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Loaded {
  readonly credentials: Credentials;
  readonly logged: readonly string[];
  /** What files hold for a repository, in a few words. */
  readonly find: (registry: string, repository?: string) => string;
  /** The same, asking helpers. */
  readonly get: (registry: string, repository?: string) => Promise<string>;
}

export function userHome(t: TestContext): UserHome {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'home-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const env = {
    HOME: folder,
    USERPROFILE: folder,
    XDG_RUNTIME_DIR: join(folder, 'run'),
    PATH: [join(folder, 'bin'), '/usr/bin', '/bin'].join(':'),
  };
  const write = (path: string, content: unknown): string => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  const helper = (name: string, script: string, place = 'bin'): string => {
    const file = write(join(place, `docker-credential-${name}`), `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  return {
    folder,
    env,
    write,
    helper,
    load({ env: more = {}, ...options } = {}) {
      const logged: string[] = [];
      const log = (message: string) => void logged.push(message.replaceAll(folder, '~'));
      const credentials = loadCredentials({ ...env, ...more }, log, { folders: () => [], ...options });
      const words = (stored: Stored | undefined) => inWords(stored).replaceAll(folder, '~');
      return {
        credentials,
        logged,
        find: (registry, repository = 'istio/pilot') => words(credentials.peek(registry, repository)),
        get: async (registry, repository = 'istio/pilot') =>
          words(await credentials.get(registry, repository, new AbortController().signal)),
      };
    },
  };
}

/** `user:password`, `identity TOKEN`, `registry token TOKEN`, `failed: why`, `none`, or `not known` until a helper is asked. */
export function inWords(stored: Stored | undefined): string {
  switch (stored?.kind) {
    case undefined:
      return 'not known';
    case 'none':
      return 'none';
    case 'failed':
      return `failed: ${stored.why}`;
    case 'credential': {
      const { credential } = stored;
      return credential.kind === 'password'
        ? `${credential.username}:${credential.password}`
        : `${credential.kind} ${credential.token}`;
    }
  }
}

/** An entry of `auths` for `user:password`. */
export const login = (account: string) => ({ auth: Buffer.from(account).toString('base64') });
