/**
 * Values by name, over those of another scope, which must not change as long as this one is used: a copy of everything a
 * script knows costs nothing, and what a fork has changed is known.
 */
export interface Scope<V> {
  readonly below: Scope<V> | undefined;
  /** What was set here, `undefined` for what was deleted. */
  own: Map<string, V | undefined> | undefined;
}

/** A scope with nothing of its own. */
export const createScope = <V>(below?: Scope<V>): Scope<V> => ({
  below: below?.own === undefined ? below?.below : below,
  own: undefined,
});

export function lookUp<V>(scope: Scope<V>, name: string): V | undefined {
  for (let at: Scope<V> | undefined = scope; at !== undefined; at = at.below) {
    const value = at.own?.get(name);
    if (value !== undefined || at.own?.has(name)) return value;
  }
  return undefined;
}

/** Sets a value; `undefined` deletes it. */
export function setIn<V>(scope: Scope<V>, name: string, value: V | undefined): void {
  scope.own ??= new Map();
  scope.own.set(name, value);
}

/** Everything there is, by name. */
export function everythingIn<V>(scope: Scope<V>): ReadonlyMap<string, V> {
  const all = new Map(scope.below === undefined ? [] : everythingIn(scope.below));
  for (const [name, value] of scope.own ?? [])
    if (value === undefined) all.delete(name);
    else all.set(name, value);
  return all;
}

/** Makes a scope what one over it has become. */
export function takeOver<V>(scope: Scope<V>, over: Scope<V>): void {
  for (const [name, value] of over.own ?? []) setIn(scope, name, value);
}
