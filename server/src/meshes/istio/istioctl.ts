import type { Command } from '../../core/fragment';
import { textOf } from '../../core/text';
import { parseWords } from './commandFlags';
import { isIstioctl } from './executable';
import { longName, takesValue } from './flags';
import type { Narrowing } from './narrowing';
import { isTakenAway } from './outlets';
import type { Piece } from './piece';

/** An `istioctl` command that installs: what was handed to it, in the order in which it counts. */
export interface Invocation {
  /** The values of `-f` as they stand; whether commas part files is a question of the version. */
  readonly files: readonly Piece[];
  /** The values of `--set` as they stand. */
  readonly sets: readonly Piece[];
  readonly revision: Piece | undefined;
  /** A folder or archive that charts and profiles are read from instead of the built-in ones. */
  readonly charts: Piece | undefined;
  /** Words that may hold further flags, such as `$ARGS`. */
  readonly unknown: readonly Piece[];
  /** The parts of the install that `manifest generate` prints, where not all of it. */
  readonly narrowing: Narrowing | undefined;
  /** The hub and the tag of the operator's own image, where `operator init` puts the operator into the cluster. */
  readonly operator: { readonly hub: Piece | undefined; readonly tag: Piece | undefined } | undefined;
}

/**
 * The invocation of a command, `undefined` when it is not `istioctl` or leads to no pods: it only looks or takes away, it
 * is a dry run (operator/cmd/mesh/root.go: "output only, make no changes"), or what it prints is deleted.
 */
export function invocationOf({ words, into }: Command): Invocation | undefined {
  const [executable, ...rest] = words;
  if (executable === undefined || !isIstioctl(executable)) return undefined;
  const { flags, operands, unknown } = parseWords(rest, { takesValue, longName });
  const verbs = operands.map(({ text }) => textOf(text));
  const kind = kindOf(verbs);
  const isOn = (name: string): boolean =>
    flags.some(
      ({ name: own, value }) => own === name && (value === undefined || textOf(value.text) !== 'false'),
    );
  if (kind === undefined || isOn('help')) return undefined;
  if (kind === 'prints' ? isTakenAway(into) : isOn('dry-run')) return undefined;
  // Into a folder nothing is written then; to standard output all the same (operator/cmd/mesh/manifest-generate.go).
  if (kind === 'prints' && isOn('dry-run') && isOn('output')) return undefined;
  const named = (name: string): readonly Piece[] =>
    flags.flatMap(flag => (flag.name === name && flag.value !== undefined ? [flag.value] : []));
  const isOperator = kind === 'starts operator';
  return {
    files: isOperator ? named('filename').slice(-1) : named('filename'),
    sets: isOperator ? [] : named('set'),
    revision: named('revision').at(-1),
    charts: named('manifests').at(-1) ?? named('charts').at(-1),
    unknown,
    narrowing: kind === 'prints' ? narrowingOf(named('component'), named('filter')) : undefined,
    operator: isOperator ? { hub: named('hub').at(-1), tag: named('tag').at(-1) } : undefined,
  };
}

const narrowingOf = (components: readonly Piece[], templates: readonly Piece[]): Narrowing | undefined =>
  components.length + templates.length === 0 ? undefined : { components, templates };

/** What the command of this name does, if it leads to pods; from operator/cmd/mesh and istioctl/cmd of 1.4 to 1.31. */
function kindOf([verb, second]: readonly string[]): 'installs' | 'prints' | 'starts operator' | undefined {
  switch (verb) {
    case 'install':
    case 'apply':
    case 'upgrade':
      return 'installs';
    case 'manifest':
      if (second === 'generate') return 'prints';
      return second === 'apply' || second === 'install' ? 'installs' : undefined;
    case 'x':
    case 'experimental':
      return second === 'upgrade' ? 'installs' : undefined;
    case 'operator':
      return second === 'init' ? 'starts operator' : undefined;
    default:
      return undefined;
  }
}
