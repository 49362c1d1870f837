/**
 * A number of a YAML file as Helm prints it: `1.1` for `1.10`, `8` for the octal `010`, `1000` for `1e3` and
 * `2.0240101e+07` for `20240101`, because charts only know 64-bit floats (sigs.k8s.io/yaml goyaml.v2/resolve.go,
 * Go strconv.FormatFloat 'g'). `undefined` where it is no finite number.
 */
export function goNumber(text: string): string | undefined {
  const plain = text.replaceAll('_', '');
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/.exec(plain) ?? [];
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value = digits === '' ? Number.NaN : Number(octal);
  if (!Number.isFinite(value)) return undefined;
  return goFloat(sign === '-' ? -value : value);
}

/** Go's shortest form of a float: an exponent of two digits below 1e-4 and from 1e6 on. */
function goFloat(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e6)) return String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`;
}
