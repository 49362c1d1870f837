import { standIn } from './standIn';
import { findHoles, type Hole } from './templates';

/** A text that can be parsed as YAML: the same length and the same lines, with every expression covered. */
export interface Masked {
  readonly text: string;
  readonly holes: readonly Hole[];
  /** Expressions that stand alone on a line and may bring in anything, by the offset of the key put in for them. */
  readonly contents: ReadonlyMap<number, Hole>;
}

/**
 * Covers the template expressions so that the rest can be parsed: control actions and comments become blanks, an
 * expression within a value becomes letters, an expression alone on a line becomes a key of the map (or the list)
 * that it stands in. Tabs that indent, which YAML forbids, count as one blank each.
 */
export function mask(source: string): Masked {
  const text = source.replace(/^\t[ \t]*/gm, blanks);
  const holes = findHoles(text);
  if (holes.length === 0) return { text: coverJson(text), holes, contents: new Map() };
  const contents = new Map<number, Hole>();
  const parts: string[] = [];
  let done = 0;
  let previous = 0;
  let lineStart = 0;
  let leads = true;
  for (const hole of holes) {
    const newline = text.slice(previous, hole.start).lastIndexOf('\n') + previous;
    if (newline >= previous) {
      lineStart = newline + 1;
      leads = true;
    }
    leads &&= isBlank(text.slice(Math.max(lineStart, done), hole.start));
    previous = hole.start;
    if (hole.kind === 'comment' || (hole.kind === 'control' && leads)) {
      parts.push(text.slice(done, hole.start), blanks(text.slice(hole.start, hole.end)));
    } else if (leads && /^[ \t]*(?:[\r\n#]|$)/.test(text.slice(hole.end, hole.end + 200))) {
      const from = Math.max(lineStart, done);
      const stand = standIn(text, hole, lineStart, from, contents.size < maximumLookups);
      contents.set(stand.key, hole);
      parts.push(text.slice(done, from), stand.text);
    } else {
      parts.push(text.slice(done, hole.start), letters(text.slice(hole.start, hole.end)));
      leads = false;
    }
    done = hole.end;
  }
  parts.push(text.slice(done));
  return { text: coverJson(parts.join('')), holes, contents };
}

/** For more expressions than this, alone on their lines, the lines around them are not looked at. */
const maximumLookups = 500;

const isBlank = (text: string): boolean => /^[ \t\uFEFF]*$/.test(text);

const blanks = (text: string): string => text.replace(/[^\r\n]/g, ' ');

/** Letters on the first line, so that it is a part of a scalar; lines that an expression runs on to become blank. */
function letters(text: string): string {
  const newline = text.search(/[\r\n]/);
  if (newline === -1) return 'x'.repeat(text.length);
  return 'x'.repeat(newline) + blanks(text.slice(newline));
}

/**
 * In JSON, covers `//` comments, and closes strings at their line's end: YAML would let a string that is still being
 * typed run on to the next quote. Any other text is returned as it is.
 */
function coverJson(text: string): string {
  if (!/^[\s\uFEFF]*(?:\/\/|[[{][\s[\]{}]*["/])/.test(text)) return text;
  const pieces = /("[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*)("|\r?\n|$)|(?<=^|[\s,{}[\]])\/\/.*/g;
  return text.replace(pieces, (piece: string, string: string | undefined, end: string) => {
    if (string === undefined) return blanks(piece);
    if (end === '"' || end === '') return piece;
    return string.endsWith(',') ? `${string.slice(0, -1)}"${end}` : `${string}"${end.slice(1)}`;
  });
}
