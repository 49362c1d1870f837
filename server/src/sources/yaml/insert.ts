import type { Fragment } from '../../core/fragment';
import type { Insertion } from '../../core/source';
export function insert(_c: string, _f: Fragment, _p: readonly string[], _v: string): Insertion | undefined {
  return undefined;
}
