import type { Scalar } from '../../core/tree';

const nulls = /^(?:~|null|Null|NULL)?$/;
const booleans = /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const numbers =
  /^(?:[-+]?(?:0x[\da-f]+|0o[0-7]+|0b[01]+|(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?)|[-+]?\.inf|\.nan)$/i;

/**
 * What a plain scalar is to istioctl, which reads YAML 1.1: `on` is a boolean, `1_000`, `0x10` and `1e3` are numbers,
 * dates stay strings. Rules of sigs.k8s.io/yaml goyaml.v2/resolve.go.
 */
export function plainType(text: string): Scalar['type'] {
  if (nulls.test(text)) return 'null';
  if (booleans.test(text)) return 'boolean';
  return /^[-+.\d]/.test(text) && numbers.test(text.replaceAll('_', '')) ? 'number' : 'string';
}

/** The type that an explicit tag gives a scalar; `undefined` where there is none, or one that leaves it open. */
export function taggedType(tag: string | undefined): Scalar['type'] | undefined {
  switch (tag) {
    case '!':
    case '!!str':
    case '!!binary':
    case '!!timestamp':
      return 'string';
    case '!!int':
    case '!!float':
      return 'number';
    case '!!bool':
      return 'boolean';
    case '!!null':
      return 'null';
    default:
      return undefined;
  }
}
