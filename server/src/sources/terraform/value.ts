import type { Site } from '../../core/text';
import { type Traced, tracedUnknown } from '../../core/traced';
import type { Scalar } from '../../core/tree';
import { standIn } from '../makefile/cutter';

/** What an expression stands for, as far as the files tell. What is not known is a text that says why. */
export type Value =
  | TextValue
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly site: Site }
  | MapValue
  /** What `yamlencode` or `jsonencode` makes of a value. */
  | { readonly kind: 'encoded'; readonly value: Value; readonly site: Site }
  /** What `file` reads; nothing is filled into it. */
  | { readonly kind: 'file'; readonly path: Traced; readonly site: Site };

/** A string, a number, a truth value or `null`. */
export interface TextValue {
  readonly kind: 'text';
  readonly text: Traced;
  readonly type: Scalar['type'];
}

/** Keys are unique. The key `<<` stands for further entries that are not known. */
export interface MapValue {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  readonly site: Site;
}

export interface MapEntry {
  readonly key: Traced;
  readonly value: Value;
}

export const textValue = (text: Traced, type: Scalar['type'] = 'string'): TextValue => ({
  kind: 'text',
  text,
  type,
});

export const computedWhy = 'Terraform works it out';

/** A value that nobody knows; `raw` is the expression, which is shown if it is short and has no signs of its own. */
export function unknownValue(raw: string, site: Site, why: string): TextValue {
  const shown = raw.length <= 80 && /^[\w.[\]-]+$/.test(raw) ? raw : '…';
  return textValue(tracedUnknown(`\${${shown}}`, site, why));
}

/** Why a value is not known at all; `undefined` where a part of it is. */
export function whyUnknown(value: Value): string | undefined {
  if (value.kind !== 'text') return undefined;
  const [only, ...others] = value.text.stretches;
  return others.length === 0 ? only?.why : undefined;
}

export const isNull = (value: Value | undefined): boolean =>
  value === undefined || (value.kind === 'text' && value.type === 'null');

/** A number is written as Terraform prints it: `1.1` for `1.10`. */
function printed({ text, type }: TextValue): Traced {
  const number = type === 'number' ? String(Number(text.raw)) : text.raw;
  return number === text.raw ? text : standIn(number, text);
}

/** The value as a text; `undefined` for lists and the like. */
export const textIn = (value: Value | undefined): Traced | undefined =>
  value?.kind === 'text' && value.type !== 'null' ? printed(value) : undefined;

/** The text of a value that is known altogether. */
export function knownText(value: Value | undefined): string | undefined {
  const text = textIn(value);
  return text?.stretches.every(({ why }) => why === undefined) ? text.raw : undefined;
}

export const mapEntry = (value: Value | undefined, key: string): Value | undefined =>
  value?.kind === 'map' ? value.entries.find(entry => entry.key.raw === key)?.value : undefined;

/** A map in which a later entry takes the place of an earlier one of the same key. */
export const mapValue = (entries: readonly MapEntry[], site: Site): MapValue => ({
  kind: 'map',
  entries: [...new Map(entries.map(entry => [entry.key.raw, entry])).values()],
  site,
});
