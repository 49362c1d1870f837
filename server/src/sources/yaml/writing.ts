import { plainType } from './scalarType';

/** How new text has to look to fit in. `indent` is the column of the first key, `step` what each level adds. */
export interface Style {
  readonly eol: string;
  readonly indent: number;
  readonly step: number;
}

/** `path: value` as lines of block YAML, a level for each key, without a line end after the last. */
export function blockLines(path: readonly string[], value: string, { eol, indent, step }: Style): string {
  return path
    .map((key, level) => {
      const line = `${' '.repeat(indent + level * step)}${plainOrQuoted(key)}:`;
      return level === path.length - 1 ? `${line} ${plainOrQuoted(value)}` : line;
    })
    .join(eol);
}

/** `path: value` as one entry of a flow map, with maps in braces for the further keys; in JSON everything is quoted. */
export function flowEntry(path: readonly string[], value: string, isJson: boolean): string {
  const [key = '', ...rest] = path;
  const write = isJson ? JSON.stringify : plainOrQuoted;
  return `${write(key)}: ${rest.length === 0 ? write(value) : `{${flowEntry(rest, value, isJson)}}`}`;
}

/** A string as YAML, in quotes if it would be read as something else (`1.10` is a number) or break the line. */
export const plainOrQuoted = (text: string): string =>
  /^[\w./][\w./:@+-]*$/.test(text) &&
  !text.endsWith(':') &&
  plainType(text) === 'string' &&
  !/^\.{3}/.test(text)
    ? text
    : JSON.stringify(text);
