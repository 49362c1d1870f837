import { tracedAt } from '../../core/traced';
import { standIn } from '../makefile/cutter';
import { evaluate, type Scope, siteIn, unknownIn } from './evaluate';
import type { Expression } from './expression';
import { decoded, templateFile } from './fileFunctions';
import { formatted, joined, replaced, withoutPrefix } from './textFunctions';
import {
  computedWhy,
  isNull,
  knownText,
  type MapEntry,
  mapEntry,
  mapValue,
  textIn,
  textValue,
  type Value,
  whyUnknown,
} from './value';

type Call = Extract<Expression, { kind: 'call' }>;

/** The value of a function's call (developer.hashicorp.com/terraform/language/functions); unknown for most functions. */
export function call(expression: Call, scope: Scope): Value {
  const { name, args, span } = expression;
  const site = siteIn(scope, span);
  const values = args.map(arg => evaluate(arg, scope));
  const [first, second, third] = values;
  const unknown = unknownIn(scope, span, computedWhy);
  if (first === undefined) return name === 'merge' ? mapValue([], site) : unknown;
  /** A text that is made from others stands where the call does. */
  const made = (raw: string | undefined): Value =>
    raw === undefined ? unknown : textValue(standIn(raw, tracedAt('', site)));
  switch (name) {
    case 'file':
      return { kind: 'file', path: textIn(first) ?? standIn('', tracedAt('', site)), site };
    case 'templatefile':
      return templateFile(first, second, span, scope);
    case 'yamlencode':
    case 'jsonencode':
      return { kind: 'encoded', value: first, site };
    case 'yamldecode':
    case 'jsondecode':
      return decoded(first, unknown, scope);
    case 'toset':
      return first.kind === 'list' ? asSet(first.items, site) : first;
    case 'tolist':
    case 'tomap':
    case 'tostring':
    case 'sensitive':
    case 'nonsensitive':
    case 'trimspace':
    case 'chomp':
    case 'abspath':
    case 'pathexpand':
      return first;
    case 'coalesce':
      return values.find(value => !isNull(value) && knownText(value) !== '') ?? unknown;
    case 'try':
      return values.find(value => whyUnknown(value) === undefined) ?? unknown;
    case 'lookup': {
      const key = knownText(second);
      if (first.kind !== 'map' || key === undefined) return unknown;
      return mapEntry(first, key) ?? (mapEntry(first, '<<') === undefined ? (third ?? unknown) : unknown);
    }
    case 'merge':
      return merged(values, expression, scope);
    case 'concat': {
      const items = values.flatMap(value => (value.kind === 'list' ? value.items : [value]));
      return { kind: 'list', items, site };
    }
    case 'join':
      return made(joined(first, values.slice(1)));
    case 'format':
      return made(formatted(values.map(knownText)));
    case 'replace':
      return made(replaced(values.map(knownText)));
    case 'lower':
      return made(knownText(first)?.toLowerCase());
    case 'trimprefix':
      return made(withoutPrefix(knownText(first), knownText(second)));
    default:
      return unknown;
  }
}

const asSet = (items: readonly Value[], site: ReturnType<typeof siteIn>): Value => {
  const entries = items.map(
    (value): MapEntry => ({ key: textIn(value) ?? standIn('<<', tracedAt('', site)), value }),
  );
  return mapValue(entries, site);
};

function merged(values: readonly Value[], { args, span }: Call, scope: Scope): Value {
  const entries = values.flatMap((value, index): readonly MapEntry[] => {
    if (value.kind === 'map') return value.entries;
    if (isNull(value)) return [];
    const site = siteIn(scope, args[index]?.span ?? span);
    return [{ key: standIn('<<', tracedAt('', site)), value }];
  });
  return mapValue(entries, siteIn(scope, span));
}
