import { placeOfTraced } from '../../core/traced';
import { mayTellVersion } from '../interest';
import type { Code } from './code';
import { runCommand } from './command';
import { type Evaluation, reading } from './evaluation';
import { expandText, expandWord } from './expand';
import { expansionIn } from './expansion';
import { followForks, givenOf } from './forks';
import type {
  AndOr,
  Command,
  CommandNode,
  CompoundList,
  For,
  PipelineNode,
  Select,
  Statement,
} from './parse';
import { redirected } from './redirects';
import { setIn, takeOver } from './scope';
import { type Candidate, copyOf, type State, setVariable, textValue } from './state';
import { joinStreams, nothingPrinted, type Stream, unknownStream } from './stream';
import { fromOutside } from './unknown';

/** Where a command stands in its pipeline. */
export interface Flow {
  readonly code: Code;
  readonly input: Stream | undefined;
  /** The commands that its output goes to. */
  readonly into: readonly CommandNode[];
}

/** Follows statements in order; gives what they print. */
export function runStatements(
  statements: readonly Statement[],
  code: Code,
  state: State,
  evaluation: Evaluation,
  input?: Stream,
): Stream {
  const printed: Stream[] = [];
  const { mayMatter, readers } = evaluation;
  const isHandedOn = state.positional?.some(({ raw }) => mayTellVersion(raw)) ?? false;
  const isOwn =
    mayMatter !== undefined && readers === 0 && !isHandedOn && code.uri === evaluation.session.uri;
  for (const [index, { command, pos, end }] of statements.entries()) {
    if (state.ended !== undefined || evaluation.steps <= 0) break;
    const next = statements[index + 1]?.pos;
    // What is never closed may go on behind its end.
    const isWhole = next !== undefined || command.type === 'Command';
    const text = isOwn && isWhole ? code.text.raw.slice(pos, next ?? end) : '<<';
    if (!text.includes('<<') && !mayMatter?.(text)) continue;
    printed.push(runNode(command, { code, input, into: [] }, state, evaluation));
  }
  return joinStreams(printed);
}

/** Follows one node of the syntax tree; gives what it prints. */
export function runNode(
  node: PipelineNode | AndOr,
  flow: Flow,
  state: State,
  evaluation: Evaluation,
): Stream {
  switch (node.type) {
    case 'Command':
      return runCommand(node, flow, state, evaluation);
    case 'Pipeline':
      return runPipeline(node.commands, flow, state, evaluation);
    case 'AndOr':
      return runAndOr(node, flow, state, evaluation);
    default:
      return runCompound(node, flow, state, evaluation);
  }
}

/** Follows a condition, a loop, a group, a function's definition. */
function runCompound(
  node: Exclude<CommandNode, Command>,
  flow: Flow,
  state: State,
  evaluation: Evaluation,
): Stream {
  const { code, input } = flow;
  const list = (part: CompoundList, on: State = state): Stream =>
    runStatements(part.commands, code, on, evaluation, input);
  switch (node.type) {
    case 'Redirected':
      return redirected(node.redirects, flow, state, evaluation, inner =>
        runNode(node.command, { ...flow, input: inner }, state, evaluation),
      );
    case 'If': {
      list(node.clause);
      const ways: ((state: State) => void)[] = [on => list(node.then, on)];
      for (const { clause, then } of node.elif)
        ways.push(on => {
          list(clause, on);
          list(then, on);
        });
      const last = node.else;
      ways.push(on => last && list(last, on));
      followForks(state, nextFork(evaluation), ways);
      return unknownStream('it depends on a condition');
    }
    case 'Case': {
      const ways = node.items.map(
        ({ body }) =>
          (on: State) =>
            void list(body, on),
      );
      const hasRest = node.items.some(({ pattern }) => pattern.some(({ text }) => text === '*'));
      followForks(state, nextFork(evaluation), hasRest ? ways : [...ways, () => {}]);
      return unknownStream('it depends on a condition');
    }
    case 'While':
      list(node.clause);
      followForks(state, nextFork(evaluation), [on => loop(on, () => list(node.body, on)), () => {}]);
      return unknownStream('it is printed in a loop');
    case 'For':
    case 'Select':
      runFor(node, flow, state, evaluation);
      return unknownStream('it is printed in a loop');
    case 'ArithmeticFor':
      loop(state, () => list(node.body));
      return unknownStream('it is printed in a loop');
    case 'Subshell': {
      const inner = copyOf(state);
      const stream = list(node.body, inner);
      takeOver(state.files, inner.files);
      return stream;
    }
    case 'BraceGroup':
      return list(node.body);
    case 'Function': {
      const { name } = node;
      setIn(state.functions, name.value, { node, code });
      return nothingPrinted;
    }
    case 'Coproc':
      if (node.body.type === 'CompoundList') list(node.body);
      else runNode(node.body, flow, copyOf(state), evaluation);
      return nothingPrinted;
    case 'TestCommand':
    case 'ArithmeticCommand':
      return nothingPrinted;
  }
}

