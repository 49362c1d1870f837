import type { Entry, MapNode, Node } from '../../core/tree';
import { addEntry, mergeInto } from './entries';
import { mask } from './mask';
import {
  type Collection,
  type Item,
  type Parsed,
  parseDocuments,
  type SourceToken,
  type Token,
} from './parse';
import { type Reading, siteOf, why } from './reading';
import { emptyPlace, emptyScalar, readScalar, unknownScalar } from './scalars';

/** Aliases that stand for more values than this are left unknown. */
const maximumAliased = 100_000;

/** The values of the documents in a text, or a clause that says why it was not read. */
export type Composed =
  | { readonly kind: 'read'; readonly nodes: readonly Node[] }
  | Extract<Parsed, { kind: 'unread' }>;

/**
 * The values of the documents in a chunk of YAML. What is malformed is read as far as it goes; a text that is nested
 * too deeply or far too long is not read. Aliases give the very node that their anchor stands for.
 */
export function composeNodes(text: string, uri: string): Composed {
  const masked = mask(text);
  const hasBranches = masked.holes.some(hole => hole.kind === 'control');
  const parsed = parseDocuments(masked.text);
  if (parsed.kind === 'unread') return parsed;
  const nodes = parsed.documents.flatMap(document => {
    const reading: Reading = {
      text,
      uri,
      masked,
      hasBranches,
      anchors: new Map(),
      size: 0,
      aliased: 0,
      end: 0,
    };
    return document.value === undefined ? [] : [readNode(reading, document.value, document.start, 0)];
  });
  return { kind: 'read', nodes };
}

/** The node of a token; `before` are the tokens in front of it, with its anchor and tag. */
function readNode(
  reading: Reading,
  token: Token | null | undefined,
  before: readonly SourceToken[],
  fallback: number,
): Node {
  const anchor = before.findLast(part => part.type === 'anchor')?.source.slice(1);
  const tag = before.findLast(part => part.type === 'tag')?.source;
  const size = reading.size;
  const node = readValue(reading, token, tag, () => emptyPlace(before, fallback));
  if (anchor !== undefined) reading.anchors.set(anchor, { node, size: reading.size - size });
  return node;
}

function readValue(
  reading: Reading,
  token: Token | null | undefined,
  tag: string | undefined,
  place: () => number,
): Node {
  reading.size += 1;
  switch (token?.type) {
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar': {
      reading.end = token.offset + token.source.length;
      return readScalar(reading, token, tag);
    }
    case 'block-scalar': {
      const scalar = readScalar(reading, token, tag);
      reading.end = scalar.site.span.end;
      return scalar;
    }
    case 'alias':
      reading.end = token.offset + token.source.length;
      return readAlias(reading, token.source, token.offset);
    case 'block-map':
      return readMap(reading, token);
    case 'block-seq':
      return readList(reading, token);
    case 'flow-collection':
      return token.start.type === 'flow-map-start' ? readMap(reading, token) : readList(reading, token);
    default: {
      const at = place();
      reading.end = Math.max(reading.end, at);
      return emptyScalar(reading, at, tag);
    }
  }
}

function readAlias(reading: Reading, source: string, start: number): Node {
  const end = start + source.length;
  const target = reading.anchors.get(source.slice(1));
  if (target === undefined)
    return unknownScalar(reading, start, end, `\`${source}\` refers to an anchor that is not set above it`);
  if (reading.aliased + target.size > maximumAliased)
    return unknownScalar(reading, start, end, `the aliases of this document stand for too many values`);
  reading.size += target.size;
  reading.aliased += target.size;
  return target.node;
}

function readList(reading: Reading, token: Collection): Node {
  const items: Node[] = [];
  for (const item of token.items) {
    const isPair = item.key !== undefined && item.sep?.some(part => part.type === 'map-value-ind') === true;
    const value = item.value ?? item.key;
    if (isPair) items.push(pairMap(reading, item));
    else if (value !== undefined || item.start.some(part => part.type === 'seq-item-ind'))
      items.push(readNode(reading, value, item.start, token.offset));
  }
  return { kind: 'list', items, site: siteOf(reading, token.offset, endOf(reading, token)) };
}

