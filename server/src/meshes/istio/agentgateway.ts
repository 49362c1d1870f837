import { entryAt, type Node, nodeAt } from '../../core/tree';
import { booleanOf, firstAt, settingAt, valuePaths } from './settings';
import { type Range, within } from './version';

const variable = 'PILOT_ENABLE_AGENTGATEWAY';
const versions: Range = { from: 29 };

/**
 * Whether istiod of version 1.`minor` starts gateways with the image `agentgateway`: only where the variable for it is set,
 * in the values of istiod or in its component (istio 1.29 pilot/pkg/features).
 */
export function hasAgentgateway(spec: Node, minor: number): boolean {
  if (!within(versions, minor)) return false;
  const list = nodeAt(spec, ['components', 'pilot', 'k8s', 'env']);
  const items = list?.kind === 'list' ? list.items : [];
  const own = items.findLast(item => {
    const name = entryAt(item, ['name'])?.value;
    return name?.kind === 'scalar' && name.text.kind === 'literal' && name.text.value === variable;
  });
  const setting = settingAt(own, ['value']) ?? firstAt(spec, valuePaths('pilot', 'env', variable));
  return booleanOf(setting) === true;
}