const nextFork = (evaluation: Evaluation): number => {
  evaluation.fork += 1;
  return evaluation.fork;
};

/** `break` and `continue` leave the loop, not the script. */
function loop(state: State, round: () => void): void {
  round();
  if (state.ended === 'break') state.ended = undefined;
}

/** Every part of a pipeline is followed with what the part before it prints, in a shell of its own but for the last. */
function runPipeline(
  commands: readonly CommandNode[],
  flow: Flow,
  state: State,
  evaluation: Evaluation,
): Stream {
  let input = flow.input;
  commands.forEach((command, index) => {
    const into = [...commands.slice(index + 1), ...flow.into];
    const own = commands.length === 1 ? state : copyOf(state);
    const follow = (): Stream => runNode(command, { ...flow, input, into }, own, evaluation);
    input = index === commands.length - 1 ? follow() : reading(evaluation, follow);
    if (own !== state) takeOver(state.files, own.files);
  });
  return input ?? nothingPrinted;
}

/**
 * `a && b` and `a || b`: both are followed one after the other. What comes after `||` is the exception: if it leaves the
 * script or sets what `a` has set, that does not count.
 */
function runAndOr({ commands, operators }: AndOr, flow: Flow, state: State, evaluation: Evaluation): Stream {
  const printed: Stream[] = [];
  commands.forEach((command, index) => {
    if (state.ended !== undefined) return;
    if (index > 0 && operators[index - 1] === '||') {
      followForks(state, nextFork(evaluation), [() => {}, on => void runNode(command, flow, on, evaluation)]);
      return;
    }
    if (index > 0 && leaves(command)) {
      followForks(state, nextFork(evaluation), [() => {}, on => void runNode(command, flow, on, evaluation)]);
      return;
    }
    printed.push(runNode(command, flow, state, evaluation));
  });
  return joinStreams(printed);
}

/** `[ -z "$1" ] && exit` leaves the script only sometimes. */
const leaves = (node: PipelineNode): boolean =>
  node.type === 'Command' && /^(?:exit|return|break|continue)$/.test(node.name?.text ?? '');

/** Follows the body once, with every item as a value that the variable may have. */
function runFor(
  { name, wordlist, body }: For | Select,
  flow: Flow,
  state: State,
  evaluation: Evaluation,
): void {
  const { code } = flow;
  const expansion = expansionIn(code, state, evaluation);
  const items =
    wordlist === undefined
      ? (state.positional ?? [fromOutside('$@', placeOfTraced(expandText(name, expansion)))])
      : wordlist.flatMap(word => expandWord(word, expansion));
  const fork = nextFork(evaluation);
  const candidates = items.map((item, branch): Candidate => {
    const value = textValue(item);
    const choices = items.length === 1 ? [] : [{ fork, branch, given: givenOf(name.value, value) }];
    return { value, choices };
  });
  if (candidates.length > 0) setVariable(state, name.value, ...candidates);
  loop(state, () => runStatements(body.commands, code, state, evaluation, flow.input));
}
