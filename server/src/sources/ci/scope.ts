import { siteOfTraced, type Traced } from '../../core/traced';
import { standingFor } from './tracedParts';

/** The values that a name may have, in the order in which they are written. */
export type Values = readonly Traced[];

/** What is known at one place of a file that holds scripts. */
export interface Scope {
  /** The variables that its scripts have when they begin. */
  readonly environment: ReadonlyMap<string, Values>;
  /** What expressions name: `matrix.version`, `inputs.version`, `parameters.version`, `vars.version`. */
  readonly named: ReadonlyMap<string, Values>;
}

export const emptyScope: Scope = { environment: new Map(), named: new Map() };

/** No more values of one name are followed. */
export const mostValues = 8;

/** No more names than these are known at one place, and none with a longer value (in UTF-16 units). */
const mostNames = 500;
const longestValue = 10_000;

/** A scope while names are added to it; the outer one stays as it is. */
export interface ScopeBuilder {
  readonly name: (name: string, values: Values) => void;
  /** A variable of the shell, which expressions can also name. */
  readonly variable: (name: string, values: Values) => void;
  readonly scope: () => Scope;
}

/** Adds names to a scope: a name that is told again has the new values. */
export function buildOn(outer: Scope): ScopeBuilder {
  let { environment, named } = outer;
  const set = (map: ReadonlyMap<string, Values>, own: boolean, name: string, values: Values) => {
    if (values.length === 0 || (map.size >= mostNames && !map.has(name))) return map;
    const copy = own ? (map as Map<string, Values>) : new Map(map);
    return copy.set(name, values.slice(0, mostValues).map(bounded));
  };
  return {
    name(name, values) {
      named = set(named, named !== outer.named, name, values);
    },
    variable(name, values) {
      environment = set(environment, environment !== outer.environment, name, values);
    },
    scope: () =>
      environment === outer.environment && named === outer.named ? outer : { environment, named },
  };
}

const bounded = (value: Traced): Traced =>
  value.raw.length <= longestValue
    ? value
    : standingFor(value.raw.slice(0, 20), siteOfTraced(value), 'its value is longer than Meshfit follows');
