import { literalValue } from '../../core/text';
import { joinTraced, type Traced } from '../../core/traced';
import { type ListNode, type Node, nodeAt } from '../../core/tree';
import { execForm } from './execForm';
import { scalarTraced } from './scalarTraced';
import { behind } from './tracedParts';
import type { YamlText } from './yamlText';

/**
 * The lines of a script that is written as a scalar or as a list of them, also of lists in lists; a `!reference` of GitLab
 * brings in the lines that it names. With `hasWords` an inner list is a command, word by word, as in cloud-init.
 */
export function linesOf(yaml: YamlText, node: Node, hasWords: boolean, depth = 0): readonly Traced[] {
  if (node.kind === 'scalar') return [scalarTraced(yaml.text, node)];
  if (node.kind === 'map') return [];
  if (isReference(yaml, node)) return referenceLines(yaml, node, depth + 1);
  return node.items.flatMap(item => {
    if (item.kind === 'list' && hasWords && !isReference(yaml, item)) return [execForm(wordsOf(yaml, item))];
    return linesOf(yaml, item, hasWords, depth);
  });
}

/** The items of a list that are scalars. */
export const wordsOf = ({ text }: YamlText, { items }: ListNode): readonly Traced[] =>
  items.flatMap(item => (item.kind === 'scalar' ? [scalarTraced(text, item)] : []));

/** Lines one below the other, as one script. */
export const joinLines = (lines: readonly Traced[]): Traced =>
  joinTraced(
    lines.flatMap((line, index) =>
      index === lines.length - 1 || line.raw.endsWith('\n') ? [line] : [line, behind(line, '\n')],
    ),
  );

/** Whether every item of a list is a scalar, or a list of such. */
export const isAllText = (node: Node): boolean =>
  node.kind === 'scalar' || (node.kind === 'list' && node.items.every(isAllText));

const isReference = ({ text }: YamlText, { site }: ListNode): boolean =>
  /!reference[ \t]+$/.test(text.slice(Math.max(0, site.span.start - 20), site.span.start));

/** How deep references may nest (docs.gitlab.com/ci/yaml/yaml_optimization: 10 levels). */
const deepest = 10;

function referenceLines(yaml: YamlText, { items }: ListNode, depth: number): readonly Traced[] {
  if (yaml.references <= 0 || depth > deepest) return [];
  yaml.references -= 1;
  const path = items.flatMap(item => (item.kind === 'scalar' ? (literalValue(item.text) ?? []) : []));
  const target = path.length === items.length ? nodeAt(yaml.root, path) : undefined;
  return target === undefined ? [] : linesOf(yaml, target, false, depth);
}
