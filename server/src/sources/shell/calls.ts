import { type Traced, tracedFile } from '../../core/traced';
import { type Evaluation, nested } from './evaluation';
import { readFileFor } from './files';
import { withPlainLineEnds } from './lineEnds';
import { parseShell } from './parse';
import { codeOf } from './redirects';
import type { ShellFunction, State } from './state';
import { type Flow, runNode, runStatements } from './statements';
import { type Stream, unknownStream } from './stream';

/** Follows a function's body with the arguments that it is called with. */
export function callFunction(
  { node, code }: ShellFunction,
  words: readonly Traced[],
  flow: Flow,
  state: State,
  evaluation: Evaluation,
): Stream {
  evaluation.called.add(functionKey({ node, code }));
  const before = state.positional;
  state.positional = words;
  const stream = nested(evaluation, () => runBody({ node, code }, flow, state, evaluation));
  state.positional = before;
  if (state.ended !== 'exit') state.ended = undefined;
  return stream ?? unknownStream('it is printed by a function that calls itself');
}

/** Follows the body of a function. */
export function runBody(
  { node, code }: ShellFunction,
  flow: Omit<Flow, 'code'>,
  state: State,
  evaluation: Evaluation,
): Stream {
  const { body } = node;
  if (body.type === 'CompoundList') return runStatements(body.commands, code, state, evaluation, flow.input);
  return runNode(body, { ...flow, code }, state, evaluation);
}

/** A function, as the key that tells it from others. */
export const functionKey = ({ node, code }: ShellFunction): string => `${code.uri} ${node.pos}`;

/** Follows another script in this one, as `source` does. A file that is not there changes nothing. */
export function sourceFile(name: Traced, state: State, evaluation: Evaluation): void {
  const file = readFileFor(evaluation)(name.raw, state);
  if (file === undefined || evaluation.sourcing.includes(file.uri)) return;
  const { uri, text } = file;
  const whole = withPlainLineEnds(tracedFile(text, uri));
  const script = parseShell(whole.raw);
  if (script === undefined) return;
  evaluation.sourcing.push(uri);
  const code = codeOf(whole, uri);
  nested(evaluation, () => runStatements(script.commands, code, state, evaluation));
  if (state.ended === 'return') state.ended = undefined;
  evaluation.sourcing.pop();
}
