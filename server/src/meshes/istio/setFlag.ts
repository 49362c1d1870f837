import { literal, type Site, textOf } from '../../core/text';
import { type Entry, entryOf, type Node, type Scalar } from '../../core/tree';
import { type Piece, slice } from './piece';
import type { Rules } from './rules';
import { setDigits, setType } from './setValue';

/** One step of a path: a key, the index of a list item, or the item whose `key` has the value `value`. */
export type Segment =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'item'; readonly key: string; readonly value: string };

/** A `--set` flag, read: where it writes and what. Its sites are those of the path and of the value in the command. */
export interface SetFlag {
  readonly segments: readonly Segment[];
  readonly pathSite: Site;
  readonly value: Piece;
}

/** More steps than any real path has. */
const longestPath = 64;

/**
 * Reads `path=value` as istioctl does (operator/pkg/util/path.go, operator/pkg/values/map.go; not Helm's syntax).
 * `undefined` where istioctl sets nothing: without exactly one `=`, or with a path that it cannot read.
 */
export function parseSetFlag(piece: Piece): SetFlag | undefined {
  const raw = textOf(piece.text);
  const equals = raw.indexOf('=');
  if (equals < 0 || raw.indexOf('=', equals + 1) >= 0) return undefined;
  const path = slice(piece, 0, equals);
  const segments = path.text.kind === 'literal' ? parsePath(path.text.value.trim()) : undefined;
  if (segments === undefined || segments.length > longestPath) return undefined;
  return { segments, pathSite: path.site, value: slice(piece, equals + 1) };
}

/** The segments of `a.b`, `a\.b`, `a[0]`, `a.[0]` and `a.[name:x]`; `undefined` for an empty or unclosed one. */
export function parsePath(path: string): readonly Segment[] | undefined {
  const segments: Segment[] = [];
  let key = '';
  let at = 0;
  const endKey = (): void => {
    if (key !== '') segments.push({ kind: 'key', key });
    key = '';
  };
  while (at < path.length) {
    const char = path.charAt(at);
    if (char === '\\' && path.charAt(at + 1) === '.') {
      key += '.';
      at += 2;
    } else if (char === '.') {
      endKey();
      at += 1;
    } else if (char === '[') {
      const close = path.indexOf(']', at);
      if (close < 0) return undefined;
      endKey();
      segments.push(bracketed(path.slice(at + 1, close)));
      at = close + 1;
    } else {
      key += char;
      at += 1;
    }
  }
  endKey();
  return segments.length === 0 ? undefined : segments;
}

function bracketed(inner: string): Segment {
  if (/^\d+$/.test(inner)) return { kind: 'index', index: Number(inner) };
  const colon = inner.indexOf(':');
  if (colon < 0) return { kind: 'item', key: inner, value: '' };
  return { kind: 'item', key: inner.slice(0, colon), value: inner.slice(colon + 1) };
}

/**
 * The spec after one `--set`. `undefined` when the path selects a list item that is not there, which istioctl reports
 * as an error.
 */
export function applySetFlag(spec: Node | undefined, flag: SetFlag, rules: Rules): Node | undefined {
  const [first, ...rest] = flag.segments;
  const prefixed = rules.setTakesSpec && first?.kind === 'key' && first.key === 'spec' && rest.length > 0;
  const segments = prefixed ? rest : flag.segments;
  return setAt(spec, segments, { ...flag, segments }, rules);
}

function setAt(
  node: Node | undefined,
  [segment, ...rest]: readonly Segment[],
  flag: SetFlag,
  rules: Rules,
): Node | undefined {
  if (segment === undefined) return leaf(flag, rules);
  const site = flag.value.site;
  if (segment.kind === 'key') {
    const value = setAt(entryOf(node, segment.key)?.value, rest, flag, rules);
    if (value === undefined) return undefined;
    const entry: Entry = { key: segment.key, keySite: flag.pathSite, value };
    const others = node?.kind === 'map' ? node.entries.filter(other => other.key !== segment.key) : [];
    return { kind: 'map', entries: [...others, entry], site };
  }
  const items = node?.kind === 'list' ? node.items : [];
  const at = segment.kind === 'index' ? segment.index : items.findIndex(item => has(item, segment));
  if (at < 0) return undefined;
  const value = setAt(items[at], rest, flag, rules);
  if (value === undefined) return undefined;
  const next =
    at < items.length ? items.map((item, index) => (index === at ? value : item)) : [...items, value];
  return { kind: 'list', items: next, site };
}

function has(item: Node, { key, value }: { readonly key: string; readonly value: string }): boolean {
  const found = entryOf(item, key)?.value;
  return found?.kind === 'scalar' && textOf(found.text) === value;
}

/** The value with its type. */
function leaf({ value, segments }: SetFlag, rules: Rules): Scalar {
  const trimmed = trim(value);
  const { text, site } = trimmed;
  if (text.kind === 'dynamic' || (rules.setKeepsTags && isTag(segments)))
    return { kind: 'scalar', text, type: 'string', site };
  const type = setType(text.value);
  return { kind: 'scalar', text: type === 'number' ? literal(setDigits(text.value)) : text, type, site };
}

function trim(piece: Piece): Piece {
  const raw = textOf(piece.text);
  const start = raw.length - raw.trimStart().length;
  return raw === raw.trim() ? piece : slice(piece, start, raw.trimEnd().length);
}

const isTag = (segments: readonly Segment[]): boolean => {
  const path = segments.map(segment => (segment.kind === 'key' ? segment.key : '[]')).join('.');
  return path === 'tag' || path === 'values.global.tag';
};
