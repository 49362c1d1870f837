import { isArray, isObject, type Json, member } from '../core/json';
import { withoutPassword } from '../core/withoutPassword';
import { type Mirror, type MirrorRule, safeUrl } from './mirror';
import { dockerHub } from './registries';
import { parseToml } from './toml';

/** The registry that a folder of containerd's `certs.d` is for: `host_5000_` is `host:5000`, `_default` is every other. */
export const containerdScope = (folder: string): string =>
  folder === '_default' ? '*' : folder.replace(/_(\d+)_$/, ':$1');

/**
 * The hosts of a `hosts.toml`, in the order of the file; `undefined` when it is not TOML. Tags are resolved by hosts that
 * can `resolve`, digests are pulled from hosts that can `pull`; without `capabilities` a host can do both. `skip_verify` and
 * `ca` do not count. Source: containerd docs/hosts.md, core/remotes/docker/config/hosts.go.
 */
export function containerdMirrors(
  text: string,
  scope: string,
  skip: (why: string) => void,
): MirrorRule | undefined {
  const file = parseToml(text);
  if (file === undefined) return undefined;
  const hosts = member(file, 'host');
  const mirrors = Object.entries(isObject(hosts) ? hosts : {}).flatMap(([address, host]) => {
    if (member(host, 'ca') !== undefined)
      skip(
        `the "ca" of ${withoutPassword(address)} is not used; name the file in NODE_EXTRA_CA_CERTS instead`,
      );
    return hostAt(address, host, skip);
  });
  const server = member(file, 'server');
  const [instead] = typeof server === 'string' ? hostAt(server, file, skip) : [];
  const same = instead === undefined || isRegistryItself(instead, scope);
  return { scope, mirrors, ...(!same && { instead }) };
}

function hostAt(address: string, host: Json, skip: (why: string) => void): readonly Mirror[] {
  const serves = servesOf(member(host, 'capabilities'));
  if (serves === undefined) return [];
  const url = safeUrl(/^[a-z]+:\/\//i.test(address) ? address : `https://${address}`);
  if (url === undefined) {
    skip(`the host "${withoutPassword(address)}" is not used: it is not an https URL without a password`);
    return [];
  }
  const base = url.pathname.replace(/\/+$/, '');
  const version = member(host, 'override_path') === true || base.endsWith('/v2') ? '' : '/v2';
  return [{ root: new URL(`${base}${version}/`, url.origin), path: '', serves, namespace: true }];
}

function servesOf(capabilities: Json | undefined): Mirror['serves'] | undefined {
  if (!isArray(capabilities)) return 'all';
  const [pull, resolve] = [capabilities.includes('pull'), capabilities.includes('resolve')];
  if (pull && resolve) return 'all';
  return pull ? 'digests' : resolve ? 'tags' : undefined;
}

const isRegistryItself = ({ root }: Mirror, scope: string): boolean =>
  root.host === scope || (scope === dockerHub.registry && root.host === dockerHub.api);
