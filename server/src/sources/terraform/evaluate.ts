import type { Site, Span } from '../../core/text';
import { type Traced, tracedAt, usedAt } from '../../core/traced';
import { standIn } from '../makefile/cutter';
import { type Attribute, attributeOf, type Block } from './blocks';
import type { Expression } from './expression';
import { expressionOf } from './expressions';
import { call } from './functions';
import { loopValues } from './loops';
import type { HclFile, Module } from './module';
import { referenced } from './references';
import { templateValue } from './templateValue';
import {
  computedWhy,
  knownText,
  type MapEntry,
  mapValue,
  textIn,
  textValue,
  unknownValue,
  type Value,
} from './value';

/** What expressions are evaluated in: a file, and names such as `each.value` or those given to a template. */
export interface Scope {
  readonly module: Module;
  readonly file: Pick<HclFile, 'uri' | 'text'>;
  readonly names: ReadonlyMap<string, Value>;
  readonly depth: number;
}

/** No value is followed through more expressions within one another. */
const deepest = 80;
/** Why a value is not known that is too much to be followed. */
export const tooLongWhy = 'it is too long to be followed';

export const siteIn = (scope: Pick<Scope, 'file'>, span: Span): Site => ({ uri: scope.file.uri, span });

/** A value that is not known, as its expression is written. */
export const unknownIn = (scope: Scope, span: Span, why: string): Value =>
  unknownValue(
    scope.file.text.slice(span.start, Math.min(span.end, span.start + 100)),
    siteIn(scope, span),
    why,
  );

/** The value of an attribute of a block in the document; `undefined` where it is not written. */
export function attributeValue(block: Block, name: string, scope: Scope): Value | undefined {
  const attribute = attributeOf(block, name);
  // What is half typed is not written yet.
  if (attribute === undefined || attribute.first === attribute.after) return undefined;
  return valueAt(attribute, scope.module.file, scope);
}

/** The value of an attribute in the file that it stands in. */
export const valueAt = ({ first, after }: Attribute, file: HclFile, scope: Scope): Value =>
  evaluate(expressionOf(file.tokens, first, after), { ...scope, file });

/** What an expression stands for. Never throws, and ends for any text; what it does not follow is unknown. */
export function evaluate(expression: Expression, outer: Scope): Value {
  const { span } = expression;
  const scope = { ...outer, depth: outer.depth + 1 };
  scope.module.work.left -= 1;
  if (scope.depth > deepest || scope.module.work.left < 0) return unknownIn(scope, span, tooLongWhy);
  const site = siteIn(scope, span);
  switch (expression.kind) {
    case 'text':
      return templateValue(expression, scope);
    case 'word':
    case 'access': {
      const value = referenced(expression, scope);
      return value.kind === 'text' ? { ...value, text: usedAt(value.text, site) } : value;
    }
    case 'call':
      return call(expression, scope);
    case 'list':
      return { kind: 'list', items: expression.items.map(item => evaluate(item, scope)), site };
    case 'object': {
      const entries = expression.entries.map(
        ({ key, value }): MapEntry => ({
          key: keyOf(key, scope),
          value: evaluate(value, scope),
        }),
      );
      return mapValue(entries, site);
    }
    case 'choice': {
      const [condition, yes, no] = expression.parts;
      const is = knownText(evaluate(condition, scope));
      if (is === 'true' || is === 'false') return evaluate(is === 'true' ? yes : no, scope);
      return unknownIn(scope, span, computedWhy);
    }
    case 'equal': {
      const [left, right] = expression.parts.map(part => knownText(evaluate(part, scope)));
      if (left === undefined || right === undefined) return unknownIn(scope, span, computedWhy);
      return textValue(standIn(String((left === right) === expression.is), tracedAt('', site)), 'boolean');
    }
    case 'for':
      return loopValues(expression, scope);
    case 'computed':
      return unknownIn(scope, span, computedWhy);
  }
}

/** A name as a key is that name. */
function keyOf(key: Expression, scope: Scope): Traced {
  if (key.kind === 'word') return tracedAt(key.word, siteIn(scope, key.span));
  return textIn(evaluate(key, scope)) ?? standIn('<<', tracedAt('', siteIn(scope, key.span)));
}
