/** A place as people count: line and column from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets of one text into lines and columns. LF, CRLF and a lone CR end a line. */
export interface Lines {
  readonly positionAt: (offset: number) => Position;
  /** The text of a line (from 1) without its line end; empty past the end of the text. */
  readonly textAt: (line: number) => string;
}

export function linesOf(text: string): Lines {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return {
    positionAt(offset) {
      let low = 0;
      let high = starts.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle;
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    },
    textAt: line => text.slice(starts[line - 1] ?? text.length, starts[line]).replace(/[\r\n]+$/, ''),
  };
}
