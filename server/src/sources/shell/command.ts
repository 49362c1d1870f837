import { placeOfTraced, sliceTraced, type Traced } from '../../core/traced';
import {
  appliesOperator,
  isHelmInstall,
  mayHoldInstall,
  namesHelm,
  namesInstaller,
  runsHelm,
  runsInstaller,
} from '../interest';
import { assign, expandArgument, prefixWord } from './assign';
import { changeState } from './builtins';
import { callFunction, sourceFile } from './calls';
import type { Code } from './code';
import { earlierCommand, emitCommand, takeInput } from './emit';
import type { Evaluation } from './evaluation';
import { expansionIn } from './expansion';
import { readFileFor } from './files';
import { isInert } from './inert';
import { outputOf } from './outputs';
import type { Assignment, Command } from './parse';
import { redirected } from './redirects';
import { lookUp } from './scope';
import { copyOf, type State, setVariable, textValue } from './state';
import type { Flow } from './statements';
import { nothingPrinted, type Stream, unknownStream } from './stream';
import { evaluated, runTexts } from './texts';
import { type Pick, pickFirst } from './variants';
import { readsScript, wrappedIn } from './wrappers';
import { argumentsFromInput } from './xargs';

/** A simple command while it is followed. */
export interface SimpleCommand {
  readonly node: Command;
  readonly flow: Flow;
  /** Its words for one choice among the values of variables. */
  readonly wordsWith: (pick: Pick) => readonly Traced[];
}

/** Follows a simple command: assignments, what changes the script's state, functions, wrappers, installs. */
export function runCommand(node: Command, flow: Flow, state: State, evaluation: Evaluation): Stream {
  evaluation.steps -= 1;
  const { code } = flow;
  const expansion = expansionIn(code, state, evaluation);
  const assignments = node.prefix.filter(part => part.type === 'Assignment');
  return redirected(node.redirects, flow, state, evaluation, input => {
    if (node.name === undefined) {
      for (const assignment of assignments) assign(assignment, state, expansion);
      return input ?? nothingPrinted;
    }
    if (/^(?:export|declare|typeset|local|readonly)$/.test(node.name.text)) {
      for (const argument of node.args)
        if (argument.type === 'Assignment') assign(argument, state, expansion);
      const others = node.args.some(argument => argument.type === 'Word' && argument.parts !== undefined);
      if (!others) return nothingPrinted;
    }
    if (!mentionsInstall(input) && isInert(node, code, state, evaluation.readers > 0))
      return unknownStream(`it is printed by ${node.name.text} while the script runs`);
    const wordsWith = expandedOnce(pick => {
      const expanding = expansionIn(code, state, evaluation, pick);
      return [node.name, ...node.args].flatMap(word =>
        word === undefined ? [] : expandArgument(word, expanding),
      );
    });
    const prefixWith = expandedOnce(pick =>
      assignments.map(assignment => prefixWord(assignment, expansionIn(code, state, evaluation, pick))),
    );
    const own = assignments.length === 0 ? state : withPrefix(assignments, code, state, evaluation);
    const earlier = earlierCommand(pick => [...prefixWith(pick), ...wordsWith(pick)]);
    const stream = runWords({ node, flow: { ...flow, input }, wordsWith }, wordsWith(pickFirst), {
      state,
      own,
      evaluation,
    });
    if (earlier !== undefined) evaluation.before.push(earlier);
    return stream;
  });
}

const mentionsInstall = (input: Stream | undefined): boolean =>
  input?.kind === 'text' && mayHoldInstall(input.text.raw);

/**
 * Words that are expanded once only where they depend on no fork: what they run must not run again, or texts that nest
 * would take for ever.
 */
function expandedOnce(expand: (pick: Pick) => readonly Traced[]): (pick: Pick) => readonly Traced[] {
  let depends = false;
  const words = expand(candidates => {
    depends ||= candidates.length > 1;
    return candidates[0];
  });
  return pick => (depends ? expand(pick) : words);
}

