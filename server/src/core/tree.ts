import type { Site, Text } from './text';

/**
 * One shape for YAML, JSON, `--set` and Helm values, so that they can be laid over each other with origins kept.
 */
export type Node = Scalar | MapNode | ListNode;

/**
 * A single value. `text` is the value as written, without quotes and with escapes resolved; `type` is what the syntax
 * says it is, so that `tag: 1.10` (a number) and `tag: "1.10"` (a string) stay apart. `site` covers what a
 * replacement would overwrite: the text between the quotes, or the plain text.
 */
export interface Scalar {
  readonly kind: 'scalar';
  readonly text: Text;
  readonly type: 'string' | 'number' | 'boolean' | 'null';
  readonly site: Site;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
  readonly site: Site;
}

/** One key of a map; keys are unique within a map. `keySite` covers the key's text without quotes. */
export interface Entry {
  readonly key: string;
  readonly keySite: Site;
  readonly value: Node;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly site: Site;
}

/** The entry of a map under `key`, `undefined` when the node is no map or has no such key. */
export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.find(entry => entry.key === key);
}

/** The entry at a path of keys below `node`. List items are not entered. */
export function entryAt(node: Node | undefined, path: readonly string[]): Entry | undefined {
  let entry: Entry | undefined;
  let current = node;
  for (const key of path) {
    entry = entryOf(current, key);
    if (entry === undefined) return undefined;
    current = entry.value;
  }
  return entry;
}

/** The node at a path of keys below `node`. */
export const nodeAt = (node: Node | undefined, path: readonly string[]): Node | undefined =>
  path.length === 0 ? node : entryAt(node, path)?.value;
