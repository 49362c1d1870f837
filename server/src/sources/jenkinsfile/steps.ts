import { siteOfTraced, type Traced, tracedUnknown } from '../../core/traced';
import { cutterOf, standIn } from '../makefile/cutter';
import { isKnown, type Part, spliced } from '../makefile/splice';
import type { Script } from '../shell/script';
import {
  afterNewlines,
  computedWhy,
  type Expression,
  type Groovy,
  markAt,
  readExpression,
  valuesOf,
  wholeOf,
} from './expressions';
import { createScopes, type Header, type Scopes } from './scopes';
import { tokensOf } from './tokens';

/** No pipeline that people wrote runs more scripts, or sets more variables. */
const mostScripts = 3000;
const mostAssignments = 5000;

/**
 * What the `sh` steps of a pipeline run, in the order in which they are written, each with the environment that holds
 * there (jenkins.io/doc/book/pipeline/syntax).
 */
export function scriptsOf(text: string, uri: string): readonly Script[] {
  const scopes = createScopes();
  const groovy: Groovy = { text, uri, tokens: tokensOf(text), scopes };
  const scripts: Script[] = [];
  let header: Header = {};
  let left = mostAssignments;
  for (let at = 0; at < groovy.tokens.length && scripts.length < mostScripts; at += 1) {
    const mark = markAt(groovy, at);
    if (mark === '{') {
      scopes.open(header);
      header = {};
    } else if (mark === '}') scopes.close();
    const word = wordAt(groovy, at);
    if (word === undefined) continue;
    const isStep = markAt(groovy, at - 1) !== '.' || word === 'sh';
    if (word === 'sh') {
      const given = argumentOf(groovy, at + 1, 'script');
      if (given !== undefined) scripts.push(scriptFrom(given.expression, scopes));
    } else if (isStep && word === 'environment' && markAt(groovy, afterNewlines(groovy, at + 1)) === '{')
      header = { kind: 'environment' };
    else if (isStep && word === 'dir') header = { ...header, ...directoryOf(groovy, at + 1) };
    else if (isStep && word === 'withEnv') header = { ...header, environment: listed(groovy, at + 1) };
    else if (isStep && /^(?:string|text|choice)$/.test(word)) readParameter(groovy, at + 1);
    else if (left > 0 && readAssignment(groovy, at, word)) left -= 1;
  }
  return scripts;
}

const wordAt = ({ tokens }: Groovy, at: number): string | undefined => {
  const token = tokens[at];
  return token?.kind === 'word' ? token.text : undefined;
};

interface Argument {
  readonly expression: Expression;
  readonly position: number;
}

/** The argument of a call, with or without brackets: the one named so, or the first where none is named. */
function argumentOf(groovy: Groovy, from: number, name: string): Argument | undefined {
  const isBracketed = markAt(groovy, from) === '(';
  const skip = (at: number): number => (isBracketed ? afterNewlines(groovy, at) : at);
  for (let at = skip(isBracketed ? from + 1 : from), left = 12; left > 0; left -= 1) {
    const word = wordAt(groovy, at);
    const isNamed = word !== undefined && markAt(groovy, at + 1) === ':';
    const position = isNamed ? skip(at + 2) : at;
    const expression = readExpression(groovy, position);
    if (expression === undefined) return undefined;
    if (!isNamed || word === name) return { expression, position };
    const comma = skip(expression.next);
    if (markAt(groovy, comma) !== ',') return undefined;
    at = afterNewlines(groovy, comma + 1);
  }
  return undefined;
}

/** A script as `sh` runs it: in the folder that `dir` has gone to. */
function scriptFrom({ parts }: Expression, scopes: Scopes): Script {
  const entered = scopes.directories().flatMap((path): readonly Part[] => [
    { kind: 'text', text: standIn('cd ', path) },
    { kind: 'text', text: path },
    { kind: 'text', text: standIn('\n', path) },
  ]);
  return spliced([...entered, ...parts], scopes.allEnvironment());
}

function directoryOf(groovy: Groovy, from: number): Header {
  const given = argumentOf(groovy, from, 'path');
  const [path, ...others] = given === undefined ? [] : valuesOf(groovy, given.expression, given.position);
  return path === undefined || others.length > 0 || !isKnown(path) || path.raw === ''
    ? {}
    : { directory: path };
}

/** The variables of `withEnv(['A=1', "B=${x}"])`. */
function listed(groovy: Groovy, from: number): ReadonlyMap<string, readonly Traced[]> {
  const variables = new Map<string, readonly Traced[]>();
  let at = from;
  while (markAt(groovy, at) === '(' || markAt(groovy, at) === '[' || groovy.tokens[at]?.kind === 'newline')
    at += 1;
  for (let left = 100; left > 0; left -= 1) {
    const expression = readExpression(groovy, at);
    if (expression === undefined) break;
    const values = valuesOf(groovy, expression, at);
    const name = /^(\w+)=/.exec(values[0]?.raw.slice(0, 200) ?? '')?.[1];
    if (name !== undefined)
      variables.set(
        name,
        values.map(value => cutterOf(value)(name.length + 1, value.raw.length)),
      );
    at = afterNewlines(groovy, expression.next);
    if (markAt(groovy, at) !== ',') break;
    at = afterNewlines(groovy, at + 1);
  }
  return variables;
}

/** `string(name: 'X', defaultValue: '1')`: a parameter has its default unless somebody gives another. */
function readParameter(groovy: Groovy, from: number): void {
  const name = argumentOf(groovy, from, 'name');
  const value = argumentOf(groovy, from, 'defaultValue');
  if (name === undefined || value === undefined || name.position === value.position) return;
  const [key] = valuesOf(groovy, name.expression, name.position);
  if (key === undefined || !isKnown(key)) return;
  groovy.scopes.setEnvironment(key.raw, valuesOf(groovy, value.expression, value.position), true);
}

/** `X = …`, `def X = …`, `env.X = …`, and the lines of `environment { }`; tells whether it was one. */
function readAssignment(groovy: Groovy, at: number, name: string): boolean {
  const { scopes, tokens } = groovy;
  if (markAt(groovy, at + 1) !== '=' || markAt(groovy, at + 2) === '=' || markAt(groovy, at + 2) === '~')
    return false;
  const before = tokens[at - 1];
  const isOfEnv = markAt(groovy, at - 1) === '.' && wordAt(groovy, at - 2) === 'env';
  const isDeclared = before?.kind === 'word' && before.text !== 'return';
  const isFirst =
    before === undefined ||
    before.kind === 'newline' ||
    (before.kind === 'mark' && /[{};]/.test(before.text));
  if (!isOfEnv && !isDeclared && !isFirst) return false;
  const position = afterNewlines(groovy, at + 2);
  const expression = readExpression(groovy, position);
  const read =
    expression === undefined
      ? [tracedUnknown(name, siteOfTraced(wholeOf(groovy, at)), computedWhy)]
      : valuesOf(groovy, expression, position);
  const values = read.map(value => namedValue(value, name));
  if (isOfEnv) scopes.setEnvironment(name, values, true);
  else if (scopes.isEnvironment()) scopes.setEnvironment(name, values, false);
  else if (isDeclared) scopes.declare(name, values);
  else scopes.assign(name, values);
  return true;
}

/** A value that is known, or the name of the variable that nobody knows the value of. */
function namedValue(value: Traced, name: string): Traced {
  const [only, ...others] = value.stretches;
  return only?.why === undefined || others.length > 0
    ? value
    : tracedUnknown(`\${${name}}`, only.site, only.why);
}
