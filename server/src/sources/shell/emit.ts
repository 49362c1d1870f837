import {
  type Command,
  type Given,
  type Surroundings,
  type Word,
  type WrittenFile,
  wordOf,
} from '../../core/fragment';
import { joinPath, normalPath } from '../../core/path';
import { type Site, textOf } from '../../core/text';
import { placeOfTraced, sliceTraced, type Traced, textOfTraced } from '../../core/traced';
import { appliesOperator, isHelmInstall, mayHoldManifest, mayTellVersion, namesInstaller } from '../interest';
import { readTracedDocuments, readTracedManifests, readTracedValues } from '../yaml/traced';
import type { Code } from './code';
import type { SimpleCommand } from './command';
import type { EarlierCommand, Evaluation } from './evaluation';
import { expansionIn } from './expansion';
import { directoriesOf } from './files';
import { inputOf } from './redirects';
import { everythingIn, lookUp } from './scope';
import { type Choice, copyOf, type State } from './state';
import type { Flow } from './statements';
import type { Stream } from './stream';
import { merged, type Pick, pickFirst, variantsOf } from './variants';
import { isTalker } from './wrappers';

/** Gives out a command that may install, once for every combination of the values that it depends on. */
export function emitCommand(
  command: SimpleCommand,
  start: number,
  state: State,
  evaluation: Evaluation,
): void {
  if (evaluation.fragments.length >= mostInstalls) return;
  for (const { value, choices } of variantsOf(pick => fragmentOf(command, start, state, evaluation, pick))) {
    const ways = merged(evaluation.choices, choices);
    const fragment: Command = { ...value, given: givenBy(ways) };
    const key = JSON.stringify([fragment.words, fragment.anchor, fragment.given]);
    if (evaluation.seen.has(key)) continue;
    evaluation.seen.add(key);
    evaluation.fragments.push(fragment);
    if (appliesOperator(fragment.words.map(({ text }) => textOf(text)))) continue;
    for (const { fragments } of fragment.written)
      for (const { anchor } of fragments ?? []) evaluation.taken.add(keyOf(anchor));
  }
}

/** A text with more installs than these is no script that people wrote. */
const mostInstalls = 1000;

function fragmentOf(
  { node, flow, wordsWith }: SimpleCommand,
  start: number,
  state: State,
  evaluation: Evaluation,
  pick: Pick,
): Command {
  const words = wordsWith(pick).slice(start);
  const expansion = expansionIn(flow.code, copyOf(state), evaluation, pick);
  const input = inputOf(node.redirects, flow.input, expansion, evaluation);
  const [executable] = words;
  const last = node.args.at(-1) ?? node.name;
  const end = last === undefined ? undefined : insertionPoint(flow.code, last.end);
  return {
    kind: 'command',
    words: words.map(wordOf),
    anchor:
      executable === undefined ? { uri: '', span: { start: 0, end: 0 } } : bare(placeOfTraced(executable)),
    directories: directoriesOf(evaluation.session.uri, state),
    ...(end !== undefined && { end }),
    ...surroundingsOf(state, evaluation, pick),
    into: flow.into.flatMap(next =>
      next.type === 'Command' && next.name !== undefined
        ? [[next.name, ...next.args].map(({ pos, end: to }) => wordOf(sliceTraced(flow.code.text, pos, to)))]
        : [],
    ),
    written: [...streamsNamed(words, state), ...inputStream(input)].map(fileFor(words)),
    given: [],
  };
}

/** More commands than these, counted back from an install, tell nothing about it. */
const mostBefore = 100;

const surroundingsOf = (state: State, evaluation: Evaluation, pick: Pick): Surroundings => ({
  variables: variablesOf(state, pick),
  before: beforeOf(evaluation, pick),
});

const beforeOf = (evaluation: Evaluation, pick: Pick): readonly (readonly Word[])[] =>
  evaluation.before.slice(-mostBefore).flatMap(earlier => {
    const words = pick(earlier)?.value;
    return words === undefined ? [] : [words];
  });

