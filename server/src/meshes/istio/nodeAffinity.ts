import type { NodeLimit } from '../../core/install';
import { literalValue, type Site } from '../../core/text';
import type { Node } from '../../core/tree';
import { itemsAt } from './itemsAt';
import { settingAt } from './settings';

/** The architectures that Kubernetes runs on: what `NotIn` leaves. */
const architectures: readonly string[] = [
  'amd64',
  'arm64',
  'arm',
  '386',
  's390x',
  'ppc64le',
  'riscv64',
  'loong64',
];

/**
 * The architectures that required node affinity leaves: of its terms one has to hold, of a term's expressions all
 * (Kubernetes API NodeSelector). `undefined` where no expression is about the architecture.
 */
export function affinityArchitectures(
  affinity: Node | undefined,
): Pick<NodeLimit, 'architectures' | 'site'> | undefined {
  const terms = itemsAt(affinity, [
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  ]).map(term =>
    itemsAt(term, ['matchExpressions']).flatMap(expression => architectureTest(expression) ?? []),
  );
  const tests = terms.flat();
  const [first] = tests;
  if (first === undefined) return undefined;
  const named = [...new Set([...architectures, ...tests.flatMap(({ values }) => values)])];
  const holds = ({ isIn, values }: ArchitectureTest, name: string): boolean => values.includes(name) === isIn;
  const allowed = named.filter(name => terms.some(term => term.every(test => holds(test, name))));
  return { architectures: allowed, site: first.site };
}

interface ArchitectureTest {
  readonly isIn: boolean;
  readonly values: readonly string[];
  readonly site: Site;
}

/** An expression about the node's architecture; `undefined` for any other, and where a value is not known. */
function architectureTest(expression: Node): ArchitectureTest | undefined {
  const key = literalValue(settingAt(expression, ['key'])?.value);
  const operator = literalValue(settingAt(expression, ['operator'])?.value);
  if (key !== 'kubernetes.io/arch' && key !== 'beta.kubernetes.io/arch') return undefined;
  if (operator !== 'In' && operator !== 'NotIn') return undefined;
  const scalars = itemsAt(expression, ['values']).flatMap(item => (item.kind === 'scalar' ? [item] : []));
  const values = scalars.flatMap(({ text }) => literalValue(text) ?? []);
  const [first] = scalars;
  if (first === undefined || values.length < scalars.length) return undefined;
  return { isIn: operator === 'In', values, site: first.site };
}
