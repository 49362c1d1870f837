// Written by `npm run facts`; changes by hand are lost.
import type { Plain } from './builtin';
import type { Range } from './version';

/** A profile, as far as it decides about images. */
export interface ProfileEntry extends Range {
  readonly name: string;
  readonly spec: Plain;
}

/** The profiles of istioctl. */
export const profileTable: readonly ProfileEntry[] = [
  { name: 'ambient', from: 16, to: 17, spec: {} },
  {
    name: 'ambient',
    from: 18,
    to: 19,
    spec: {
      components: {
        cni: { enabled: true },
        ztunnel: { enabled: true },
        ingressGateways: [{ name: 'istio-ingressgateway', enabled: false }],
      },
    },
  },
  {
    name: 'ambient',
    from: 20,
    to: 20,
    spec: {
      components: {
        cni: { enabled: true },
        ztunnel: { enabled: true },
        ingressGateways: [{ name: 'istio-ingressgateway', enabled: false }],
      },
      values: { pilot: { variant: 'distroless' }, ztunnel: { variant: 'distroless' } },
    },
  },
  {
    name: 'ambient',
    from: 21,
    spec: {
      components: {
        cni: { enabled: true },
        ztunnel: { enabled: true },
        ingressGateways: [{ name: 'istio-ingressgateway', enabled: false }],
      },
      values: { profile: 'ambient' },
    },
  },
  {
    name: 'default',
    from: 5,
    to: 6,
    spec: {
      components: {
        pilot: { enabled: true },
        ingressGateways: [{ name: 'istio-ingressgateway', enabled: true }],
        egressGateways: [{ name: 'istio-egressgateway', enabled: false }],
      },
      addonComponents: { prometheus: { enabled: true } },
    },
  },
  {
    name: 'default',
    from: 7,
    spec: {
      components: {
        pilot: { enabled: true },
        ingressGateways: [{ name: 'istio-ingressgateway', enabled: true }],
        egressGateways: [{ name: 'istio-egressgateway', enabled: false }],
      },
    },
  },
  {
    name: 'demo',
    from: 5,
    to: 6,
    spec: {
      components: { egressGateways: [{ name: 'istio-egressgateway', enabled: true }] },
      addonComponents: { grafana: { enabled: true }, kiali: { enabled: true }, tracing: { enabled: true } },
    },
  },
  {
    name: 'demo',
    from: 7,
    spec: { components: { egressGateways: [{ name: 'istio-egressgateway', enabled: true }] } },
  },
  {
    name: 'empty',
    from: 5,
    spec: {
      components: {
        pilot: { enabled: false },
        ingressGateways: [{ name: 'istio-ingressgateway', enabled: false }],
      },
      addonComponents: { prometheus: { enabled: false } },
    },
  },
  {
    name: 'external',
    from: 10,
    to: 21,
    spec: {
      components: {
        pilot: { enabled: false },
        ingressGateways: [{ name: 'istio-ingressgateway', enabled: false }],
      },
    },
  },
  {
    name: 'minimal',
    from: 5,
    spec: {
      components: { ingressGateways: [{ name: 'istio-ingressgateway', enabled: false }] },
      addonComponents: { prometheus: { enabled: false } },
    },
  },
  { name: 'openshift', from: 8, spec: { components: { cni: { enabled: true } } } },
  {
    name: 'openshift-ambient',
    from: 22,
    to: 23,
    spec: {
      components: {
        cni: { enabled: true },
        ztunnel: { enabled: true },
        ingressGateways: [{ name: 'istio-ingressgateway', enabled: false }],
      },
      values: { profile: 'openshift-ambient' },
    },
  },
  {
    name: 'openshift-ambient',
    from: 24,
    spec: {
      components: {
        cni: { enabled: true },
        ztunnel: { enabled: true },
        ingressGateways: [{ name: 'istio-ingressgateway', enabled: false }],
      },
      values: { profile: 'ambient' },
    },
  },
  { name: 'preview', from: 6, spec: {} },
  { name: 'remote', from: 5, to: 14, spec: { addonComponents: { prometheus: { enabled: false } } } },
  {
    name: 'remote',
    from: 16,
    to: 23,
    spec: {
      components: {
        pilot: { enabled: false },
        ingressGateways: [{ name: 'istio-ingressgateway', enabled: false }],
      },
    },
  },
  {
    name: 'remote',
    from: 24,
    spec: {
      components: { ingressGateways: [{ name: 'istio-ingressgateway', enabled: false }] },
      values: { profile: 'remote' },
    },
  },
  {
    name: 'separate',
    from: 5,
    to: 5,
    spec: {
      components: {
        telemetry: { enabled: true },
        citadel: { enabled: true },
        galley: { enabled: true },
        sidecarInjector: { enabled: true },
      },
    },
  },
  { name: 'stable', from: 22, spec: {} },
];

/** What the charts add for a profile. */
export const chartProfileTable: readonly ProfileEntry[] = [
  {
    name: 'ambient',
    from: 21,
    to: 21,
    spec: { values: { pilot: { variant: 'distroless' }, ztunnel: { variant: 'distroless' } } },
  },
  { name: 'ambient', from: 22, spec: { values: { global: { variant: 'distroless' } } } },
  { name: 'openshift-ambient', from: 22, to: 23, spec: { values: { global: { variant: 'distroless' } } } },
  { name: 'remote', from: 24, spec: { values: { istiodRemote: { enabled: true } } } },
];
