import type { Traced } from '../../core/traced';

/** A value that a variable may have: as it is written, or (`:=`) already filled in. */
export interface Definition {
  readonly text: Traced;
  readonly isFilledIn: boolean;
}

/** What variables are defined as at one point of a makefile, through the branches of its conditionals. */
export interface Definitions {
  readonly of: (name: string) => readonly Definition[] | undefined;
  readonly set: (name: string, values: readonly Definition[]) => void;
  /** `ifeq` and the like. */
  readonly open: () => void;
  /** `else`, with a condition of its own or not. */
  readonly otherwise: (hasCondition: boolean) => void;
  /** `endif`: a variable has the values that it was left with by any branch. */
  readonly close: () => void;
  readonly names: () => Iterable<string>;
}

/** No variable is followed through more values than these, no deeper conditionals, and no more variables. */
export const mostCandidates = 8;
const deepest = 24;
const mostVariables = 4000;

interface Branches {
  /** What each variable that a branch sets was before. */
  readonly before: Map<string, readonly Definition[] | undefined>;
  /** What the branches have left it with, and how many did. */
  readonly left: Map<string, { values: readonly Definition[]; count: number }>;
  /** The variables that the present branch has set. */
  touched: Set<string>;
  count: number;
  hasElse: boolean;
}

/** No variable is defined at first. Conditions are not worked out: each branch may be the one that holds. */
export function emptyDefinitions(): Definitions {
  const values = new Map<string, readonly Definition[]>();
  const open: Branches[] = [];
  let ignored = 0;

  const put = (name: string, given: readonly Definition[]): void => {
    const branches = open.at(-1);
    if (!values.has(name) && values.size >= mostVariables) return;
    if (branches !== undefined) {
      if (!branches.before.has(name)) branches.before.set(name, values.get(name));
      branches.touched.add(name);
    }
    values.set(name, distinct(given));
  };
  const endBranch = (branches: Branches): void => {
    for (const name of branches.touched) {
      const left = branches.left.get(name) ?? { values: [], count: 0 };
      branches.left.set(name, {
        values: [...left.values, ...(values.get(name) ?? [])].slice(0, mostCandidates * 2),
        count: left.count + 1,
      });
      const before = branches.before.get(name);
      if (before === undefined) values.delete(name);
      else values.set(name, before);
    }
    branches.touched = new Set();
    branches.count += 1;
  };

  return {
    of: name => values.get(name),
    set: put,
    names: () => values.keys(),
    open() {
      if (open.length >= deepest) ignored += 1;
      else open.push({ before: new Map(), left: new Map(), touched: new Set(), count: 0, hasElse: false });
    },
    otherwise(hasCondition) {
      const branches = open.at(-1);
      if (branches === undefined || ignored > 0) return;
      endBranch(branches);
      branches.hasElse ||= !hasCondition;
    },
    close() {
      if (ignored > 0) {
        ignored -= 1;
        return;
      }
      const branches = open.pop();
      if (branches === undefined) return;
      endBranch(branches);
      for (const [name, { values: left, count }] of branches.left) {
        const isLeftOut = count < branches.count || !branches.hasElse;
        put(name, [...(isLeftOut ? (branches.before.get(name) ?? []) : []), ...left]);
      }
    },
  };
}

function distinct(values: readonly Definition[]): readonly Definition[] {
  if (values.length < 2) return values;
  return values.filter((value, index) => values.indexOf(value) === index).slice(0, mostCandidates);
}
