import type { Insertion } from '../../core/source';
import { entryOf, type Node } from '../../core/tree';
import { eolOf, lineStart } from '../yaml/layout';

/**
 * Where and how to write `value` under `path` in an object that stands in `chunk` (the file `uri`); `undefined` where a part
 * of the path is no object that is written out there.
 */
export function insertObject(
  chunk: string,
  uri: string,
  root: Node,
  path: readonly string[],
  value: string,
): Insertion | undefined {
  let node: Node = root;
  let rest = path;
  for (const key of path) {
    const entry = entryOf(node, key);
    if (entry === undefined) break;
    node = entry.value;
    rest = rest.slice(1);
  }
  const { site } = node;
  const { start, end } = site.span;
  if (rest.length === 0 || node.kind !== 'map' || site.uri !== uri || site.via !== undefined)
    return undefined;
  if (chunk[start] !== '{' || chunk[end - 1] !== '}') return undefined;
  const text = objectText(rest, value);
  const at = { start: start + 1, end: start + 1 };
  const inside = chunk.slice(start + 1, end - 1);
  if (inside.trim() === '') return { span: at, newText: inside.includes('\n') ? ` ${text}` : ` ${text} ` };
  const [first] = node.entries;
  if (/^[ \t]*\r?\n/.test(inside) && first !== undefined && first.keySite.uri === uri) {
    const line = lineStart(chunk, first.keySite.span.start);
    const lead = /^[ \t]*/.exec(chunk.slice(line))?.[0] ?? '';
    return { span: at, newText: `${eolOf(chunk)}${lead}${text}` };
  }
  return { span: at, newText: ` ${text},` };
}

/** `a = { b = "value" }`. */
export function objectText([key = '', ...rest]: readonly string[], value: string): string {
  const name = /^[A-Za-z_][\w-]*$/.test(key) ? key : JSON.stringify(key);
  return `${name} = ${rest.length === 0 ? JSON.stringify(value) : `{ ${objectText(rest, value)} }`}`;
}
