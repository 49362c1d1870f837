import { joinTraced, type Traced } from '../../core/traced';
import { asWritten, readAs } from './tracedParts';

/** The line that begins a block scalar: `|` or `>`, with its indicators. */
export interface BlockHeader {
  readonly isFolded: boolean;
  readonly keepsEnd: boolean;
  /** The column that the lines of the block begin at, where the header tells it. */
  readonly column: number | undefined;
  /** Where the first line of the block begins. */
  readonly start: number;
}

/** The header of the block scalar whose first word is at `first`; `undefined` where that begins no block. */
export function blockHeader(text: string, first: number): BlockHeader | undefined {
  let end = first;
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end -= 1;
  const newline = text.indexOf('\n', end);
  if (end === 0 || newline === -1 || newline >= first) return undefined;
  const line = text.slice(Math.max(text.lastIndexOf('\n', end - 1) + 1, end - longestHeader), end);
  const match = /(?:^|[:?-]|[!&]\S{1,100})[ \t]+([|>])([-+\d]{0,2})(?:[ \t]+#.*)?$/.exec(line);
  if (match === null) return undefined;
  const [, style, indicators = ''] = match;
  const digit = /\d/.exec(indicators)?.[0];
  return {
    isFolded: style === '>',
    keepsEnd: !indicators.includes('-'),
    column: digit === undefined ? undefined : parentColumn(line.slice(0, match.index + 1)) + Number(digit),
    start: newline + 1,
  };
}

/** No header line is looked at further than this many UTF-16 units from its end. */
const longestHeader = 500;

/** The column of the map or list that the scalar is a value of: that of its key, else that of the last dash. */
function parentColumn(lead: string): number {
  const dashes = /^\s*(?:-[ \t]+)*/.exec(lead)?.[0].length ?? 0;
  if (dashes < lead.trimEnd().length && lead[dashes] !== '-') return dashes;
  return Math.max(0, lead.lastIndexOf('-'));
}

interface Line {
  /** Where the line's content begins, without the block's indentation, and where it ends, without its line end. */
  readonly start: number;
  readonly end: number;
  /** The first line end behind it; the text's end, where there is none. */
  readonly newline: number;
}

/** The content of a block scalar up to `end`, and the line end behind it, unless the header takes it away. */
export function blockTraced(text: string, uri: string, header: BlockHeader, end: number): Traced {
  const parts: Traced[] = [];
  const newlines = (lines: readonly Line[]): void => {
    for (const line of lines) parts.push(newlineAt(text, uri, line));
  };
  let last: Line | undefined;
  let blank: Line[] = [];
  for (const line of linesOf(text, header, end)) {
    if (line.start === line.end) {
      blank.push(line);
      continue;
    }
    // Folding joins lines, and takes away the first of several line ends, unless a line is indented further.
    const folds = header.isFolded && last !== undefined && isText(text, last) && isText(text, line);
    if (folds && last !== undefined && blank.length === 0) parts.push(readAs(' ', uri, last.end, line.start));
    else newlines(folds || last === undefined ? blank : [last, ...blank]);
    parts.push(asWritten(text, uri, line.start, line.end));
    blank = [];
    last = line;
  }
  if (last !== undefined && header.keepsEnd && last.newline < text.length) newlines([last]);
  return joinTraced(parts.length === 0 ? [asWritten(text, uri, end, end)] : parts);
}

const isText = (text: string, { start }: Line): boolean => !/[ \t]/.test(text.charAt(start));

/** A carriage return in front of it is a part of no line. */
const newlineAt = (text: string, uri: string, { newline }: Line): Traced =>
  asWritten(text, uri, newline, newline + 1);

function linesOf(text: string, { start, column }: BlockHeader, end: number): readonly Line[] {
  const lines: Line[] = [];
  let indent = column;
  for (let at = start; at < end; ) {
    const found = text.indexOf('\n', at);
    const newline = found === -1 ? text.length : found;
    const lineEnd = Math.min(end, text[newline - 1] === '\r' ? newline - 1 : newline);
    let lead = at;
    while (lead < lineEnd && /[ \t]/.test(text.charAt(lead))) lead += 1;
    // An expression of a template may begin at any column.
    if (lead < lineEnd && !/^(?:\{\{|\{%|<%)/.test(text.slice(lead, lead + 2))) indent ??= lead - at;
    lines.push({ start: Math.min(lead, lineEnd, at + (indent ?? lead - at)), end: lineEnd, newline });
    at = newline + 1;
  }
  return lines;
}
