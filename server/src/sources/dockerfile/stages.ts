import { joinTraced, type Traced, tracedUnknown } from '../../core/traced';
import { cutterOf, quickToCut, standIn } from '../makefile/cutter';
import type { Script } from '../shell/script';
import { execWords, quotedWords } from './execForm';
import { type Instruction, instructionsOf } from './instructions';
import { type LookUp, wordsOf } from './words';

/** No Dockerfile that people wrote has more instructions or variables. */
const mostInstructions = 4000;
const mostVariables = 500;

const argumentWhy = 'it is given to docker build from outside';

interface Stage {
  /** What its instructions run, in order. */
  readonly scripts: Script[];
  readonly arguments: Map<string, Traced>;
  readonly environment: Map<string, Traced>;
  /** Whether `RUN` lines are read by a shell such as sh, and not by that of Windows. */
  isShell: boolean;
  /** The variables of both kinds, until one of them changes. */
  variables?: Script['variables'] | undefined;
  entrypoint?: Instruction;
  command?: Instruction;
}

/**
 * What the stages of a Dockerfile run: the scripts of each, in order, with the variables of `ARG` and `ENV` as they are
 * at that point. An argument with a default is taken to have it; those before the first `FROM` hold in a stage that
 * names them again. `CMD` and `ENTRYPOINT` come last.
 */
export function stagesOf(text: string, uri: string): readonly (readonly Script[])[] {
  const globals: Stage = emptyStage(new Map());
  const stages: Stage[] = [];
  const named = new Map<string, Stage>();
  let stage = globals;
  let left = mostInstructions;
  for (const instruction of instructionsOf(text, uri)) {
    left -= 1;
    if (left < 0) break;
    if (instruction.name === 'FROM') {
      if (stage !== globals) finish(stage);
      const [image, , name] = instruction.text.raw.split(/[ \t]+/).filter(word => !word.startsWith('--'));
      const base = named.get((image ?? '').toLowerCase());
      stage = emptyStage(base?.environment ?? new Map());
      stages.push(stage);
      if (name !== undefined) named.set(name.toLowerCase(), stage);
    } else follow(instruction, stage, globals);
  }
  if (stage !== globals) finish(stage);
  return [globals, ...stages].map(({ scripts }) => scripts).filter(scripts => scripts.length > 0);
}

const emptyStage = (environment: ReadonlyMap<string, Traced>): Stage => ({
  scripts: [],
  arguments: new Map(),
  environment: new Map(environment),
  isShell: true,
});

function follow(given: Instruction, stage: Stage, globals: Stage): void {
  const instruction = given.name === 'ONBUILD' ? triggered(given) : given;
  const lookUp = valueIn(stage);
  switch (instruction.name) {
    case 'ARG':
      for (const word of wordsOf(instruction.text, lookUp)) {
        const [name, value] = assignment(word);
        const outer = stage === globals ? undefined : globals.arguments.get(name);
        set(stage, 'arguments', name, value ?? outer ?? tracedUnknown(`$${name}`, siteOf(word), argumentWhy));
      }
      return;
    case 'ENV':
      for (const [name, value] of environmentOf(instruction.text, lookUp))
        set(stage, 'environment', name, value);
      return;
    case 'SHELL':
      stage.isShell =
        /sh$/i.test(execWords(instruction.text)?.[0]?.raw ?? 'sh') && !isPowerShell(instruction);
      return;
    case 'ENTRYPOINT':
      stage.entrypoint = instruction;
      return;
    case 'CMD':
      stage.command = instruction;
      return;
    case 'WORKDIR': {
      const [path] = wordsOf(instruction.text, lookUp, true);
      if (path !== undefined) add(stage, joinTraced([standIn('cd ', path), path]));
      return;
    }
    case 'COPY':
    case 'ADD':
      add(stage, writtenBy(instruction));
      return;
    case 'RUN':
      add(stage, runBy(instruction, stage));
      return;
    default:
      return;
  }
}

const siteOf = ({ stretches: [first] }: Traced) => first?.site ?? { uri: '', span: { start: 0, end: 0 } };

const isPowerShell = ({ text }: Instruction): boolean => /powershell|pwsh|cmd/i.test(text.raw.slice(0, 500));

