import { type SpecRow, testSpecs } from './rows';

const empty = 'profile: empty';
const cni = (values: string): string =>
  `{${empty}, components: {cni: {enabled: true}, pilot: {enabled: false}}, values: {cni: {${values}}}}`;
const ztunnel = (more: string): string => `{${empty}, components: {ztunnel: {enabled: true}}, ${more}}`;

const current: readonly SpecRow[] = [
  // to 1.23 a component runs only if it says so; from 1.24 on what is there counts as enabled
  [5, 23, `{${empty}, components: {pilot: {namespace: x}}}`, ''],
  [24, 31, '{profile: minimal, components: {cni: {namespace: x}}}', 'h/pilot:t h/install-cni:t'],
  [5, 23, '{profile: minimal, components: {cni: {namespace: x}}}', 'h/pilot:t'],
  [
    5,
    10,
    '{profile: minimal, components: {cni: {enabled: true}}}',
    'h/pilot:t h/install-cni:t h/install-cni:t',
  ],
  [11, 31, '{profile: minimal, components: {cni: {enabled: true}}}', 'h/pilot:t h/install-cni:t'],
  // the containers beside it: one that repairs to 1.10, one that taints from 1.8 to 1.17 if it is wanted
  [5, 31, cni('repair: {enabled: false}'), 'h/install-cni:t'],
  [5, 7, cni('repair: {enabled: false}, taint: {enabled: true}'), 'h/install-cni:t'],
  [8, 17, cni('repair: {enabled: false}, taint: {enabled: true}'), 'h/install-cni:t h/install-cni:t'],
  [18, 31, cni('taint: {enabled: true}'), 'h/install-cni:t'],
  // from 1.28 on a chart may be told to install only what has no namespace; the one of ztunnel is told on its own
  [28, 31, '{values: {global: {resourceScope: cluster}}}', 'h/proxyv2:t'],
  [28, 31, '{values: {global: {resourceScope: namespace}}}', 'h/pilot:t h/proxyv2:t'],
  [5, 27, '{profile: minimal, values: {global: {resourceScope: cluster}}}', 'h/pilot:t'],
  [28, 31, ztunnel('values: {ztunnel: {resourceScope: cluster}}'), ''],
  [28, 31, ztunnel('unvalidatedValues: {resourceScope: cluster}'), ''],
  [28, 31, ztunnel('values: {global: {resourceScope: cluster}}'), 'h/ztunnel:t'],
  [5, 31, '{profile: minimal, components: {pilot: {enabled: false}}}', ''],
  [8, 31, '{profile: openshift, components: {cni: {enabled: false}}}', 'h/pilot:t h/proxyv2:t'],
  [18, 31, `{${empty}, components: {ztunnel: {enabled: true}}}`, 'h/ztunnel:t'],
  [5, 17, `{${empty}, components: {ztunnel: {enabled: true}}}`, ''],
  // a remote cluster has no istiod, unless it injects itself
  [16, 23, '{profile: remote}', ''],
  [24, 31, '{profile: remote}', ''],
  [24, 31, '{profile: remote, values: {istiodRemote: {enabledLocalInjectorIstiod: true}}}', 'h/pilot:t'],
  [10, 21, '{profile: external}', ''],
  // platform profiles change no image
  [24, 31, '{profile: minimal, values: {global: {platform: gke}}}', 'h/pilot:t'],
  [24, 31, '{profile: minimal, values: {global: {platform: openshift}}}', 'h/pilot:t'],
];

const old: readonly SpecRow[] = [
  // mixer to 1.7, the others to 1.5
  [5, 7, `{${empty}, components: {telemetry: {enabled: true}}}`, 'h/mixer:t h/proxyv2:t'],
  [5, 7, `{${empty}, components: {policy: {enabled: true}}}`, 'h/mixer:t h/proxyv2:t'],
  [8, 31, `{${empty}, components: {telemetry: {enabled: true}, policy: {enabled: true}}}`, ''],
  // without security between the parts of the control plane mixer needs no proxy; in 1.4 it has one all the same
  [
    5,
    7,
    `{${empty}, components: {policy: {enabled: true}}, values: {global: {controlPlaneSecurityEnabled: false}}}`,
    'h/mixer:t',
  ],
  [
    4,
    4,
    `{${empty}, components: {policy: {enabled: true}}, values: {global: {controlPlaneSecurityEnabled: false}}}`,
    'h/mixer:t h/proxyv2:t',
  ],
  [4, 4, '{profile: minimal, values: {pilot: {sidecar: false}}}', 'h/pilot:t'],
  // to 1.5 the values of a component decide whether it runs
  [5, 5, '{profile: minimal, values: {pilot: {enabled: false}}}', ''],
  [6, 31, '{profile: minimal, values: {pilot: {enabled: false}}}', 'h/pilot:t'],
  [5, 5, `{${empty}, values: {mixer: {telemetry: {enabled: true}}}}`, 'h/mixer:t h/proxyv2:t'],
  [6, 31, `{${empty}, values: {mixer: {telemetry: {enabled: true}}}}`, ''],
  [5, 5, `{${empty}, values: {cni: {enabled: true, repair: {enabled: false}}}}`, 'h/install-cni:t'],
  [6, 31, `{${empty}, values: {cni: {enabled: true, repair: {enabled: false}}}}`, ''],
  [
    5,
    5,
    '{profile: minimal, components: {cni: {enabled: true}}, values: {cni: {enabled: false}}}',
    'h/pilot:t',
  ],
  [5, 5, `{${empty}, components: {citadel: {enabled: true}}}`, 'h/citadel:t'],
  [6, 31, `{${empty}, components: {citadel: {enabled: true}}}`, ''],
  [5, 5, `{${empty}, components: {galley: {enabled: true}}}`, 'h/galley:t'],
  [5, 5, `{${empty}, components: {sidecarInjector: {enabled: true}}}`, 'h/sidecar_injector:t'],
  [5, 5, `{${empty}, components: {nodeAgent: {enabled: true}}}`, 'h/node-agent-k8s:t'],
  [
    5,
    5,
    `{${empty}, components: {galley: {enabled: true}}, values: {galley: {hub: a, tag: b}}}`,
    'a/galley:b',
  ],
  [
    5,
    7,
    `{${empty}, components: {telemetry: {enabled: true}}, values: {mixer: {telemetry: {hub: a}}}}`,
    'a/mixer:t h/proxyv2:t',
  ],
  [
    5,
    5,
    `{${empty}, hub: a, components: {citadel: {enabled: true}}, values: {security: {tag: b}}}`,
    'a/citadel:b',
  ],
];

testSpecs([...current, ...old]);
