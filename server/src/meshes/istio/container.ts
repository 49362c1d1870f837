import type { Node } from '../../core/tree';
import type { Path } from './settings';

/** A container that istioctl installs, and where its image is decided. */
export interface Container {
  /** `Deployment/istiod`. */
  readonly workload: string;
  readonly container: string;
  readonly image: string;
  /** Where the component's own values stand: `pilot` for `values.pilot.hub`. */
  readonly values: Path;
  /** The node under `components` that it belongs to, which may hold a hub and a tag. */
  readonly component: Node | undefined;
  readonly gateway: boolean;
  /** Runs in the pod of the container before it. */
  readonly beside?: true;
}

/** The proxy that runs beside another container of a workload. */
export const besideProxy = (workload: string): Container => ({
  workload,
  container: 'istio-proxy',
  image: 'proxyv2',
  values: [],
  component: undefined,
  gateway: true,
});
