import { isArray, type Json, member } from '../core/json';
import { withoutPassword } from '../core/withoutPassword';
import { urlOfHost } from './hostUrl';
import type { Mirror, MirrorRule } from './mirror';
import { parseToml } from './toml';

/**
 * The registries of a `registries.conf` of version 2, or of a file of `registries.conf.d`; `undefined` when it is not TOML.
 * `insecure` does not count: nothing is asked without TLS on its account. `name` is what people call the file. Source:
 * containers-registries.conf.5, containers/image pkg/sysregistriesv2.
 */
export function containersMirrors(
  text: string,
  name: string,
  skip: (why: string) => void,
): readonly MirrorRule[] | undefined {
  const file = parseToml(text);
  if (file === undefined) return undefined;
  return listOf(member(file, 'registry')).flatMap((registry): readonly MirrorRule[] => {
    const location = textOf(registry, 'location');
    const scope = textOf(registry, 'prefix') || location;
    if (scope === '') {
      skip('a registry with neither prefix nor location is not used');
      return [];
    }
    const digestsOnly = member(registry, 'mirror-by-digest-only') === true;
    const mirrors = listOf(member(registry, 'mirror')).flatMap(mirror =>
      placeAt(textOf(mirror, 'location'), servesOf(mirror, digestsOnly), skip),
    );
    const [instead] = location === '' || location === scope ? [] : placeAt(location, 'all', skip);
    const blocked = member(registry, 'blocked') === true;
    return [{ scope, mirrors, ...(instead && { instead }), ...(blocked && { blockedBy: name }) }];
  });
}

/** A place written as `host[:port][/path]`. */
function placeAt(location: string, serves: Mirror['serves'], skip: (why: string) => void): readonly Mirror[] {
  const [, host = '', path = ''] = /^([^/]+)(?:\/(.*?))?\/*$/.exec(location) ?? [];
  const url = host === '' ? undefined : urlOfHost(host);
  if (url !== undefined) return [{ root: new URL('/v2/', url), path, serves }];
  skip(`the location "${withoutPassword(location)}" is not used: it is no host with a path`);
  return [];
}

function servesOf(mirror: Json, digestsOnly: boolean): Mirror['serves'] {
  const pulls = textOf(mirror, 'pull-from-mirror');
  if (pulls === 'digest-only' || (pulls === '' && digestsOnly)) return 'digests';
  return pulls === 'tag-only' ? 'tags' : 'all';
}

function textOf(table: Json | undefined, key: string): string {
  const value = member(table, key);
  return typeof value === 'string' ? value.trim().replace(/\/+$/, '') : '';
}

const listOf = (value: Json | undefined): readonly Json[] => (isArray(value) ? value : []);
