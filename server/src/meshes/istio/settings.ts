import type { Setting } from '../../core/install';
import { literal, literalValue, type Text, textOf } from '../../core/text';
import { entryAt, type Node, type Scalar } from '../../core/tree';
import { originOf } from './builtin';
import { goNumber } from './goNumber';

export type Path = readonly string[];

/** The scalar at a path of the spec as a setting; `undefined` where nothing is set: no entry, null, or an empty text. */
export function settingAt(spec: Node | undefined, path: Path): Setting | undefined {
  const entry = entryAt(spec, path);
  if (entry?.value.kind !== 'scalar' || entry.value.type === 'null') return undefined;
  const value = goText(entry.value);
  if (value.kind === 'literal' && value.value === '') return undefined;
  const note = noteOn(entry.value, value);
  const written = textOf(entry.value.text);
  return { value, origin: originOf(entry), ...(note === undefined ? {} : { note, written }) };
}

/** The text that is set at a path, where it is known. */
export const literalAt = (spec: Node | undefined, path: Path): string | undefined =>
  literalValue(settingAt(spec, path)?.value);

/** The first of several paths at which something is set. */
export function firstAt(spec: Node | undefined, paths: readonly Path[]): Setting | undefined {
  for (const path of paths) {
    const setting = settingAt(spec, path);
    if (setting !== undefined) return setting;
  }
  return undefined;
}

/** The places of a Helm value in an IstioOperator, strongest first. */
export const valuePaths = (...path: Path): readonly Path[] => [
  ['unvalidatedValues', ...path],
  ['values', ...path],
];

/** Whether a setting says yes or no; `undefined` where it is absent, or where it is not known what it says. */
export function booleanOf(setting: Setting | undefined): boolean | undefined {
  if (setting?.value.kind !== 'literal') return undefined;
  const { value } = setting.value;
  if (yes.test(value)) return true;
  return no.test(value) ? false : undefined;
}

// The booleans of YAML 1.1 and of Go's strconv.ParseBool.
const yes = /^(t|true|y|yes|on)$/i;
const no = /^(f|false|n|no|off)$/i;

/** Says so where istioctl does not use the text that is written: `tag: 1.20` is the number 1.2. */
function noteOn({ text, type }: Scalar, used: Text): string | undefined {
  if (text.kind !== 'literal' || used.kind !== 'literal' || text.value === used.value) return undefined;
  return `istioctl reads ${text.value} as the ${type} ${used.value}; in a YAML file, quotes keep it as written: "${text.value}".`;
}

/** A scalar as Go prints it: the number 1.10 is `1.1`, which is what ends up in the image's name. */
function goText({ text, type }: Scalar): Text {
  if (text.kind !== 'literal') return text;
  if (type === 'boolean') return literal(String(yes.test(text.value)));
  if (type !== 'number') return text;
  const number = goNumber(text.value);
  return number === undefined ? text : literal(number);
}
