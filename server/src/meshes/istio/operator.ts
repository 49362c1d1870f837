import type { Fragment, Manifest } from '../../core/fragment';
import type { OpenedFile } from '../../core/mesh';
import { nodeAt } from '../../core/tree';

/**
 * Whether a manifest is an IstioOperator, or the IstioControlPlane that Istio 1.4 had in its place. A missing, misspelt or templated `apiVersion` is tolerated; that of another
 * project is not.
 */
export function isIstioOperator({ kindName, apiVersion }: Manifest): boolean {
  const isOne = kindName === 'IstioOperator' || kindName === 'IstioControlPlane';
  return isOne && (!apiVersion.includes('/') || /istio|[{$<]/i.test(apiVersion));
}

/** Whether a manifest has the form of Istio 1.4. */
export const isControlPlane = ({ kindName }: Manifest): boolean => kindName === 'IstioControlPlane';

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
