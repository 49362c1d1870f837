import type { Command } from '../../core/fragment';
import type { Insertion } from '../../core/source';
import { eolOf, lineStart } from '../yaml/layout';
import { type Attribute, attributeOf, type Block } from './blocks';
import { expressionOf } from './expressions';
import { insertIntoValues } from './insertIntoValues';
import { insertObject, objectText } from './insertObject';
import { type HclFile, readHcl } from './module';

/**
 * Where and how a release gets the value of a chart: as one more `set` where it has some, else in the last of its values, else
 * as values of their own. Both versions of the provider read all of these. `undefined` where there is no safe place.
 */
export function append(
  chunk: string,
  { anchor, written }: Command,
  path: readonly string[],
  value: string,
): Insertion | undefined {
  const file = readHcl(chunk, anchor.uri);
  const block = file.body.blocks.find(({ labels }) => labels[0]?.span.start === anchor.span.start);
  if (block === undefined || path.length === 0) return undefined;
  const set = attributeOf(block, 'set');
  const lastSet = block.blocks.findLast(({ type }) => type === 'set');
  const name = path.map(step => step.replaceAll('.', '\\.')).join('.');
  if (set !== undefined)
    return intoList(file, set, `{ name = ${JSON.stringify(name)}, value = ${JSON.stringify(value)} }`);
  if (lastSet !== undefined) return afterBlock(chunk, lastSet, name, value);
  const values = attributeOf(block, 'values');
  if (values === undefined) return asValues(file, block, path, value);
  const [last] = written.at(-1)?.fragments ?? [];
  const isLast = last?.kind === 'manifest' && endsWith(file, values, written.at(-1)?.path ?? '');
  if (isLast && last.unread === undefined) {
    const inside =
      last.within === undefined
        ? insertObject(chunk, anchor.uri, last.root, path, value)
        : insertIntoValues(chunk, last.within.traced, path, value);
    if (inside !== undefined) return inside;
  }
  return intoList(file, values, `yamlencode({ ${objectText(path, value)} })`);
}

/** Whether the file of values that is named so is the last of the list. */
function endsWith({ tokens }: HclFile, { first, after }: Attribute, path: string): boolean {
  const list = expressionOf(tokens, first, after);
  return list.kind === 'list' && path === `values[${list.items.length - 1}]`;
}

/** One more item at the end of a list that is written out. */
function intoList(
  { text, tokens }: HclFile,
  { first, after }: Attribute,
  item: string,
): Insertion | undefined {
  const own = tokens.slice(first, after).filter(({ kind }) => kind !== 'newline');
  const close = own.at(-1);
  const last = own.at(-2);
  if (own[0]?.text !== '[' || close?.text !== ']' || last === undefined) return undefined;
  const at = { start: last.end, end: last.end };
  if (own.length === 2) return { span: at, newText: item };
  const lead = /^[ \t]*(?=\S)/.exec(text.slice(lineStart(text, own[1]?.start ?? 0)))?.[0] ?? '';
  const isSpread = text.slice(last.end, close.start).includes('\n');
  const eol = eolOf(text);
  if (last.kind === 'heredoc') return { span: at, newText: `${eol}${lead}, ${item}` };
  if (!isSpread) return { span: at, newText: `${last.text === ',' ? '' : ','} ${item}` };
  return {
    span: at,
    newText: `${last.text === ',' ? '' : ','}${eol}${lead}${item}${last.text === ',' ? ',' : ''}`,
  };
}

function afterBlock(chunk: string, { span }: Block, name: string, value: string): Insertion | undefined {
  const lead = chunk.slice(lineStart(chunk, span.start), span.start);
  if (chunk[span.end - 1] !== '}' || lead.trim() !== '') return undefined;
  const lines = [
    '',
    '',
    `${lead}set {`,
    `${lead}  name  = ${JSON.stringify(name)}`,
    `${lead}  value = ${JSON.stringify(value)}`,
    `${lead}}`,
  ];
  return { span: { start: span.end, end: span.end }, newText: lines.join(eolOf(chunk)) };
}

function asValues(
  { text, tokens }: HclFile,
  block: Block,
  path: readonly string[],
  value: string,
): Insertion | undefined {
  const before = ['version', 'chart'].flatMap(name => attributeOf(block, name) ?? [])[0];
  const last = before && tokens[before.after - 1];
  if (before === undefined || last === undefined) return undefined;
  const lead = text.slice(lineStart(text, before.nameSpan.start), before.nameSpan.start);
  const lineEnd = text.indexOf('\n', last.end);
  if (lead.trim() !== '' || lineEnd < 0 || tokens[before.after]?.kind !== 'newline') return undefined;
  const at = text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
  const lines = [
    '',
    '',
    `${lead}values = [`,
    `${lead}  yamlencode({ ${objectText(path, value)} }),`,
    `${lead}]`,
  ];
  return { span: { start: at, end: at }, newText: lines.join(eolOf(text)) };
}
