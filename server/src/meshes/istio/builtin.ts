import type { Origin } from '../../core/install';
import type { Site, Text } from '../../core/text';
import { literal } from '../../core/text';
import type { Entry, Node, Scalar } from '../../core/tree';

/** The data of Istio that configuration trees are made from. */
export type Plain = string | boolean | readonly Plain[] | { readonly [key: string]: Plain };

const scheme = 'istioctl:';

/**
 * Where text stands that the user did not write: in a profile or in the binary. It is a site like any other, so that
 * it can be overlaid by what the user wrote; its URI says in plain words why the value holds.
 */
const builtinSite = (because: string): Site => ({ uri: scheme + because, span: { start: 0, end: 0 } });

/** Where a value comes from: from the text, or from Istio itself. */
export function originOf({ keySite, value }: Entry): Origin {
  if (value.site.uri.startsWith(scheme))
    return { kind: 'default', because: value.site.uri.slice(scheme.length) };
  return { kind: 'written', site: value.site, key: keySite };
}

export const builtinScalar = (text: Text, because: string): Scalar => ({
  kind: 'scalar',
  text,
  type: 'string',
  site: builtinSite(because),
});

export const builtinEntry = (key: string, value: Node, because: string): Entry => ({
  key,
  keySite: builtinSite(because),
  value,
});

/** A configuration tree of Istio's own data. */
export function builtinTree(plain: Plain, because: string): Node {
  const site = builtinSite(because);
  if (typeof plain === 'string') return builtinScalar(literal(plain), because);
  if (typeof plain === 'boolean')
    return { kind: 'scalar', text: literal(String(plain)), type: 'boolean', site };
  if (isList(plain)) return { kind: 'list', items: plain.map(item => builtinTree(item, because)), site };
  const entries = Object.entries(plain).map(([key, value]) =>
    builtinEntry(key, builtinTree(value, because), because),
  );
  return { kind: 'map', entries, site };
}

const isList = (plain: Plain): plain is readonly Plain[] => Array.isArray(plain);
