import type { ReadFile } from '../../core/document';
import { joinTraced, siteOfTraced, type Traced, textOfTraced, tracedUnknown } from '../../core/traced';
import { type Assignment, shapeOf } from './assignment';
import { cutterOf, standIn } from './cutter';
import { type Definition, type Definitions, emptyDefinitions } from './definitions';
import { valuesBy } from './fillIn';
import { tooLong } from './splice';
import { type Statement, statementsOf } from './statements';

/** A rule: its targets and what they need, by name, the variables that hold for it alone, and the lines it runs. */
export interface Rule {
  readonly targets: readonly string[];
  readonly prerequisites: readonly string[];
  readonly recipe: Traced[];
}

/** All that a makefile says. */
export interface Makefile {
  readonly rules: readonly Rule[];
  readonly definitions: Definitions;
  /** The variables that hold for the rules of one target. */
  readonly ofTarget: ReadonlyMap<string, Definitions>;
  /** Whether all lines of a recipe are run by one shell (`.ONESHELL`). */
  readonly isOneShell: boolean;
}

/** No makefile that people wrote has more statements that matter, takes in more files, or nests them deeper. */
const mostStatements = 10_000;
const mostFiles = 40;
const deepest = 8;
/** A variable that grows longer than this (in UTF-16 units), or to more parts, is not followed. */
const longest = 4000;
const mostParts = 200;

interface Reading {
  readonly rules: Rule[];
  readonly definitions: Definitions;
  readonly ofTarget: Map<string, Definitions>;
  readonly directory: string;
  readonly open: ReadFile;
  readonly files: Set<string>;
  isOneShell: boolean;
  left: number;
}

/**
 * Reads a makefile: its rules in order, and its variables as they are at the end, as for a recipe. Of the files that it
 * includes only the variables are taken.
 */
export function rulesOf(text: string, uri: string, open: ReadFile): Makefile {
  const reading: Reading = {
    rules: [],
    definitions: emptyDefinitions(),
    ofTarget: new Map(),
    directory: uri.slice(0, uri.lastIndexOf('/') + 1),
    open,
    files: new Set([uri]),
    isOneShell: false,
    left: mostStatements,
  };
  readStatements(reading, text, uri, 0);
  return reading;
}

function readStatements(reading: Reading, text: string, uri: string, depth: number): void {
  let rule: Rule | undefined;
  for (const statement of statementsOf(text, uri)) {
    const { raw } = statement.text;
    if (raw.trim() === '') continue;
    reading.left -= 1;
    if (reading.left < 0) return;
    if (statement.kind === 'recipe' && rule !== undefined) rule.recipe.push(statement.text);
    else if (statement.kind === 'define') define(reading, statement);
    else if (!readDirective(reading, statement.text, depth)) {
      const next = readLine(reading, statement.text);
      if (next !== undefined) rule = next;
    }
  }
}

/** `define NAME :=`, and the lines up to `endef`. */
function define({ definitions }: Reading, { text, head }: Statement): void {
  const found = /define\s+([^\s=:?+]{1,200})/.exec((head?.raw ?? '').slice(0, 400));
  const end = text.raw.replace(/\n$/, '').length;
  if (found?.[1] !== undefined)
    definitions.set(found[1], [{ text: cutterOf(text)(0, end), isFilledIn: false }]);
}

/** Conditionals and `include`; tells whether the line was one of these. */
function readDirective(reading: Reading, text: Traced, depth: number): boolean {
  const [, word = '', rest = ''] =
    /^\s*(-?[a-z]+)\b(?!\s*[:?+!]?=|\s*:)(.{0,20})/s.exec(text.raw.slice(0, 300)) ?? [];
  const { definitions } = reading;
  switch (word) {
    case 'ifeq':
    case 'ifneq':
    case 'ifdef':
    case 'ifndef':
      definitions.open();
      return true;
    case 'else':
      definitions.otherwise(/^\s*if/.test(rest));
      return true;
    case 'endif':
      definitions.close();
      return true;
    case 'include':
    case '-include':
    case 'sinclude':
      include(reading, text, text.raw.indexOf(word) + word.length, depth);
      return true;
    default:
      return false;
  }
}

