import { type SpecRow, testSpecs } from './rows';

const empty = 'profile: empty';

const current: readonly SpecRow[] = [
  // to 1.23 a component runs only if it says so; from 1.24 on what is there counts as enabled
  [5, 23, `{${empty}, components: {pilot: {namespace: x}}}`, ''],
  [24, 31, '{profile: minimal, components: {cni: {namespace: x}}}', 'h/pilot:t h/install-cni:t'],
  [5, 23, '{profile: minimal, components: {cni: {namespace: x}}}', 'h/pilot:t'],
  [5, 31, '{profile: minimal, components: {cni: {enabled: true}}}', 'h/pilot:t h/install-cni:t'],
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
