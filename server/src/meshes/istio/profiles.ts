import type { Node } from '../../core/tree';
import { builtinTree, type Plain } from './builtin';
import { chartProfileTable, type ProfileEntry, profileTable } from './profileTable';
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
const control = {
  ...{ pilot: on, ingressGateways: ingress(true), egressGateways: egress(false) },
  ...{ policy: on, telemetry: on, citadel: on, galley: on, sidecarInjector: on },
};
const bare = {
  ...{ pilot: off, policy: off, telemetry: off, citadel: off, galley: off, sidecarInjector: off },
  ingressGateways: ingress(false),
};

// istio/operator 1.4.0 data/profiles/*.yaml; only what decides about images. Every profile but `default` is laid over it.
const firstRows: readonly Row[] = [
  row('default', { to: 4 }, { components: control, values: { prometheus: on } }),
  row(
    'demo',
    { to: 4 },
    { components: { egressGateways: egress(true) }, values: { grafana: on, tracing: on, kiali: on } },
  ),
  row('minimal', { to: 4 }, { components: { ...bare, pilot: on }, values: { prometheus: off } }),
  row('sds', { to: 4 }, { components: { nodeAgent: on } }),
  row(
    'remote',
    { to: 4 },
    { components: { ...bare, citadel: on, sidecarInjector: on }, values: { prometheus: off } },
  ),
  row('empty', { to: 4 }, { components: bare, values: { prometheus: off } }),
];

const rowOf = ({ name, spec, ...range }: ProfileEntry): Row => row(name, range, spec);
const rows: readonly Row[] = [...firstRows, ...profileTable.map(rowOf)];
const chartRows: readonly Row[] = chartProfileTable.map(rowOf);
