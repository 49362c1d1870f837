import type { Setting } from '../../core/install';
import { literal } from '../../core/text';
import type { Scalar } from '../../core/tree';
import { goNumber } from './goNumber';

/**
 * What istioctl makes of a value that it is handed as text: an integer, else a float, else a boolean, else a string
 * (istio operator/pkg/util/util.go ParseValue: strconv.Atoi, ParseFloat, ParseBool).
 */
export function setType(text: string): Exclude<Scalar['type'], 'null'> {
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return 'number';
  return /^([tTfF]|true|TRUE|True|false|FALSE|False)$/.test(text) ? 'boolean' : 'string';
}

/** The decimal digits of an integer that such a text stands for; `010` is 10 there, not the octal number of YAML. */
export const setDigits = (text: string): string => text.replace(/^([+-]?)0+(?=\d)/, '$1');

/**
 * The tag of a component in 1.24 and later: it is written to its values as `path=value`, and read as such a text once more,
 * so that not even quotes keep `1.10` (istio 1.24 operator/pkg/render/manifest.go applyComponentValuesToHelmValues).
 */
export function readOnceMore(setting: Setting): Setting {
  const { value } = setting;
  if (value.kind !== 'literal' || setType(value.value) !== 'number') return setting;
  const used = goNumber(setDigits(value.value)) ?? value.value;
  if (used === value.value) return setting;
  const written = setting.written ?? value.value;
  const note = `istioctl reads the tag ${written} of a component as the number ${used}, in quotes too; as spec.tag, in quotes, it is kept as written.`;
  return { ...setting, value: literal(used), note, written };
}
