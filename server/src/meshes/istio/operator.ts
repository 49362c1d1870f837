import type { Fragment, Manifest } from '../../core/fragment';
import type { OpenedFile } from '../../core/mesh';
import { nodeAt } from '../../core/tree';

/**
 * Whether a manifest is an IstioOperator. A missing, misspelt or templated `apiVersion` is tolerated; that of another
 * project is not.
 */
export function isIstioOperator({ kindName, apiVersion }: Manifest): boolean {
  return kindName === 'IstioOperator' && (!apiVersion.includes('/') || /istio|[{$<]/i.test(apiVersion));
}

/**
 * The IstioOperators of a file that `-f` names. istioctl reads the file as one even where it does not say `kind:`, so a
 * document that has nothing but a `spec` counts where there is no better one.
 */
export function operatorsIn({ fragments }: OpenedFile): readonly Manifest[] {
  const manifests = (fragments ?? []).filter((fragment: Fragment) => fragment.kind === 'manifest');
  const operators = manifests.filter(isIstioOperator);
  if (operators.length > 0) return operators;
  return manifests.filter(({ kindName, root }) => kindName === '' && nodeAt(root, ['spec'])?.kind === 'map');
}
