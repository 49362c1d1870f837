import type { ReadFile } from '../../core/document';
import { type Fragment, wordOf } from '../../core/fragment';
import { sliceTraced, type Traced, tracedFile } from '../../core/traced';
import { mayHoldInstall, mayTellVersion } from '../interest';
import { functionKey, runBody } from './calls';
import { keyOf } from './emit';
import { createEvaluation, type Evaluation, nested } from './evaluation';
import { givenOf } from './forks';
import { withPlainLineEnds } from './lineEnds';
import { type ParsedScript, parseShell } from './parse';
import { codeOf } from './redirects';
import { relevanceOf } from './relevance';
import { everythingIn } from './scope';
import { copyOf, emptyState, type State, setVariable, textValue } from './state';
import { runStatements } from './statements';

/** A text in the language of the shell, and what it is run with. */
export interface Script {
  readonly text: Traced;
  /** Values that variables have before it runs: several where it is not known which of them. */
  readonly variables: ReadonlyMap<string, readonly Traced[]>;
}

/** Where scripts run, one after the other. Files and downloads stay from one to the next. */
export interface Session {
  /** The document that holds them; its folder is where they run. */
  readonly uri: string;
  /** Reads the files that they source. */
  readonly open: ReadFile;
  /** Whether the next script also knows the variables of the last, as in one terminal. */
  readonly keepsVariables: boolean;
}

/** The commands and manifests of scripts, in the order in which they run. Never throws, and ends for every text. */
export function readScripts(scripts: readonly Script[], session: Session): readonly Fragment[] {
  const evaluation = createEvaluation(session);
  readToolVersions(evaluation);
  let state = emptyState();
  const read = scripts.map(parsed);
  evaluation.mayMatter = relevanceOf(read.flatMap(unitsOf));
  for (const script of read) {
    if (!session.keepsVariables) state = { ...emptyState(), files: state.files };
    runScript(script, state, evaluation);
    state.ended = undefined;
    if (!session.keepsVariables) runUncalled(state, evaluation);
  }
  if (session.keepsVariables) runUncalled(state, evaluation);
  const { fragments, manifests, taken } = evaluation;
  for (const manifest of manifests) {
    const key = keyOf(manifest.anchor);
    if (!taken.has(key)) fragments.push(manifest);
    taken.add(key);
  }
  return fragments;
}

function runScript({ text, variables, syntax }: ParsedText, state: State, evaluation: Evaluation): void {
  for (const [name, texts] of variables) {
    evaluation.fork += 1;
    const { fork } = evaluation;
    const candidates = texts.map((value, branch) => ({
      value: textValue(value),
      choices: texts.length === 1 ? [] : [{ fork, branch, given: givenOf(name, textValue(value)) }],
    }));
    if (candidates.length > 0) setVariable(state, name, ...candidates);
  }
  runText(text, syntax, state, evaluation);
}

/** A script with its syntax tree, whose offsets count the units of the text. */
interface ParsedText extends Script {
  readonly syntax: ParsedScript | undefined;
}

function parsed({ text: written, variables }: Script): ParsedText {
  const text = withPlainLineEnds(written);
  return { text, variables, syntax: parseShell(text.raw) };
}

/** The statements of a script, each with the here-documents that follow it. */
const unitsOf = ({ text: { raw }, syntax }: ParsedText): readonly string[] =>
  (syntax?.commands ?? []).map(({ pos }, index, all) => raw.slice(pos, all[index + 1]?.pos));

/**
 * Follows a text. Where its syntax is not that of bash, the parser may lose everything behind; if nothing was found there
 * although it speaks of an install, it is read once more from the next line on.
 */
function runText(text: Traced, script: ParsedScript | undefined, state: State, evaluation: Evaluation): void {
  if (script === undefined) return;
  const known = evaluation.fragments.length;
  const code = codeOf(text, evaluation.session.uri);
  nested(evaluation, () => runStatements(script.commands, code, state, evaluation));
  const error = script.errors?.find(({ message }) => !message.startsWith('unterminated'));
  const lineEnd = error === undefined ? -1 : text.raw.indexOf('\n', error.pos);
  if (lineEnd < 0 || evaluation.fragments.length > known) return;
  const rest = sliceTraced(text, lineEnd + 1);
  if (mayHoldInstall(rest.raw))
    nested(evaluation, () => runText(rest, parseShell(rest.raw), state, evaluation));
}

/** Functions that nothing here calls may be called by other scripts: they are followed with arguments from outside. */
function runUncalled(state: State, evaluation: Evaluation): void {
  for (const body of everythingIn(state.functions).values()) {
    if (body.code.uri !== evaluation.session.uri || evaluation.called.has(functionKey(body))) continue;
    evaluation.called.add(functionKey(body));
    const own = copyOf(state);
    own.positional = undefined;
    nested(evaluation, () => runBody(body, { input: undefined, into: [] }, own, evaluation));
  }
}

/** The lines of `.tool-versions` (asdf, mise) that may tell a version count as commands that ran before. */
function readToolVersions(evaluation: Evaluation): void {
  const { uri: own, open } = evaluation.session;
  const { uri, text } = open('.tool-versions', own.slice(0, own.lastIndexOf('/') + 1));
  if (text === undefined || text.length > longestToolVersions) return;
  const whole = tracedFile(text, uri);
  for (const { 0: line, index } of text.matchAll(/^[^#\n]+/gm)) {
    if (!mayTellVersion(line)) continue;
    const words = [...line.matchAll(/\S+/g)].map(({ 0: word, index: at }) =>
      wordOf(sliceTraced(whole, index + at, index + at + word.length)),
    );
    evaluation.before.push([{ value: words, choices: [] }]);
  }
}

/** In UTF-16 units; a list of tools is short. */
const longestToolVersions = 100_000;
