import { dockerHub } from '../registries';

/** What a key in a file of credentials stands for: a registry, or a part of it. */
export interface AuthKey {
  /** The registry as written in references, in lower case: `docker.io`, `localhost:5000`. */
  readonly registry: string;
  /** The part of the registry, as `team/app`; empty for all of it. */
  readonly namespace: string;
  /** Whether the key is written as today's tools write it; such a key comes before others for the same. */
  readonly usual: boolean;
}

/**
 * Reads a key: `HOST[:PORT]`, `HOST/NAMESPACE` (containers/image docs/containers-auth.json.5.md), or a URL whose path does not
 * matter (docker/cli cli/config/credentials/file_store.go `ConvertToHostname`). All of Docker Hub's names are `docker.io`.
 * `undefined` for what names no registry, and for what Docker keeps beside the login at Docker Hub.
 */
export function parseAuthKey(key: string): AuthKey | undefined {
  const [, scheme = '', authority, path = ''] =
    /^(https?:\/\/)?((?:\[[0-9a-f:]+\]|[\w.-]+)(?::\d+)?)((?:\/[^?#@\s]*)?)$/i.exec(key) ?? [];
  if (authority === undefined) return undefined;
  const host = authority.toLowerCase().replace(/:443$/, '');
  const isHub = hubNames.has(host);
  if (isHub && /^\/v1\/(?:access|refresh)-token$/.test(path)) return undefined;
  const isWhole = scheme !== '' || /^\/?(?:v[12]\/?)?$/.test(path);
  const namespace = isWhole ? '' : path.replace(/^\/+|\/+$/g, '');
  const usual = isHub ? key === hubServer || key === dockerHub.registry : scheme + path === '';
  return { registry: isHub ? dockerHub.registry : host, namespace, usual: usual || namespace !== '' };
}

/** Docker Hub's key in Docker's own file, which is also what its credential helpers know it by. */
export const hubServer = 'https://index.docker.io/v1/';

const hubNames: ReadonlySet<string> = new Set([dockerHub.registry, dockerHub.api, 'index.docker.io']);
