import type { MeshSettings } from './mesh';
import { type Platform, parsePlatform } from './platform';
import { withoutPassword } from './withoutPassword';

/** What the user has told, checked and immutable. The editor and the command line fill the same value. */
export interface Settings extends MeshSettings {
  /** The platforms of the nodes that the mesh is meant to run on. */
  readonly platforms: readonly Platform[];
  /** Registry host → base URLs that serve its images, in the order in which they are asked. */
  readonly mirrors: Readonly<Record<string, readonly string[]>>;
  /** Further registries that may be asked, as `HOST` or `HOST:PORT`. */
  readonly allowedHosts: readonly string[];
  /** Whether the registry itself is asked where its mirror fails, or lacks the image. */
  readonly mirrorFallback: boolean;
  /** Whose configuration files on this machine name further mirrors. */
  readonly mirrorFiles: readonly MirrorFile[];
  readonly network: Network;
  /** Who sends the requests: the editor, with its proxy and certificates, or this process. */
  readonly networkVia: NetworkVia;
  /** The editor's proxy for requests of this process; without it the environment's variables count. */
  readonly proxy?: ProxySettings;
}

/**
 * Which registries may be asked: the public ones and the user's own (`on`), the user's own only (`allowlist`), or none, in
 * which case only the bundled release facts answer.
 */
export type Network = 'on' | 'allowlist' | 'off' | 'untrusted';

export type NetworkVia = 'editor' | 'server';

/** Docker's `daemon.json`, containers' `registries.conf`, containerd's `certs.d/HOST/hosts.toml`. */
export type MirrorFile = 'docker' | 'containers' | 'containerd';

/** What VS Code's settings `http.*` say. */
export interface ProxySettings {
  /** An empty text: the environment's variables count. */
  readonly url: string;
  /** Hosts that are reached without the proxy, as in `NO_PROXY`. */
  readonly noProxy: readonly string[];
  /** Whether certificates must be trusted. */
  readonly strictTls: boolean;
  /** The value of `Proxy-Authorization`. */
  readonly authorization?: string;
}

/** Settings as they come from outside, unchecked. */
export type RawSettings = Readonly<Partial<Record<SettingName, unknown>>>;

export type SettingName =
  | 'platforms'
  | 'istioVersion'
  | 'defaultHub'
  | 'defaultTag'
  | 'hubs'
  | 'mirrors'
  | 'mirrorFallback'
  | 'mirrorFiles'
  | 'allowedHosts'
  | 'network'
  | 'networkVia';

/** A setting that can't be used: which, and why in plain words. The rest of the settings stays usable. */
export interface SettingProblem {
  readonly name: SettingName;
  readonly why: string;
}

/** Reads settings; one that is missing, or that is reported in `problems`, takes the value of `defaults`. */
export function readSettings(
  raw: RawSettings,
  defaults: Settings,
): { readonly settings: Settings; readonly problems: readonly SettingProblem[] } {
  const problems: SettingProblem[] = [];
  const read = <T>(name: SettingName, fallback: T, reader: (value: unknown) => Read<T>): T => {
    const value = raw[name];
    if (value === undefined || value === null || value === '') return fallback;
    const result = reader(value);
    if (result.kind === 'usable') return result.value;
    problems.push({ name, why: result.why });
    return fallback;
  };
  const istioVersion = read('istioVersion', defaults.istioVersion, versionFrom);
  const defaultHub = read('defaultHub', defaults.defaultHub, textFrom);
  const defaultTag = read('defaultTag', defaults.defaultTag, textFrom);
  const settings: Settings = {
    platforms: read('platforms', defaults.platforms, platformsFrom),
    ...(istioVersion === undefined ? {} : { istioVersion }),
    ...(defaultHub === undefined ? {} : { defaultHub }),
    ...(defaultTag === undefined ? {} : { defaultTag }),
    hubs: read('hubs', defaults.hubs, hubsFrom),
    mirrors: read('mirrors', defaults.mirrors, mirrorsFrom),
    allowedHosts: read('allowedHosts', defaults.allowedHosts, hostsFrom),
    mirrorFallback: read('mirrorFallback', defaults.mirrorFallback, flagFrom),
    mirrorFiles: read('mirrorFiles', defaults.mirrorFiles, mirrorFilesFrom),
    network: read('network', defaults.network, value => oneOf(value, ['on', 'allowlist', 'off'])),
    networkVia: read('networkVia', defaults.networkVia, value => oneOf(value, ['editor', 'server'])),
  };
  return { settings, problems };
}

type Read<T> =
  | { readonly kind: 'usable'; readonly value: T }
  | { readonly kind: 'unusable'; readonly why: string };