/** `[a: 1]` is a list of maps with one key each. */
function pairMap(reading: Reading, item: Item): MapNode {
  const entries = new Map<string, Entry>();
  const start = item.key?.offset ?? reading.end;
  readEntry(reading, item, entries);
  return { kind: 'map', entries: [...entries.values()], site: siteOf(reading, start, reading.end) };
}

function readMap(reading: Reading, token: Collection): Node {
  const entries = new Map<string, Entry>();
  for (const item of token.items) {
    const hasColon = item.sep?.some(part => part.type === 'map-value-ind') === true;
    const isKey =
      hasColon ||
      (token.type === 'flow-collection' && item.key != null) ||
      item.start.some(part => part.type === 'explicit-key-ind');
    if (isKey) readEntry(reading, item, entries);
  }
  const site = siteOf(reading, token.offset, endOf(reading, token));
  const all = [...entries.values()];
  const first = all[0]?.value;
  const holdsOnlyContent = all.every(({ keySite, value }) => keySite.span.start === value.site.span.start);
  return first !== undefined && holdsOnlyContent ? first : { kind: 'map', entries: all, site };
}

/** Where a collection ends; also notes it as the end of the last value. */
function endOf(reading: Reading, token: Collection): number {
  const closing = token.type === 'flow-collection' ? token.end[0] : undefined;
  if (closing !== undefined) reading.end = Math.max(reading.end, closing.offset + closing.source.length);
  return reading.end;
}

function readEntry(reading: Reading, item: Item, entries: Map<string, Entry>): void {
  const content = item.key ? reading.masked.contents.get(item.key.offset) : undefined;
  if (content !== undefined) {
    const key = reading.text.slice(content.start, content.end);
    const value = unknownScalar(reading, content.start, content.end, why(key));
    reading.end = Math.max(reading.end, content.end);
    entries.set(key, { key, keySite: value.site, value });
    return;
  }
  const key = readKey(reading, item.key, item.start);
  const { written, siblings } = ownValue(item);
  const value = readNode(reading, written, item.sep ?? [], reading.end);
  if (key?.isMerge) mergeInto(entries, key, value);
  else if (key !== undefined) addEntry(reading, entries, { key: key.key, keySite: key.keySite, value });
  for (const sibling of siblings) readEntry(reading, sibling, entries);
}

/**
 * A line that is indented too far continues the value above it, so that the parser takes both for the first key of a
 * map in that value's place: `hub: x` and below it, further in, `tag: y`. Such lines are read as siblings.
 */
function ownValue({ sep, value }: Item): {
  readonly written: Token | undefined;
  readonly siblings: readonly Item[];
} {
  const key = value?.type === 'block-map' ? value.items[0]?.key : undefined;
  const isBelow = sep?.some(part => part.type === 'newline');
  if (value?.type !== 'block-map' || key?.type !== 'scalar' || isBelow || !key.source.includes('\n'))
    return { written: value, siblings: [] };
  const source = key.source.slice(0, key.source.lastIndexOf('\n')).trimEnd();
  return { written: { ...key, source }, siblings: value.items };
}

interface Key extends Omit<Entry, 'value'> {
  readonly isMerge: boolean;
}

/** The key of an entry; `undefined` for a key that is no scalar, which istioctl refuses. */
function readKey(
  reading: Reading,
  token: Token | null | undefined,
  before: readonly SourceToken[],
): Key | undefined {
  if (token?.type === 'scalar' && token.source.includes('\n')) {
    // A word without a colon on the lines above, still being typed: the key is what stands before the colon.
    const source = token.source.slice(token.source.lastIndexOf('\n') + 1).trimStart();
    return readKey(
      reading,
      { ...token, source, offset: token.offset + token.source.length - source.length },
      before,
    );
  }
  const node = readNode(reading, token, before, reading.end);
  if (node.kind !== 'scalar') return undefined;
  const key = node.text.kind === 'literal' ? node.text.value : node.text.raw;
  return { key, keySite: node.site, isMerge: token?.type === 'scalar' && token.source === '<<' };
}
