/** Calls `make` again only where what `relevant` picks of its argument has changed; `last` is what it made. */
export function keepWhileSame<A, R>(make: (argument: A) => R, relevant: (argument: A) => unknown) {
  let known: { readonly key: string; readonly made: R } | undefined;
  const get = (argument: A): R => {
    const key = JSON.stringify(relevant(argument));
    if (known?.key !== key) known = { key, made: make(argument) };
    return known.made;
  };
  return Object.assign(get, { last: () => known?.made });
}
