import type { Traced } from '../../core/traced';
import { firstLineOf, type Line, lineAt } from '../makefile/lines';
import { type Pieces, piecesOf } from '../makefile/pieces';
import { bareFences, type LongestFrom } from './bareFences';
import { callsIstioctl } from './commands';
import { type Mark, markAt, type Prefix, prefixOf, withoutPrefix } from './fenceLine';
import { languageOf } from './language';
import { promptOf } from './prompts';
import { openingTag } from './tags';

/** A code block of a document: its info string, and its text without the marks and the indentation around it. */
export interface Block {
  readonly info: string;
  readonly text: Traced;
}

/**
 * The code blocks of a Markdown document, in order: fenced ones (CommonMark 0.31.2 section 4.5), also where they stand
 * in lists and block quotes or are never closed, those that template tags open, and indented ones that start with a
 * prompt or istioctl. What stands in comments is left out.
 */
export function blocksOf(text: string, uri: string): readonly Block[] {
  const reading: Reading = {
    text,
    uri,
    longestFrom: bareFences(text),
    lastComment: text.lastIndexOf('*/}'),
    lastClose: new Map(),
  };
  const blocks: Block[] = [];
  let isAfterBlank = true;
  let listIndent = 0;
  for (let at = firstLineOf(text); at < text.length; ) {
    const line = lineAt(text, at);
    const prefix = prefixOf(text, line);
    const isBlank = prefix.at >= line.end;
    if (prefix.listed) listIndent = prefix.indent;
    else if (!isBlank && isAfterBlank && prefix.indent < listIndent) listIndent = 0;
    const found: Found | undefined =
      readFence(reading, line) ??
      readTag(reading, line, prefix) ??
      (isAfterBlank ? readIndented(reading, line, prefix, listIndent) : undefined);
    if (found !== undefined) blocks.push(found.block);
    const next: number | undefined = found?.next ?? commentEnd(reading, prefix.at);
    isAfterBlank = isBlank || next !== undefined;
    at = next ?? line.next;
  }
  return blocks;
}

interface Reading {
  readonly text: string;
  readonly uri: string;
  readonly longestFrom: LongestFrom;
  /** Where the last comment of MDX ends. */
  readonly lastComment: number;
  /** Where each closing tag stands for the last time. */
  readonly lastClose: Map<string, number>;
}

/** A block, and where the line after it begins. */
interface Found {
  readonly block: Block;
  readonly next: number;
}

/** Reads lines into a block until one is its last. */
function readLines(
  { text, uri }: Reading,
  from: number,
  outer: Prefix,
  info: string,
  isLast: (line: Line, start: number) => 'closes' | 'stands after' | undefined,
): Found {
  const pieces = piecesOf(text, uri);
  let at = from;
  while (at < text.length) {
    const line = lineAt(text, at);
    const start = withoutPrefix(text, line, outer);
    if (start === undefined) break;
    const last = isLast(line, start);
    if (last === 'stands after') break;
    at = line.next;
    if (last === 'closes') break;
    keepLine(pieces, start, line);
  }
  return { block: { info, text: pieces.done() }, next: at };
}

/** A line with its line end, which is a single LF. */
function keepLine(pieces: Pieces, start: number, { end, next }: Line): void {
  pieces.keep(start, end);
  if (next > end) pieces.keep(next - 1, next);
}

/**
 * A fence ends with one of the same kind that is as long at least; where there is none in the rest of the document, with
 * any: four backticks are often closed by three. One that opens a block of a known language shows that the last was
 * never closed.
 */
function readFence(reading: Reading, line: Line): Found | undefined {
  const { text, longestFrom } = reading;
  const opening = markAt(text, line);
  if (opening === undefined) return undefined;
  const { unit, length, prefix, info } = opening;
  const needed = longestFrom(unit, line.next) >= length ? length : 3;
  return readLines(reading, line.next, prefix, info, (inner, start) => {
    const mark = text.startsWith(unit, firstOf(text, start, inner.end)) ? markAt(text, inner) : undefined;
    if (mark === undefined || mark.unit !== unit) return undefined;
    if (mark.info === '' && !mark.prefix.listed) return mark.length >= needed ? 'closes' : undefined;
    return mark.length >= length && opensCode(mark) ? 'stands after' : undefined;
  });
}

/** Where something stands in a line, or its end; list markers are passed over. */
function firstOf(text: string, start: number, end: number): number {
  return prefixOf(text, { start, end, next: end }).at;
}

const opensCode = ({ info }: Mark): boolean => {
  const language = languageOf(info);
  return info !== '' && language !== 'other' && language !== 'plain';
};

function readTag(reading: Reading, line: Line, prefix: Prefix): Found | undefined {
  const { text, lastClose } = reading;
  if (text[prefix.at] !== '{') return undefined;
  const tag = openingTag(text.slice(prefix.at, Math.min(line.end, prefix.at + 300)));
  if (tag === undefined) return undefined;
  const last = lastClose.get(tag.needs) ?? text.lastIndexOf(tag.needs);
  lastClose.set(tag.needs, last);
  if (last < line.end) return undefined;
  return readLines(reading, line.next, prefix, tag.info, (inner, start) => {
    const inside = text.slice(start, Math.min(inner.end, start + 300));
    if (!tag.closes(inside)) return undefined;
    return openingTag(inside) === undefined ? 'closes' : 'stands after';
  });
}

/**
 * An indented code block (section 4.4) that starts with a prompt, or with istioctl where the indentation is not that of
 * a paragraph in a list.
 */
function readIndented(reading: Reading, line: Line, prefix: Prefix, listIndent: number): Found | undefined {
  const { text } = reading;
  const { indent, listed, quotes } = prefix;
  if (listed || quotes > 0 || indent < 4 || prefix.at >= line.end) return undefined;
  const start = text.slice(prefix.at, Math.min(line.end, prefix.at + 200));
  const isCode = promptOf(start)?.kind === 'user' || (indent >= listIndent + 4 && callsIstioctl(start));
  if (!isCode) return undefined;
  return readLines(reading, line.start, prefix, '', inner => {
    const { at, indent: columns } = prefixOf(text, inner);
    return at < inner.end && columns < Math.min(indent, listIndent + 4) ? 'stands after' : undefined;
  });
}

/** Where the line after a comment begins that starts at `at` (HTML: section 4.6; MDX). */
function commentEnd({ text, lastComment }: Reading, at: number): number | undefined {
  const isMdx = text.startsWith('{/*', at) && lastComment > at;
  if (!isMdx && !text.startsWith('<!--', at)) return undefined;
  const end = text.indexOf(isMdx ? '*/}' : '-->', at);
  return end === -1 ? text.length : lineAt(text, end).next;
}
