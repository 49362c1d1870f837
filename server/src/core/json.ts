/** Reading JSON that somebody else wrote: every member is checked before it is used, and nothing is inherited. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The value a JSON text stands for; `undefined` when it is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The object's own member; `undefined` when there is none, when it is `null`, or when `value` is no object. */
export function member(value: Json | undefined, key: string): Json | undefined {
  if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
  return value[key] ?? undefined;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isArray(value);

/** `Array.isArray` for types whose arrays are read-only. */
export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
