import { isArray, isObject, type Json, type JsonObject, member, parseJson } from '../../core/json';
import type { Stored } from '../credential';
import { plainText } from '../plainText';
import { dockerHub } from '../registries';
import { readAuthEntry } from './authEntry';
import { type AuthKey, hubServer, parseAuthKey } from './authKey';
import type { AuthPlace } from './authPlaces';
import { storedAs } from './storedAs';

/** What a file of credentials says. */
export interface AuthFile {
  /** The registries for which it has an entry of any kind. */
  readonly registries: ReadonlySet<string>;
  /** Where a repository's credential may be, the best place first. */
  readonly find: (registry: string, repository: string) => readonly Place[];
}

/** What is kept, or the question that a credential helper answers. */
export type Place = Stored | HelperQuestion;

/** What `docker-credential-NAME get` is asked. */
export interface HelperQuestion {
  readonly kind: 'helper';
  /** The program's name without `docker-credential-`, as the file has it. */
  readonly helper: string;
  /** What the program knows the registry by. */
  readonly server: string;
  readonly registry: string;
}

/**
 * Reads the text of a configuration of Docker or of Podman's family, which have the same shape. What can't be used is told to
 * `warn`, without secrets. `credHelpers` beat `credsStore`, which beats `auths`
 * (docker/cli cli/config/configfile/file.go, containers/image pkg/docker/config/config.go `findCredentialsInFile`).
 */
export function parseAuthFile(text: string, place: AuthPlace, warn: (why: string) => void): AuthFile {
  const json = parseJson(text.replace(/^\uFEFF/, ''));
  if (!isObject(json)) {
    warn('is not valid JSON; registries are asked without credentials');
    return { registries: new Set(), find: () => [] };
  }
  const auths = place.format === 'dockercfg' ? Object.entries(json) : pairs(json, 'auths', warn);
  const entries = sorted(auths).map(([key, value]) => ({ key, stored: storedIn(key, value, place, warn) }));
  const named = place.format === 'dockercfg' ? [] : pairs(json, 'credHelpers', warn);
  const helpers = new Map(named.flatMap(([key, value]) => helperOf(key, value, warn)));
  const store = place.format === 'docker' ? member(json, 'credsStore') : undefined;
  if (store !== undefined && typeof store !== 'string')
    warn('has an entry "credsStore" that is no text; it is not used');

  const inAuths = (registry: string, repository: string): readonly Stored[] => {
    const own = entries.filter(({ key }) => key.registry === registry);
    const covering = own.filter(({ key }) =>
      `${repository}/`.startsWith(key.namespace && `${key.namespace}/`),
    );
    // The longest comes first; the sort keeps the order of those that are as long.
    covering.sort((a, b) => b.key.namespace.length - a.key.namespace.length);
    // Docker itself takes the login of a namespace for all of the registry.
    const found = covering[0] ?? (place.format === 'containers' ? undefined : own[0]);
    return found === undefined ? [] : [found.stored];
  };
  return {
    registries: new Set([...entries.map(({ key }) => key.registry), ...helpers.keys()]),
    find(registry, repository) {
      const server = registry === dockerHub.registry && place.format === 'docker' ? hubServer : registry;
      const ask = (helper: string): HelperQuestion => ({ kind: 'helper', helper, server, registry });
      const own = helpers.get(registry);
      if (own !== undefined && own !== '') return [ask(own)];
      // An empty name means that the store is not for this registry.
      const general = own === undefined && typeof store === 'string' && store !== '' ? [ask(store)] : [];
      return [...general, ...inAuths(registry, repository)];
    },
  };
}

function pairs(
  json: JsonObject,
  name: string,
  warn: (why: string) => void,
): readonly (readonly [string, Json])[] {
  const value = member(json, name);
  if (value === undefined || isObject(value)) return Object.entries(value ?? {});
  warn(`has an entry "${name}" that is ${isArray(value) ? 'a list' : 'no object'}; it is not used`);
  return [];
}

/** The keys that name a registry, those that are written as usual first. */
function sorted(auths: readonly (readonly [string, Json])[]): readonly (readonly [AuthKey, Json])[] {
  const known = auths.flatMap(([text, value]) => {
    const key = parseAuthKey(text);
    return key === undefined ? [] : [[key, value] as const];
  });
  return [...known.filter(([{ usual }]) => usual), ...known.filter(([{ usual }]) => !usual)];
}

function storedIn(key: AuthKey, value: Json, place: AuthPlace, warn: (why: string) => void): Stored {
  const entry = readAuthEntry(value);
  switch (entry.kind) {
    case 'credential':
      return storedAs(entry.credential, key.registry);
    case 'empty':
      return { kind: 'none' };
    case 'broken': {
      const name = plainText([key.registry, key.namespace].filter(Boolean).join('/'));
      const command = `${place.format === 'containers' ? 'podman' : 'docker'} login ${name}`;
      warn(`has an entry for ${name} that can't be read; run "${command}" again`);
      return { kind: 'failed', why: `the entry for ${name} in ${place.name} can't be read (${command})` };
    }
  }
}

function helperOf(key: string, value: Json, warn: (why: string) => void): readonly [string, string][] {
  const parsed = parseAuthKey(key);
  if (parsed === undefined || parsed.namespace !== '') return [];
  if (typeof value === 'string') return [[parsed.registry, value]];
  warn(`names a credential helper for ${plainText(key)} that is no text; it is not used`);
  return [];
}
