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

/** Whether a document says no kind, but has the `spec` of an IstioOperator. */
export const isKindless = ({ kindName, root }: Manifest): boolean =>
  kindName === '' && nodeAt(root, ['spec'])?.kind === 'map';

/** The IstioOperator of a file that is a profile, whose kind nobody looks at. */
export function profileIn({ fragments }: OpenedFile): Manifest | undefined {
  const manifests = (fragments ?? []).filter((fragment: Fragment) => fragment.kind === 'manifest');
  return manifests.find(isIstioOperator) ?? manifests.find(isKindless);
}
