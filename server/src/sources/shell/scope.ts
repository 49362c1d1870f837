/**
 * Values by name, over those of another scope, which must not change as long as this one is used: a copy of everything a
 * script knows costs nothing, and what a fork has changed is known.
 */
export interface Scope<V> {
  readonly get: (name: string) => V | undefined;
  readonly set: (name: string, value: V) => void;
  readonly delete: (name: string) => void;
  /** What was set here, `undefined` for what was deleted. */
  readonly changes: () => ReadonlyMap<string, V | undefined>;
  /** Everything there is, by name. */
  readonly all: () => ReadonlyMap<string, V>;
}

export function createScope<V>(below?: Scope<V>): Scope<V> {
  const own = new Map<string, V | undefined>();
  return {
    get: name => (own.has(name) ? own.get(name) : below?.get(name)),
    set: (name, value) => void own.set(name, value),
    delete: name => void own.set(name, undefined),
    changes: () => own,
    all() {
      const all = new Map(below?.all());
      for (const [name, value] of own)
        if (value === undefined) all.delete(name);
        else all.set(name, value);
      return all;
    },
  };
}

/** Makes a scope what one over it has become. */
export function takeOver<V>(scope: Scope<V>, over: Scope<V>): void {
  for (const [name, value] of over.changes())
    if (value === undefined) scope.delete(name);
    else scope.set(name, value);
}
