import type { Given } from '../../core/fragment';
import type { Traced } from '../../core/traced';
import { mayTellVersion } from '../interest';
import type { Code } from './code';
import type { Function as FunctionNode } from './parse';
import { createScope, type Scope, setIn, takeOver } from './scope';
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
  readonly variables: Scope<readonly Candidate[]>;
  readonly functions: Scope<ShellFunction>;
  /** Files that were written, by their path from where the script was started. */
  readonly files: Scope<Stream>;
  /** Names of variables whose value mentions the mesh, now or before. */
  readonly telling: Set<string>;
  /** The arguments, from `$1` on; `undefined` where they come from outside. */
  positional: readonly Traced[] | undefined;
  /** The folder it is in, as a path from where it was started; `undefined` where nobody knows. */
  directory: string | undefined;
  /** What has left the way that is being followed. */
  ended: 'exit' | 'return' | 'break' | undefined;
}

export const emptyState = (): State => ({
  variables: createScope(),
  functions: createScope(),
  files: createScope(),
  telling: new Set(),
  positional: undefined,
  directory: '.',
  ended: undefined,
});

/** A state that begins as this one; it holds as long as this one does not change. */
export const copyOf = (state: State): State => ({
  ...state,
  variables: createScope(state.variables),
  functions: createScope(state.functions),
  files: createScope(state.files),
});

export const textValue = (text: Traced): Value => ({ kind: 'text', text });

export function setVariable(state: State, name: string, ...candidates: readonly Candidate[]): void {
  setIn(state.variables, name, candidates.slice(0, mostCandidates));
  if (candidates.some(({ value }) => mentions(value))) state.telling.add(name);
}

const mentions = (value: Value): boolean =>
  value.kind === 'text' ? mayTellVersion(value.text.raw) : value.items.some(({ raw }) => mayTellVersion(raw));

/** Makes `state` what a copy of it has become. */
export function become(state: State, copy: State): void {
  takeOver(state.variables, copy.variables);
  takeOver(state.functions, copy.functions);
  takeOver(state.files, copy.files);
  state.positional = copy.positional;
  state.directory = copy.directory;
  state.ended = copy.ended;
}
