import { isArray, member, parseJson } from '../core/json';
import { withoutPassword } from '../core/withoutPassword';
import { type MirrorRule, mirrorAt } from './mirror';
import { dockerHub } from './registries';

/**
 * The mirrors in Docker's `daemon.json`, which are mirrors of Docker Hub; `undefined` when it is not JSON. Its
 * `insecure-registries` do not count: nothing is asked without TLS on their account (docs.docker.com, dockerd).
 */
export function dockerMirrors(text: string, skip: (why: string) => void): MirrorRule | undefined {
  const daemon = parseJson(text.replace(/^\ufeff/, ''));
  if (daemon === undefined) return undefined;
  const addresses = member(daemon, 'registry-mirrors') ?? [];
  const mirrors = (isArray(addresses) ? addresses : [addresses]).flatMap(address => {
    const read = mirrorAt(String(address));
    if (read.kind === 'mirror') return [read.mirror];
    skip(`the mirror "${withoutPassword(String(address))}" is not used: ${read.why}`);
    return [];
  });
  return { scope: dockerHub.registry, mirrors };
}
