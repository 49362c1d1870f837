import { parse } from 'yaml';
import { rangesOf, sortedRows } from './ranges.mjs';

const firstWithOperator = 5;
const components = ['pilot', 'cni', 'ztunnel', 'policy', 'telemetry'];
const oldComponents = ['citadel', 'galley', 'sidecarInjector', 'nodeAgent'];
const gateways = ['ingressGateways', 'egressGateways'];
const addons = ['prometheus', 'grafana', 'kiali', 'tracing', 'istiocoredns'];

/** istio manifests/profiles/*.yaml (1.5: operator/data/profiles), as far as they decide about images. */
export const profileRows = checkout =>
  rowsOf(checkout, ['manifests/profiles', 'operator/data/profiles'], ({ spec }) => specOf(spec ?? {}));

/** istio manifests/helm-profiles/*.yaml: what the charts add for `values.profile`. */
export const chartProfileRows = checkout =>
  rowsOf(checkout, ['manifests/helm-profiles'], (values, minor) => chartValues(values, minor));

function rowsOf({ releases, list, show }, folders, reduce) {
  const tables = releases
    .filter(({ minor }) => minor >= firstWithOperator)
    .map(({ minor, tag }) => {
      const files = folders
        .flatMap(folder => list(tag, folder))
        .filter(file => /^[^.]+\.yaml$/.test(nameOf(file)));
      const entries = files.map(file => [
        nameOf(file).slice(0, -'.yaml'.length),
        reduce(parse(show(tag, file)) ?? {}, minor),
      ]);
      return [minor, new Map(entries.filter(([, spec]) => spec !== undefined))];
    });
  return sortedRows(rangesOf(tables)).map(({ key, value, from, to }) => ({
    name: key,
    // The tables begin with 1.5; what lies before is not theirs.
    from: from ?? tables[0]?.[0],
    ...(to !== undefined && { to }),
    spec: value,
  }));
}

const nameOf = file => file.slice(file.lastIndexOf('/') + 1);

function specOf(spec) {
  const found = {
    components: picked(spec.components, [...components, ...oldComponents], enabledOnly),
    addonComponents: picked(spec.addonComponents, addons, enabledOnly),
    values: valuesOf(spec.values),
  };
  for (const name of gateways)
    if (Array.isArray(spec.components?.[name]))
      found.components[name] = spec.components[name].map(item => ({
        name: item.name,
        ...(typeof item.enabled === 'boolean' && { enabled: item.enabled }),
      }));
  return withoutEmpty(found);
}

const enabledOnly = item => (typeof item?.enabled === 'boolean' ? { enabled: item.enabled } : {});

const picked = (from, names, reduce) =>
  withoutEmpty(Object.fromEntries(names.map(name => [name, reduce(from?.[name])])));

function valuesOf(values) {
  const found = picked(values, ['global', 'pilot', 'cni', 'ztunnel'], variantOnly);
  if (typeof values?.profile === 'string') found.profile = values.profile;
  return found;
}

const variantOnly = item => (item?.variant ? { variant: String(item.variant) } : {});

/** Charts read a variant at the top from 1.24 on; before, only that of ztunnel does, whose values are not nested. */
function chartValues(values, minor) {
  const found = valuesOf(values);
  if (values.variant)
    if (minor >= 24) found.variant = String(values.variant);
    else found.ztunnel = { variant: String(values.variant) };
  if (values.istiodRemote?.enabled === true) found.istiodRemote = { enabled: true };
  return Object.keys(found).length === 0 ? undefined : { values: found };
}

const withoutEmpty = object =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => Object.keys(value).length > 0));
