/**
 * The charts of Istio that install its parts. `ingress` and `egress` are the gateways as istioctl has them (manifests/charts/
 * gateways); the images of a `gateway` come from istiod, and `base` has none.
 */
export type ChartName = 'istiod' | 'cni' | 'ztunnel' | 'ingress' | 'egress' | 'gateway' | 'base';

/** Names that no other project gives a chart (`istio-discovery` and `istio-cni` are folders and the names up to 1.11). */
const ownNames: ReadonlyMap<string, ChartName> = new Map([
  ['istiod', 'istiod'],
  ['istio-discovery', 'istiod'],
  ['istio-cni', 'cni'],
  ['ztunnel', 'ztunnel'],
  ['istio-base', 'base'],
]);

/** Names that mean something only where the chart is said to be Istio's. */
const commonNames: ReadonlyMap<string, ChartName> = new Map([
  ['cni', 'cni'],
  ['base', 'base'],
  ['gateway', 'gateway'],
  ['istio-ingress', 'gateway'],
  ['istio-egress', 'gateway'],
]);

/**
 * The chart that a name, a path or an address means: `istio/istiod`, `oci://gcr.io/istio-release/charts/cni`,
 * `./manifests/charts/istio-control/istio-discovery`; `undefined` for charts of others. `repository` is where it is looked
 * for, as far as that is told.
 */
export function chartNamed(reference: string, repository = ''): ChartName | undefined {
  const path = reference.replace(/\/+$/, '').replace(/-v?\d+\.\d+\.\d+[\w.-]*\.tgz$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/(?:^|[/\\])gateways[/\\]istio-(?:in|e)gress$/.test(path))
    return path.endsWith('ingress') ? 'ingress' : 'egress';
  const own = ownNames.get(name);
  if (own !== undefined) return own;
  const where = `${repository} ${path.slice(0, path.length - name.length)}`;
  return /istio/i.test(where) ? commonNames.get(name) : undefined;
}

/** Whether a chart is named by its place on the disk. */
export const isLocalChart = (reference: string): boolean =>
  /^(?:[.~$/\\]|[A-Za-z]:[/\\])|\.tgz$|\/charts\//.test(reference) && !/^\w+:\/\//.test(reference);