function set(stage: Stage, kind: 'arguments' | 'environment', name: string, value: Traced): void {
  const values = stage[kind];
  if (!values.has(name) && values.size >= mostVariables) return;
  values.set(name, value);
  stage.variables = undefined;
}

/** `ENV` wins over `ARG`, whatever their order. */
const valueIn =
  (stage: Stage): LookUp =>
  name =>
    stage.environment.get(name) ?? stage.arguments.get(name);

function add(stage: Stage, text: Traced | undefined): void {
  if (text === undefined) return;
  stage.variables ??= new Map(
    [...stage.arguments, ...stage.environment].map(([name, value]) => [name, [value]]),
  );
  stage.scripts.push({ text: quickToCut(text), variables: stage.variables });
}

/** Adds what a container of the stage runs. */
function finish(stage: Stage): void {
  const { entrypoint, command } = stage;
  const first = entrypoint && execWords(entrypoint.text);
  const rest = command && execWords(command.text);
  if (first !== undefined) add(stage, quotedWords([...first, ...(rest ?? [])]));
  else if (entrypoint !== undefined) add(stage, entrypoint.text);
  else if (command !== undefined) add(stage, rest === undefined ? command.text : quotedWords(rest));
}

function triggered({ text, documents }: Instruction): Instruction {
  const [all = '', name = ''] = /^([A-Za-z]{1,20})[ \t]+/.exec(text.raw.slice(0, 200)) ?? [];
  return { name: name.toUpperCase(), text: cutterOf(text)(all.length, text.raw.length), documents };
}

function assignment(word: Traced): readonly [string, Traced | undefined] {
  const equals = word.raw.indexOf('=');
  if (equals === -1) return [word.raw, undefined];
  return [word.raw.slice(0, equals), cutterOf(word)(equals + 1, word.raw.length)];
}

/** Both forms: `ENV A=1 B=2`, and the old `ENV A the rest of the line`. */
function environmentOf(text: Traced, lookUp: LookUp): readonly (readonly [string, Traced])[] {
  const old = /^(\w{1,200})[ \t]+/.exec(text.raw.slice(0, 300));
  if (old === null)
    return wordsOf(text, lookUp).flatMap(word => {
      const [name, value] = assignment(word);
      return value === undefined ? [] : [[name, value] as const];
    });
  const [value] = wordsOf(cutterOf(text)(old[0].length, text.raw.length), lookUp, true);
  return value === undefined ? [] : [[old[1] ?? '', value]];
}

/** What a `RUN` instruction runs: a script, words, or the text of its here-document. */
function runBy({ text, documents }: Instruction, stage: Stage): Traced | undefined {
  const start = afterFlags(text.raw);
  const body = cutterOf(text)(start, text.raw.length);
  const words = execWords(body);
  if (words !== undefined) return quotedWords(words);
  if (!stage.isShell) return undefined;
  const [first] = documents;
  if (first === undefined) return body;
  if (documents.length > 1 || !/^<<-?["']?\w+["']?\s*$/.test(body.raw.slice(0, 300)))
    return withDocuments(body, documents);
  return /^#!(?!\S*(?:sh|env\s+\S*sh)\s)/.test(first.text.raw.slice(0, 200)) ? undefined : first.text;
}

const afterFlags = (raw: string): number =>
  /^(?:\s|\\\n)*(?:--[a-z]{1,20}(?:=\S{0,500})?(?:\s|\\\n)+){0,20}/.exec(raw.slice(0, 20_000))?.[0].length ??
  0;

/** A here-document that is copied into a file, as a shell would write it. */
function writtenBy({ text, documents }: Instruction): Traced | undefined {
  const [document] = documents;
  const path = /(?:^|\s)(\S{1,500})\s*$/.exec(text.raw.slice(-1000))?.[1];
  if (document === undefined || documents.length > 1 || path === undefined || path.endsWith('/'))
    return undefined;
  return withDocuments(standIn(`cat > ${path} <<${document.delimiter}`, text), documents);
}

const withDocuments = (body: Traced, documents: Instruction['documents']): Traced =>
  joinTraced([
    body,
    ...documents.flatMap(({ delimiter, text }) => [
      standIn('\n', text.stretches.length > 0 ? text : body),
      text,
      standIn(`${text.raw.endsWith('\n') || text.raw === '' ? '' : '\n'}${delimiter}`, text),
    ]),
    standIn('\n', body),
  ]);
