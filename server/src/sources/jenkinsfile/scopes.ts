import type { Traced } from '../../core/traced';

/** What holds between two braces. */
interface Scope {
  readonly kind: 'block' | 'environment';
  readonly variables: Map<string, readonly Traced[]>;
  readonly environment: Map<string, readonly Traced[]>;
  readonly directory: Traced | undefined;
}

/** What the block that is about to open brings along. */
export interface Header {
  readonly kind?: 'block' | 'environment';
  readonly environment?: ReadonlyMap<string, readonly Traced[]>;
  readonly directory?: Traced;
}

/** The variables of a pipeline at one point: those of Groovy, and those of the environment. */
export interface Scopes {
  readonly open: (header: Header) => void;
  readonly close: () => void;
  readonly isEnvironment: () => boolean;
  /** `def X = …` */
  readonly declare: (name: string, values: readonly Traced[]) => void;
  /** `X = …`; deeper than where it was declared, it may happen or not. */
  readonly assign: (name: string, values: readonly Traced[]) => void;
  readonly setEnvironment: (name: string, values: readonly Traced[], isForAll: boolean) => void;
  readonly variable: (name: string) => readonly Traced[] | undefined;
  readonly environment: (name: string) => readonly Traced[] | undefined;
  /** All variables of the environment. */
  readonly allEnvironment: () => ReadonlyMap<string, readonly Traced[]>;
  /** The folders that `dir` has gone to, from the outermost. */
  readonly directories: () => readonly Traced[];
}

/** No variable is followed through more values than these, and no deeper nesting. */
const mostValues = 8;
const deepest = 100;
const mostVariables = 500;

/** The scope of a whole pipeline. */
export function createScopes(): Scopes {
  const root = emptyScope({});
  const scopes = [root];
  let ignored = 0;
  const top = (): Scope => scopes.at(-1) ?? root;
  const find = (name: string, part: 'variables' | 'environment') =>
    scopes.findLast(scope => scope[part].has(name))?.[part].get(name);
  return {
    open(header) {
      if (scopes.length >= deepest) ignored += 1;
      else scopes.push(emptyScope(header));
    },
    close() {
      if (ignored > 0) ignored -= 1;
      else if (scopes.length > 1) scopes.pop();
    },
    isEnvironment: () => top().kind === 'environment',
    declare: (name, values) => set(top().variables, name, values),
    assign(name, values) {
      const owner = scopes.findLast(({ variables }) => variables.has(name));
      const before = owner === undefined || owner === top() ? [] : (owner.variables.get(name) ?? []);
      set((owner ?? root).variables, name, [...before, ...values].slice(0, mostValues));
    },
    setEnvironment: (name, values, isForAll) =>
      set((isForAll ? root : (scopes.at(-2) ?? root)).environment, name, values),
    variable: name => find(name, 'variables'),
    environment: name => find(name, 'environment'),
    allEnvironment: () => new Map(scopes.flatMap(({ environment }) => [...environment])),
    directories: () => scopes.flatMap(({ directory }) => directory ?? []),
  };
}

const emptyScope = ({ kind = 'block', environment, directory }: Header): Scope => ({
  kind,
  variables: new Map(),
  environment: new Map(environment),
  directory,
});

function set(values: Map<string, readonly Traced[]>, name: string, given: readonly Traced[]): void {
  if (values.has(name) || values.size < mostVariables) values.set(name, given);
}
