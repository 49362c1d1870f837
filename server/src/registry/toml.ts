import { parse, TomlError } from 'smol-toml';
import { type Json, parseJson } from '../core/json';

/** The value that a TOML text stands for, with its keys in the order of the file; `undefined` when it is not TOML. */
export function parseToml(text: string): Json | undefined {
  try {
    // By way of JSON, which has no dates and nothing inherited.
    return parseJson(JSON.stringify(parse(text.replace(/^\ufeff/, ''))));
  } catch (error) {
    if (error instanceof TomlError || error instanceof RangeError) return undefined;
    throw error;
  }
}
