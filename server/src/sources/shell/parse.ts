import { type ParsedScript, parse } from 'unbash';

export type * from 'unbash';

/** A text longer than this (in UTF-16 units) is no script that people wrote. */
const longest = 8_000_000;

/** The syntax tree of a script: what can be read of any text. Offsets in it count UTF-16 units of `text`. */
export function parseShell(text: string): ParsedScript | undefined {
  if (text.length > longest) return undefined;
  try {
    return parse(text);
  } catch (error) {
    // The parser is tolerant; only nesting that exhausts the stack gets here.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
