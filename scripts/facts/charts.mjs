import { parse } from 'yaml';

/** The charts, where their values name the image, and the name that the planner knows. */
const charts = [
  {
    file: 'manifests/charts/istio-control/istio-discovery/values.yaml',
    keys: [['pilot', 'image']],
    image: 'pilot',
  },
  {
    file: 'manifests/charts/istio-control/istio-discovery/values.yaml',
    keys: [['global', 'proxy', 'image']],
    image: 'proxyv2',
  },
  {
    file: 'manifests/charts/istio-cni/values.yaml',
    keys: [['cni', 'image'], ['image']],
    image: 'install-cni',
  },
  { file: 'manifests/charts/ztunnel/values.yaml', keys: [['ztunnel', 'image'], ['image']], image: 'ztunnel' },
];

/** What a chart wraps its defaults in: nothing, or one of these from 1.21 on. */
const wrappers = ['_internal_defaults_do_not_set', 'defaults'];

/** A sentence for every chart that names another image than the planner knows, with its version. */
export const chartSurprises = ({ releases, show }) =>
  releases.flatMap(({ tag }) =>
    charts.flatMap(({ file, keys, image }) => {
      const text = show(tag, file);
      if (text === undefined) return [];
      const values = parse(text) ?? {};
      const inner = wrappers.map(key => values[key]).find(found => found !== undefined) ?? values;
      const found = keys.map(path => path.reduce((node, key) => node?.[key], inner)).find(Boolean);
      return found === undefined || found === image
        ? []
        : [`${tag}: ${file} names the image ${found}, not ${image}`];
    }),
  );
