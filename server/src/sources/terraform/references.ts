import type { Span } from '../../core/text';
import { tracedAt } from '../../core/traced';
import { standIn } from '../makefile/cutter';
import { attributeOf } from './blocks';
import { evaluate, type Scope, siteIn, unknownIn, valueAt } from './evaluate';
import type { Expression } from './expression';
import { computedWhy, knownText, mapEntry, textValue, type Value, whyUnknown } from './value';

const outsideWhy = 'it is given to Terraform from outside';
const laterWhy = 'it is known once Terraform has run';

/** What a name stands for, with the steps into it that follow. */
export function referenced(expression: Expression, scope: Scope): Value {
  const { span } = expression;
  if (expression.kind === 'word') return wordValue(expression.word, span, scope);
  const steps = stepsOf(expression, scope);
  if (steps === undefined) {
    const base = rootOf(expression);
    return base.kind === 'word' ? unknownIn(scope, span, computedWhy) : inner(expression, scope);
  }
  const [first = '', second = '', third = '', ...rest] = steps;
  const after = [...(third === '' ? [] : [third]), ...rest];
  const own = scope.names.get(`${first}.${second}`);
  if (own !== undefined) return within(own, after, span, scope);
  const given = scope.names.get(first);
  if (given !== undefined) return within(given, steps.slice(1), span, scope);
  switch (first) {
    case 'var':
      return within(named('variable', second, span, scope), after, span, scope);
    case 'local':
      return within(named('local', second, span, scope), after, span, scope);
    case 'path':
      return second === 'module'
        ? textValue(standIn('.', tracedAt('', siteIn(scope, span))))
        : unknownIn(scope, span, laterWhy);
    case 'each':
    case 'count':
      return unknownIn(scope, span, 'it is another one each time');
    case 'resource':
      return ofResource(steps.slice(1), span, scope);
    default:
      return ofResource(steps, span, scope);
  }
}

/** The names and indexes from the first on; `undefined` where something else stands among them. */
function stepsOf(expression: Expression, scope: Scope): readonly string[] | undefined {
  const steps: string[] = [];
  let at = expression;
  while (at.kind === 'access') {
    const step = typeof at.step === 'string' ? at.step : knownText(evaluate(at.step, scope));
    if (step === undefined) return undefined;
    steps.push(step);
    at = at.of;
  }
  if (at.kind !== 'word') return undefined;
  return [at.word, ...steps.reverse()];
}

/** `helm_release.istiod.version`, or `helm_release.istiod[0].version` where there may be several or none. */
function ofResource([type = '', name = '', ...steps]: readonly string[], span: Span, scope: Scope): Value {
  const [attribute = '', ...rest] = /^\d+$/.test(steps[0] ?? '') ? steps.slice(1) : steps;
  return within(resourceValue(type, name, attribute, span, scope), rest, span, scope);
}

function wordValue(word: string, span: Span, scope: Scope): Value {
  const given = scope.names.get(word);
  if (given !== undefined) return given;
  const text = tracedAt(word, siteIn(scope, span));
  if (word === 'true' || word === 'false') return textValue(text, 'boolean');
  if (word === 'null') return textValue(text, 'null');
  if (/^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) return textValue(text, 'number');
  return unknownIn(scope, span, 'it is no value that Terraform reads');
}

function rootOf(expression: Expression): Expression {
  let at = expression;
  while (at.kind === 'access') at = at.of;
  return at;
}

/** A step into a value that no name stands for, such as `{ … }[each.key]`. */
function inner(expression: Expression, scope: Scope): Value {
  if (expression.kind !== 'access') return evaluate(expression, scope);
  const { of, step, span } = expression;
  const name = typeof step === 'string' ? step : knownText(evaluate(step, scope));
  if (name === undefined) return unknownIn(scope, span, computedWhy);
  return within(evaluate(of, scope), [name], span, scope);
}

function within(value: Value, steps: readonly string[], span: Span, scope: Scope): Value {
  let at = value;
  for (const step of steps) {
    const why = whyUnknown(at);
    if (why !== undefined) return unknownIn(scope, span, why);
    const next = at.kind === 'list' && /^\d+$/.test(step) ? at.items[Number(step)] : mapEntry(at, step);
    if (next === undefined) return unknownIn(scope, span, computedWhy);
    at = next;
  }
  return at;
}

/** The value of a variable or a local; each is worked out once. */
function named(kind: 'variable' | 'local', name: string, span: Span, scope: Scope): Value {
  const { module } = scope;
  const key = `${kind} ${name}`;
  const known = module.known.get(key);
  if (known !== undefined) return known;
  const found = module[kind](name);
  if (found === undefined)
    return unknownIn(scope, span, kind === 'variable' ? outsideWhy : 'it stands in another file');
  return once(key, span, scope, () => valueAt(found.attribute, found.file, { ...scope, names: new Map() }));
}

function resourceValue(type: string, name: string, attribute: string, span: Span, scope: Scope): Value {
  const { module } = scope;
  const block = module.resource(type, name);
  const found = block && attributeOf(block, attribute);
  if (found === undefined) return unknownIn(scope, span, laterWhy);
  const key = `${type} ${name} ${attribute}`;
  return (
    module.known.get(key) ??
    once(key, span, scope, () => valueAt(found, module.file, { ...scope, names: new Map() }))
  );
}

function once(key: string, span: Span, scope: Scope, work: () => Value): Value {
  const { known, asked } = scope.module;
  if (asked.has(key)) return unknownIn(scope, span, 'it is made from itself');
  asked.add(key);
  const value = work();
  asked.delete(key);
  known.set(key, value);
  return value;
}