function include(reading: Reading, text: Traced, from: number, depth: number): void {
  const { definitions, directory, open, files } = reading;
  if (depth >= deepest) return;
  const [names] = valuesBy(definitions.of).ofText(cutterOf(text)(from, text.raw.length));
  if (names === undefined || textOfTraced(names).kind === 'dynamic') return;
  for (const name of names.raw.trim().split(/\s+/, mostFiles)) {
    if (name === '' || /[*?[]/.test(name) || files.size >= mostFiles) continue;
    const file = open(name, directory);
    if (file.text === undefined || files.has(file.uri)) continue;
    files.add(file.uri);
    readStatements({ ...reading, rules: [], ofTarget: new Map() }, file.text, file.uri, depth + 1);
  }
}

/** A variable or a rule; gives the rule that the lines of a recipe after it belong to. */
function readLine(reading: Reading, text: Traced): Rule | undefined {
  const { definitions } = reading;
  const shape = shapeOf(text.raw);
  if (shape.kind === 'assignment') assign(definitions, shape.assignment, text);
  if (shape.kind !== 'rule') return undefined;
  const cut = cutterOf(text);
  const targets = namesIn(reading, cut(0, shape.colon));
  const own = shapeOf(text.raw, shape.after);
  if (own.kind === 'assignment') {
    for (const target of targets) assign(ofTarget(reading, target), own.assignment, text, definitions);
    return undefined;
  }
  if (targets.includes('.ONESHELL')) reading.isOneShell = true;
  const semicolon = outside(text.raw, ';', shape.after);
  const needed = cut(shape.after, semicolon ?? text.raw.length);
  const rule: Rule = {
    targets,
    prerequisites: targets.some(name => /^\.[A-Z]/.test(name)) ? [] : namesIn(reading, needed),
    recipe: semicolon === undefined ? [] : [cut(semicolon + 1, text.raw.length)],
  };
  reading.rules.push(rule);
  return rule;
}

function ofTarget({ ofTarget: all }: Reading, target: string): Definitions {
  const known = all.get(target) ?? emptyDefinitions();
  all.set(target, known);
  return known;
}

function namesIn({ definitions }: Reading, text: Traced): readonly string[] {
  const [names] = text.raw.includes('$') ? valuesBy(definitions.of).ofText(text) : [text];
  return (names?.raw ?? '').split(/[\s|]+/).filter(name => name !== '');
}

function outside(raw: string, unit: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < raw.length; at += 1) {
    if (raw[at] === '(' || raw[at] === '{') depth += 1;
    else if (raw[at] === ')' || raw[at] === '}') depth -= 1;
    else if (raw[at] === unit && depth <= 0) return at;
  }
  return undefined;
}

/** Sets a variable among `definitions`; `outer` are those that hold where these say nothing. */
function assign(
  definitions: Definitions,
  { name, operator, value }: Assignment,
  line: Traced,
  outer: Definitions = definitions,
): void {
  const before = definitions.of(name) ?? outer.of(name);
  const end = Math.max(value, line.raw.trimEnd().length);
  const text = cutterOf(line)(value, end);
  const lookUp = (other: string): readonly Definition[] | undefined =>
    definitions.of(other) ?? outer.of(other);
  switch (operator) {
    case '?=':
      if (before === undefined) definitions.set(name, [{ text, isFilledIn: false }]);
      return;
    case '=':
      definitions.set(name, [{ text, isFilledIn: false }]);
      return;
    case ':=':
      definitions.set(name, filledIn(text, lookUp));
      return;
    case '!=':
      definitions.set(name, [
        {
          text: tracedUnknown(`\${${name}}`, siteOfTraced(text), 'it is the output of a command'),
          isFilledIn: true,
        },
      ]);
      return;
    case '+=':
      definitions.set(
        name,
        (before ?? []).length === 0
          ? [{ text, isFilledIn: false }]
          : (before ?? []).flatMap(old =>
              (old.isFilledIn ? filledIn(text, lookUp) : [{ text, isFilledIn: false }]).map(added =>
                appended(old, added),
              ),
            ),
      );
  }
}

const filledIn = (
  text: Traced,
  lookUp: (name: string) => readonly Definition[] | undefined,
): readonly Definition[] =>
  valuesBy(lookUp)
    .ofText(text)
    .map(filled => ({ text: filled, isFilledIn: true }));

function appended(old: Definition, { text }: Definition): Definition {
  const joined = joinTraced([old.text, standIn(' ', text), text]);
  const isShort = joined.raw.length <= longest && joined.stretches.length <= mostParts;
  return isShort ? { ...old, text: joined } : { text: tooLong(text), isFilledIn: true };
}
