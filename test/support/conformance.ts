import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tables of what other programs answer, row by row; they live outside the repository. */
export const conformanceFolder = process.env.MESHFIT_CONFORMANCE;

/** For `test(name, { skip }, …)`: why the tables can't be read, or false. */
export const skip = conformanceFolder === undefined ? 'set MESHFIT_CONFORMANCE' : false;

export interface Row<Input, Expect> {
  readonly kind: string;
  readonly input: Input;
  readonly expect: Expect;
  /** Skipped by the project that the row comes from, too. */
  readonly skipped?: boolean;
}

/** A whole table, as its file has it. */
export const table = (file: string) => JSON.parse(readFileSync(join(conformanceFolder ?? '', file), 'utf8'));

/** The rows of one kind, of which there must be some. */
export function rowsOf<Input, Expect>(file: string, kind: string): readonly Row<Input, Expect>[] {
  const { cases } = table(file);
  const found = cases.filter((row: Row<Input, Expect>) => row.kind === kind);
  if (found.length === 0) throw new Error(`${file} has no rows of the kind ${kind}`);
  return found;
}