/** The state that a command sees which has assignments before it; the script's own does not change. */
function withPrefix(
  assignments: readonly Assignment[],
  code: Code,
  state: State,
  evaluation: Evaluation,
): State {
  const own = copyOf(state);
  for (const assignment of assignments) assign(assignment, own, expansionIn(code, state, evaluation));
  return own;
}

interface Surroundings {
  /** What a command that changes the script changes. */
  readonly state: State;
  /** What the command sees: with its prefix. */
  readonly own: State;
  readonly evaluation: Evaluation;
}

function runWords(command: SimpleCommand, words: readonly Traced[], around: Surroundings): Stream {
  const [name] = words;
  const { state, own, evaluation } = around;
  const { flow } = command;
  if (name === undefined) return flow.input ?? nothingPrinted;
  const raws = words.map(({ raw }) => raw);
  if (namesInstaller(name.raw) || isHelmInstall(raws)) {
    emitCommand(command, 0, own, evaluation);
    return unknownStream(`it is printed by ${name.raw} while the script runs`);
  }
  // What such a command does with its input is looked at as with any other.
  if (appliesOperator(raws)) emitCommand(command, 0, own, evaluation);
  const called = lookUp(state.functions, name.raw);
  if (called !== undefined) return callFunction(called, words.slice(1), flow, state, evaluation);
  const wrapped = wrappedIn(
    words,
    ({ raw }, index) =>
      namesInstaller(raw) ||
      runsInstaller(raw) ||
      (namesHelm(raw) && isHelmInstall(raws.slice(index))) ||
      appliesOperator(raws.slice(index)) ||
      runsHelm(raw),
  );
  switch (wrapped?.kind) {
    case 'words': {
      const skipped = words.slice(0, wrapped.start);
      const added = argumentsFromInput(skipped, flow.input);
      const inner: SimpleCommand = {
        ...command,
        wordsWith: pick => [...wordsFrom(command.wordsWith(pick), words[wrapped.start]), ...added],
      };
      const after = [...words.slice(wrapped.start), ...added];
      return runWords(inner, after, { ...around, own: withSettings(skipped, own) });
    }
    case 'code':
      return runTexts(pick => command.wordsWith(pick)[wrapped.word], flow, copyOf(own), evaluation);
    case undefined:
  }
  if (name.raw === 'eval')
    return runTexts(pick => evaluated(command.wordsWith(pick).slice(1)), flow, state, evaluation);
  if (flow.input?.kind === 'text' && readsScript(words)) {
    const { text } = flow.input;
    return runTexts(() => text, { ...flow, input: undefined }, copyOf(own), evaluation);
  }
  takeInput(flow, words.map(({ raw }) => raw).join(' '), own, evaluation);
  const sourced = /^(?:source|\.)$/.test(name.raw) ? words[1] : undefined;
  if (sourced !== undefined) {
    sourceFile(sourced, state, evaluation);
    return nothingPrinted;
  }
  if (changeState(words, expansionIn(flow.code, state, evaluation), flow.input)) return nothingPrinted;
  return outputOf(words, { state: own, input: flow.input, readFile: readFileFor(evaluation) });
}

/** What a command sees that runs below `env NAME=value` or `sudo NAME=value`. */
function withSettings(skipped: readonly Traced[], state: State): State {
  const settings = skipped.filter(({ raw }) => /^[A-Za-z_]\w*=/.test(raw));
  if (settings.length === 0) return state;
  const own = copyOf(state);
  for (const word of settings) {
    const equals = word.raw.indexOf('=');
    const value = textValue(sliceTraced(word, equals + 1));
    setVariable(own, word.raw.slice(0, equals), { value, choices: [] });
  }
  return own;
}

/** The words from the one that a wrapper runs; it may stand elsewhere for other values of variables. */
function wordsFrom(words: readonly Traced[], first: Traced | undefined): readonly Traced[] {
  const place = first && placeOfTraced(first).span.start;
  const at = words.findIndex(word => placeOfTraced(word).span.start === place);
  return at < 0 ? words : words.slice(at);
}
