import type { Node } from '../../core/tree';
import { builtinTree, type Plain } from './builtin';
import { newestMinor, type Range, within } from './version';

interface Row extends Range {
  readonly name: string;
  readonly spec: Node;
}

/** The profile that a name means in version 1.`minor`: what is laid over the profile `default`. */
export const profileOf = (name: string, minor: number): Node | undefined =>
  rows.find(row => row.name === name && within(row, minor))?.spec;

/** The names of the profiles that version 1.`minor` has. */
export const profileNames = (minor: number): readonly string[] => [
  ...new Set(rows.filter(row => within(row, minor)).map(row => row.name)),
];

/** The newest minor version that has a profile of this name. */
export function newestWith(name: string): number | undefined {
  const ends = rows.filter(row => row.name === name).map(row => row.to ?? newestMinor);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

/** The values that the charts themselves add for `values.profile`; they lie below everything else. */
export const chartProfileOf = (name: string, minor: number): Node | undefined =>
  chartRows.find(row => row.name === name && within(row, minor))?.spec;

const row = (name: string, range: Range, spec: Plain): Row => ({
  name,
  ...range,
  spec: builtinTree(spec, `profile ${name}`),
});

const on = { enabled: true };
const off = { enabled: false };
const ingress = (enabled: boolean) => [{ name: 'istio-ingressgateway', enabled }];
const egress = (enabled: boolean) => [{ name: 'istio-egressgateway', enabled }];
const usual = { base: on, pilot: on, ingressGateways: ingress(true), egressGateways: egress(false) };
const nothing = { base: off, pilot: off, ingressGateways: ingress(false) };
const ambient = { cni: on, ztunnel: on, ingressGateways: ingress(false) };
const distroless = { variant: 'distroless' };

// istio manifests/profiles/*.yaml at the first patch release of every minor version from 1.5 to 1.31; only what
// decides about images. Every profile but `default` is laid over `default`.
const rows: readonly Row[] = [
  row('default', { to: 6 }, { components: usual, addonComponents: { prometheus: on } }),
  row('default', { from: 7 }, { components: usual }),
  row(
    'demo',
    { to: 6 },
    {
      components: { egressGateways: egress(true) },
      addonComponents: { grafana: on, kiali: on, tracing: on },
    },
  ),
  row('demo', { from: 7 }, { components: { egressGateways: egress(true) } }),
  row(
    'minimal',
    {},
    { components: { ingressGateways: ingress(false) }, addonComponents: { prometheus: off } },
  ),
  row('empty', {}, { components: nothing, addonComponents: { prometheus: off } }),
  row('separate', { to: 5 }, { components: { citadel: on, galley: on, sidecarInjector: on, telemetry: on } }),
  row('preview', { from: 6 }, {}),
  row('remote', { to: 14 }, { addonComponents: { prometheus: off } }),
  row('remote', { from: 16, to: 23 }, { components: nothing }),
  row(
    'remote',
    { from: 24 },
    { components: { ingressGateways: ingress(false) }, values: { profile: 'remote' } },
  ),
  row('openshift', { from: 8 }, { components: { cni: on } }),
  row('external', { from: 10, to: 21 }, { components: nothing }),
  row('ambient', { from: 16, to: 17 }, {}),
  row('ambient', { from: 18, to: 19 }, { components: ambient }),
  row(
    'ambient',
    { from: 20, to: 20 },
    { components: ambient, values: { pilot: distroless, ztunnel: distroless } },
  ),
  row('ambient', { from: 21 }, { components: ambient, values: { profile: 'ambient' } }),
  row(
    'openshift-ambient',
    { from: 22, to: 23 },
    { components: ambient, values: { profile: 'openshift-ambient' } },
  ),
  row('openshift-ambient', { from: 24 }, { components: ambient, values: { profile: 'ambient' } }),
  row('stable', { from: 22 }, {}),
];

// istio manifests/helm-profiles/*.yaml; 1.21 gave the variant to istiod and ztunnel alone.
const chartRows: readonly Row[] = [
  row('ambient', { from: 21, to: 21 }, { values: { pilot: distroless, ztunnel: distroless } }),
  row('ambient', { from: 22 }, { values: { global: distroless } }),
  row('openshift-ambient', { from: 22, to: 23 }, { values: { global: distroless } }),
  row('remote', { from: 24 }, { values: { istiodRemote: on } }),
];
