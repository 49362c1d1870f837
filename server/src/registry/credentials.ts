import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isArray, isObject, type Json, type JsonObject, member, parseJson } from '../core/json';
import type { Credential, Credentials, Stored } from './credential';
import { dockerHub } from './knownHosts';

/**
 * Reads the user's own Docker configuration: `$DOCKER_CONFIG/config.json`, else `~/.docker/config.json` (docker/cli
 * cli/config/configfile/file.go). What can't be used is told to `log` and left out. Never throws, never logs a secret.
 */
export function loadCredentials(
  env: Readonly<Record<string, string | undefined>>,
  log: (message: string) => void,
): Credentials {
  const file = join(env.DOCKER_CONFIG || join(homedir(), '.docker'), 'config.json');
  const warn = (why: string) => log(`${file} ${why}`);
  const read = (): ReadonlyMap<string, Stored> => {
    const text = readConfig(file, warn);
    return text === undefined ? new Map() : parseConfig(text, warn);
  };
  let entries = read();
  const peek = (registry: string): Stored => entries.get(registry) ?? { kind: 'none' };
  return {
    has: registry => entries.has(registry),
    peek,
    get: async registry => peek(registry),
    forget() {
      entries = read();
    },
  };
}

/** The text of the file; `undefined` when there is none. Anything but a small regular file is refused. */
function readConfig(file: string, warn: (why: string) => void): string | undefined {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (stat.isFile() && stat.size <= maxBytes) return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    warn('is not used: it is not a regular file of at most 1 MiB');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    warn(`can't be read (${String(code ?? error)}); registries are asked without credentials`);
  }
  return undefined;
}

const maxBytes = 1024 * 1024;

function parseConfig(text: string, warn: (why: string) => void): ReadonlyMap<string, Stored> {
  const entries = new Map<string, Stored>();
  const json = parseJson(text);
  if (!isObject(json)) {
    warn('is not valid JSON; registries are asked without credentials');
    return entries;
  }
  for (const [key, value] of pairs(json, 'auths', warn)) {
    const registry = registryOf(key);
    const credential = readEntry(key, value, warn);
    if (registry !== undefined && credential !== undefined) entries.set(registry, credential);
  }
  for (const [key] of pairs(json, 'credHelpers', warn)) {
    const registry = registryOf(key);
    if (registry !== undefined) entries.set(registry, elsewhere);
  }
  return entries;
}

function pairs(
  json: JsonObject,
  key: string,
  warn: (why: string) => void,
): readonly (readonly [string, Json])[] {
  const value = member(json, key);
  if (value === undefined || isObject(value)) return Object.entries(value ?? {});
  warn(`has an entry "${key}" that is ${isArray(value) ? 'a list' : 'no object'}; it is not used`);
  return [];
}

/**
 * The registry that a key stands for: `https://index.docker.io/v1/` is Docker Hub, a scheme and the path of an API version
 * are left out. A key for a part of a registry stands for none.
 */
function registryOf(key: string): string | undefined {
  const host = /^(?:https?:\/\/)?([^/?#@\s]+)(?:\/(?:v[12]\/?)?)?$/i.exec(key)?.[1]?.toLowerCase();
  return host === 'index.docker.io' || host === dockerHub.api ? dockerHub.registry : host;
}

function readEntry(key: string, value: Json, warn: (why: string) => void): Stored | undefined {
  const identity = member(value, 'identitytoken');
  if (typeof identity === 'string' && identity !== '') return storedAs({ kind: 'identity', token: identity });
  const auth = member(value, 'auth');
  if (isObject(value) && (auth === undefined || auth === '')) return elsewhere;
  const credential = typeof auth === 'string' ? decode(auth) : undefined;
  if (credential === undefined)
    warn(`has an entry for ${key} that can't be read; run "docker login ${key}" again`);
  return credential && storedAs(credential);
}

const elsewhere: Stored = {
  kind: 'failed',
  why: 'they are kept by a credential helper, which Meshfit does not run',
};

const storedAs = (credential: Credential): Stored => ({
  kind: 'credential',
  credential,
  account: credential.kind === 'password' ? credential.username : '<token>',
});

/** base64 of `user:password`, with NULs at the end as old Docker versions wrote them. */
function decode(auth: string): Credential | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(auth)) return undefined;
  const text = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = text.indexOf(':');
  if (colon < 1) return undefined;
  const [username, password] = [text.slice(0, colon), text.slice(colon + 1)];
  return username === '<token>'
    ? { kind: 'identity', token: password }
    : { kind: 'password', username, password };
}
