import type { Insertion } from '../../core/source';
import type { Entry } from '../../core/tree';
import { before, eolOf, keyStart, valueEnd, written } from './layout';
import type { Place } from './place';
import { flowEntry, plainOrQuoted } from './writing';

/**
 * An entry for a map in braces, best place first: the first entry, or for the document's own map the last. It gets a
 * line of its own where the other entries have one.
 */
export function flowCandidates(
  chunk: string,
  { map, owner, keys }: Place,
  value: string,
): readonly Insertion[] {
  const entries = written(map);
  const [first] = entries;
  const last = entries.at(-1);
  const text = flowEntry(keys, value, isJson(chunk, first ?? owner));
  if (first === undefined || last === undefined) return [at(map.site.span.start + 1, text)];
  const lead = before(chunk, first);
  const separator = lead.trim() === '' ? `,${eolOf(chunk)}${lead}` : ', ';
  const asFirst = at(keyStart(chunk, first), `${text}${separator}`);
  return owner === undefined ? [at(valueEnd(chunk, last), `${separator}${text}`), asFirst] : [asFirst];
}

/** The value, or a map in braces that leads to it, behind a key that has none, or in place of its `null`. */
export function flowIntoEmpty(chunk: string, { map, keys }: Place, empty: Entry, value: string): Insertion {
  const json = chunk[map.site.span.start] === '{' && isJson(chunk, empty);
  const scalar = json ? JSON.stringify(value) : plainOrQuoted(value);
  const text = keys.length === 0 ? scalar : `{${flowEntry(keys, value, json)}}`;
  const { span } = empty.value.site;
  const isBehindBlank = /\s/.test(chunk.slice(span.start - 1, span.start));
  const isBeforeText = /[^\s,}\]]/.test(chunk.slice(span.end, span.end + 1));
  return { span, newText: `${isBehindBlank ? '' : ' '}${text}${isBeforeText ? ' ' : ''}` };
}

const isJson = (chunk: string, entry: Entry | undefined): boolean =>
  entry !== undefined && chunk[keyStart(chunk, entry)] === '"';

const at = (offset: number, newText: string): Insertion => ({
  span: { start: offset, end: offset },
  newText,
});