const usable = <T>(value: T): Read<T> => ({ kind: 'usable', value });

const unusable = (why: string): Read<never> => ({ kind: 'unusable', why });

/** Reads every item; the first unusable one decides. */
function every<A, B>(items: readonly A[], reader: (item: A) => Read<B>): Read<readonly B[]> {
  const values: B[] = [];
  for (const item of items) {
    const result = reader(item);
    if (result.kind === 'unusable') return result;
    values.push(result.value);
  }
  return usable(values);
}

const textFrom = (value: unknown): Read<string> =>
  typeof value === 'string' ? usable(value.trim()) : unusable(`${JSON.stringify(value)} is not a text`);

const textsFrom = (value: unknown): Read<readonly string[]> =>
  Array.isArray(value) ? every(value, textFrom) : unusable(`${JSON.stringify(value)} is not a list`);

/** Reads a list of texts, each with `reader`; empty ones stand for nothing. */
function textsBy(value: unknown, reader: (text: string) => Read<string>): Read<readonly string[]> {
  const texts = textsFrom(value);
  return texts.kind === 'unusable' ? texts : every(texts.value.filter(Boolean), reader);
}

const hubsFrom = (value: unknown): Read<readonly string[]> =>
  textsBy(value, hub =>
    /^[a-z]+:\/\//i.test(hub)
      ? unusable(
          `"${withoutPassword(hub)}" is not a hub: write it as registry.example.com/istio, without https://`,
        )
      : usable(hub),
  );

const hostsFrom = (value: unknown): Read<readonly string[]> => textsBy(value, hostFrom);

const hostFrom = (text: string): Read<string> =>
  /^(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(text)
    ? usable(text)
    : unusable(
        `"${withoutPassword(text)}" is not a registry: write it as HOST or HOST:PORT, without https:// and a path`,
      );

function versionFrom(value: unknown): Read<string> {
  const text = String(value).trim().replace(/^v/, '');
  if (!/^\d+\.\d+(\.\d+)?([.-][\w.-]+)?$/.test(text))
    return unusable(`"${text}" is not a version of istioctl; write it like 1.14.1`);
  return usable(/^\d+\.\d+$/.test(text) ? `${text}.0` : text);
}

function platformsFrom(value: unknown): Read<readonly Platform[]> {
  const texts = textsFrom(value);
  if (texts.kind === 'unusable') return texts;
  if (texts.value.length === 0) return unusable('name at least one platform, for example linux/arm64');
  return every(texts.value, text => {
    const parsed = parsePlatform(text);
    return parsed.kind === 'platform'
      ? usable(parsed.platform)
      : unusable(`"${text}" is not a platform: ${parsed.why}`);
  });
}

function mirrorsFrom(value: unknown): Read<Settings['mirrors']> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return unusable('write it as registry and base URL, for example {"docker.io": "https://mirror.example"}');
  const mirrors = every(Object.entries(value), ([registry, urls]: readonly [string, unknown]) => {
    const host = hostFrom(registry.trim());
    if (host.kind === 'unusable') return host;
    const read = every(Array.isArray(urls) ? urls : [urls], url => mirrorFrom(registry, String(url).trim()));
    return read.kind === 'unusable' ? read : usable([host.value, read.value] as const);
  });
  return mirrors.kind === 'unusable' ? mirrors : usable(Object.fromEntries(mirrors.value));
}

function mirrorFrom(registry: string, url: string): Read<string> {
  const match = /^(https?):\/\/(\[[0-9a-f:]+\]|[^/?#:@]+)(:\d+)?(\/[^?#]*)?$/i.exec(url);
  if (match === null)
    return unusable(
      `the mirror of ${registry} is "${withoutPassword(url)}", which is not a URL like https://mirror.example`,
    );
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(match[2] ?? '');
  if (match[1]?.toLowerCase() === 'http' && !loopback)
    return unusable(`the mirror of ${registry} must be https; http is only for mirrors on this machine`);
  return usable(url);
}

const flagFrom = (value: unknown): Read<boolean> =>
  typeof value === 'boolean' ? usable(value) : unusable(`${JSON.stringify(value)} is neither true nor false`);

const mirrorFilesFrom = (value: unknown): Read<readonly MirrorFile[]> =>
  Array.isArray(value)
    ? every(value, item => oneOf(item, ['docker', 'containers', 'containerd']))
    : unusable(`${JSON.stringify(value)} is not a list`);

function oneOf<T extends string>(value: unknown, known: readonly T[]): Read<T> {
  const found = known.find(name => name === value);
  return found === undefined
    ? unusable(`"${String(value)}" is none of ${known.map(name => `"${name}"`).join(', ')}`)
    : usable(found);
}
