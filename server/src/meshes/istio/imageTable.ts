// Written by `npm run facts`; changes by hand are lost.
import type { Range } from './version';

/** The images that the release flow builds. */
export const imageTable: readonly (Range & { readonly image: string })[] = [
  { image: 'app' },
  { image: 'citadel', to: 5 },
  { image: 'ext-authz', from: 14 },
  { image: 'galley', to: 5 },
  { image: 'install-cni', from: 7 },
  { image: 'istioctl', from: 5 },
  { image: 'kubectl', to: 5 },
  { image: 'mixer', to: 7 },
  { image: 'mixer_codegen', to: 7 },
  { image: 'node-agent-k8s', to: 5 },
  { image: 'operator', from: 5, to: 23 },
  { image: 'pilot' },
  { image: 'proxyv2' },
  { image: 'sidecar_injector', to: 5 },
  { image: 'ztunnel', from: 18 },
];