/** Only what may tell a version is worth a choice of its own; of other variables the first value is shown. */
function variablesOf(state: State, pick: Pick): ReadonlyMap<string, Word> {
  const variables = new Map<string, Word>();
  for (const [name, candidates] of everythingIn(state.variables)) {
    const candidate = mayTellVersion(name) ? pick(candidates) : candidates[0];
    if (candidate?.value.kind === 'text') variables.set(name, wordOf(candidate.value.text));
  }
  return variables;
}

/** What was written into a file, or comes in. */
type Content = readonly [path: string, stream: Stream];

/** The files written by the script itself that a word names, also after `=` or between commas. */
function streamsNamed(words: readonly Traced[], state: State): readonly Content[] {
  const names = new Set(words.flatMap(({ raw }) => raw.split(/[=,]/)));
  return [...names].flatMap((name): readonly Content[] => {
    const stream = name === '' ? undefined : lookUp(state.files, joinPath(state.directory ?? '.', name));
    return stream === undefined ? [] : [[normalPath(name), stream]];
  });
}

const inputStream = (input: Stream | undefined): readonly Content[] =>
  input === undefined ? [] : ['-', '/dev/stdin'].map((path): Content => [path, input]);

/** Helm takes values from a file, istioctl a document that may say no kind, all others manifests. */
const fileFor =
  (words: readonly Traced[]) =>
  ([path, stream]: Content): WrittenFile => {
    if (stream.kind === 'unknown') return { path, fragments: undefined, why: stream.why };
    if (isHelmInstall(words.map(({ raw }) => raw)))
      return { path, fragments: [readTracedValues(stream.text)] };
    const isInput = words.some(({ raw }) => namesInstaller(raw));
    const fragments = (isInput ? readTracedDocuments : readTracedManifests)(stream.text);
    const text = textOfTraced(stream.text);
    // A manifest may be in the part that nobody knows.
    if (fragments.length === 0 && text.kind === 'dynamic')
      return { path, fragments: undefined, why: text.why };
    return { path, fragments };
  };

/** Where a word can be written after another; nowhere in a text that is not written as it is run. */
function insertionPoint({ text }: Code, offset: number): Site | undefined {
  const { stretches } = sliceTraced(text, Math.max(0, offset - 1), offset);
  const [stretch] = stretches;
  if (stretch === undefined || !stretch.exact || stretch.site.via !== undefined) return undefined;
  const { uri, span } = stretch.site;
  return { uri, span: { start: span.end, end: span.end } };
}

const bare = ({ uri, span }: Site): Site => ({ uri, span });

function givenBy(choices: readonly Choice[]): readonly Given[] {
  const given = new Map(choices.map(choice => [choice.fork, choice.given]));
  // What is set at a fork within another one is told by both.
  return [...new Map([...given.values()].map(one => [`${one.name} ${keyOf(one.site)}`, one])).values()];
}

/** A command that may tell something about those after it; what only talks of it does not. */
export function earlierCommand(wordsWith: (pick: Pick) => readonly Traced[]): EarlierCommand | undefined {
  const words = wordsWith(pickFirst);
  const name = words[0]?.raw ?? '';
  if (isTalker(name) || namesInstaller(name) || !words.some(({ raw }) => mayTellVersion(raw)))
    return undefined;
  return variantsOf(wordsWith).map(({ value, choices }) => ({ value: value.map(wordOf), choices }));
}

/** A manifest that is put into a command is an install of its own, unless that command is istioctl or takes it away. */
export function takeInput({ input }: Flow, command: string, state: State, evaluation: Evaluation): void {
  if (input?.kind !== 'text' || !mayHoldManifest(input.text.raw)) return;
  const surroundings = surroundingsOf(state, evaluation, pickFirst);
  const manifests = readTracedManifests(input.text).map(manifest => ({
    ...manifest,
    surroundings,
    putInto: command,
  }));
  const isTakenAway = /(?:^|\s)(?:delete|uninstall)(?:\s|$)/.test(command);
  if (isTakenAway) for (const { anchor } of manifests) evaluation.taken.add(keyOf(anchor));
  else evaluation.manifests.push(...manifests);
}

/** The place of a manifest, as the key that tells it from others. */
export const keyOf = ({ uri, span }: Site): string => `${uri} ${span.start}`;
