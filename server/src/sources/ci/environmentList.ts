import { joinTraced, siteOfTraced, type Traced, tracedUnknown, usedAt } from '../../core/traced';
import type { ListNode, MapNode } from '../../core/tree';
import { scalarTraced } from './scalarTraced';
import type { Values } from './scope';
import { cutTraced } from './tracedParts';
import type { YamlText } from './yamlText';

/**
 * The variables of a list of `NAME=value`, as Docker Compose and Travis write them, also under `global` and `jobs`. A
 * name that is told several times may have any of its values.
 */
export function environmentList({ text }: YamlText, node: ListNode | MapNode): ReadonlyMap<string, Values> {
  const lists =
    node.kind === 'list'
      ? [node]
      : node.entries.flatMap(({ key, value }) =>
          value.kind === 'list' && /^(?:global|jobs|matrix)$/.test(key) ? [value] : [],
        );
  const found = new Map<string, Traced[]>();
  for (const item of lists.flatMap(({ items }) => items)) {
    if (item.kind !== 'scalar') continue;
    for (const [name, value] of assignments(scalarTraced(text, item))) {
      const values = found.get(name);
      if (values === undefined) found.set(name, [value]);
      else values.push(value);
    }
  }
  return found;
}

/** `A=1 B=2` are two assignments, `A=1 2` is one. */
function assignments(line: Traced): readonly (readonly [string, Traced])[] {
  const several = /^(?:[A-Za-z_]\w*=\S*\s+)+[A-Za-z_]\w*=\S*$/.test(line.raw.slice(0, longestLine));
  const pattern = several ? /([A-Za-z_]\w*)=(\S*)/g : /^([A-Za-z_]\w*)=(.*)$/gs;
  const matches = [...line.raw.matchAll(pattern)];
  const bounds = matches.flatMap(({ 0: { length }, 1: name = '', index }) => [
    index + name.length + 1,
    index + length,
  ]);
  const pieces = cutTraced(line, bounds);
  return matches.map(({ 1: name = '' }, number) => {
    const piece = pieces[number * 2 + 1] ?? line;
    const quoted = /^(["']).*\1$/s.test(piece.raw) && piece.raw.length > 1;
    return [name, quoted ? (cutTraced(piece, [1, piece.raw.length - 1])[1] ?? piece) : piece];
  });
}

const longestLine = 1000;

/**
 * A value whose `$NAME` and `${NAME}` the pipeline fills in from the variables above it, as GitLab does; what Azure fills
 * in when it runs, `$(x)` and `$[x]`, is not known.
 */
export function expandVariables(value: Traced, variables: ReadonlyMap<string, Values>): Traced {
  const matches = [
    ...value.raw.matchAll(
      /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*)|\([A-Za-z_][\w.]{0,100}\)|\[[^\]\n]{0,200}\])/g,
    ),
  ];
  if (matches.length === 0) return value;
  if (matches.length > mostUses)
    return tracedUnknown(value.raw.slice(0, 20), siteOfTraced(value), 'it holds too many variables');
  const bounds = matches.flatMap(({ 0: { length }, index }) => [index, index + length]);
  const pieces = cutTraced(value, bounds).map((piece, index) => {
    const match = index % 2 === 1 ? matches[(index - 1) / 2] : undefined;
    if (match === undefined) return piece;
    const known = variables.get(match[1] ?? match[2] ?? '');
    const site = siteOfTraced(piece);
    const [only] = known ?? [];
    if (known?.length === 1 && only !== undefined && only.raw.length <= longestUse) return usedAt(only, site);
    return tracedUnknown(piece.raw, site, `${piece.raw} is a variable of the pipeline`);
  });
  return joinTraced(pieces);
}

/** With more, or longer ones, a value could grow without end. */
const mostUses = 20;
const longestUse = 1000;
