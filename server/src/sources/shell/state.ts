import type { Given } from '../../core/fragment';
import type { Traced } from '../../core/traced';
import type { Code } from './code';
import type { Function as FunctionNode } from './parse';
import type { Stream } from './stream';

/** What a variable holds: a text, or the items of an array. */
export type Value =
  | { readonly kind: 'text'; readonly text: Traced }
  | { readonly kind: 'list'; readonly items: readonly Traced[] };

/** One way that a script may take at a fork (an `if`, a `case`, the round of a loop), and what shows it. */
export interface Choice {
  readonly fork: number;
  readonly branch: number;
  readonly given: Given;
}

/** A value that a variable may have, and the ways that lead to it. */
export interface Candidate {
  readonly value: Value;
  readonly choices: readonly Choice[];
}

/** No variable is followed through more values than these. */
export const mostCandidates = 8;

/** A function of a script, with the text that it is written in. */
export interface ShellFunction {
  readonly node: FunctionNode;
  readonly code: Code;
}

/** What a script knows at one moment. It changes while the script is followed; forks work on copies. */
export interface State {
  readonly variables: Map<string, readonly Candidate[]>;
  readonly functions: Map<string, ShellFunction>;
  /** Files that were written, by their path from where the script was started. */
  readonly files: Map<string, Stream>;
  /** The arguments, from `$1` on; `undefined` where they come from outside. */
  positional: readonly Traced[] | undefined;
  /** The folder it is in, as a path from where it was started; `undefined` where nobody knows. */
  directory: string | undefined;
  /** What has left the way that is being followed. */
  ended: 'exit' | 'return' | 'break' | undefined;
}

export const emptyState = (): State => ({
  variables: new Map(),
  functions: new Map(),
  files: new Map(),
  positional: undefined,
  directory: '.',
  ended: undefined,
});

export const copyOf = (state: State): State => ({
  ...state,
  variables: new Map(state.variables),
  functions: new Map(state.functions),
  files: new Map(state.files),
});

export const textValue = (text: Traced): Value => ({ kind: 'text', text });

export const setVariable = (state: State, name: string, ...candidates: readonly Candidate[]): void =>
  void state.variables.set(name, candidates.slice(0, mostCandidates));

/** Makes `state` what `other` is. */
export function become(state: State, other: State): void {
  if (state === other) return;
  for (const part of ['variables', 'functions', 'files'] as const) {
    const [mine, its]: [Map<string, unknown>, Map<string, unknown>] = [state[part], other[part]];
    mine.clear();
    for (const [key, value] of its) mine.set(key, value);
  }
  state.positional = other.positional;
  state.directory = other.directory;
  state.ended = other.ended;
}
