import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imagesAt, injectedAt } from './fixture';

/** Minor version, spec in one line of YAML, and the images that are installed at once; `h` and `t` are compiled in. */
type Row = readonly [minor: number, spec: string, images: string];

const pilotOnly = 'profile: minimal';

const precedence: readonly Row[] = [
  // spec.hub and spec.tag
  [14, `{${pilotOnly}, hub: a, tag: b}`, 'a/pilot:b'],
  [14, `{${pilotOnly}}`, 'h/pilot:t'],
  [24, `{${pilotOnly}, hub: a}`, 'a/pilot:t'],
  // values.global beats spec in every era
  [6, `{${pilotOnly}, hub: a, values: {global: {hub: b, tag: c}}}`, 'b/pilot:c'],
  [14, `{${pilotOnly}, hub: a, values: {global: {hub: b}}}`, 'b/pilot:t'],
  [24, `{${pilotOnly}, hub: a, values: {global: {hub: b}}}`, 'b/pilot:t'],
  [24, `{${pilotOnly}, values: {global: {hub: b}}, unvalidatedValues: {global: {hub: c}}}`, 'c/pilot:t'],
  // values.pilot against components.pilot
  [6, `{${pilotOnly}, components: {pilot: {hub: a}}, values: {pilot: {hub: b}}}`, 'b/pilot:t'],
  [23, `{${pilotOnly}, components: {pilot: {hub: a, tag: c}}, values: {pilot: {hub: b}}}`, 'b/pilot:c'],
  [24, `{${pilotOnly}, components: {pilot: {hub: a}}, values: {pilot: {hub: b, tag: c}}}`, 'a/pilot:c'],
  [23, `{${pilotOnly}, values: {pilot: {hub: b}}, unvalidatedValues: {pilot: {hub: c}}}`, 'c/pilot:t'],
  [24, `{${pilotOnly}, components: {pilot: {hub: a}}, unvalidatedValues: {pilot: {hub: c}}}`, 'a/pilot:t'],
  [14, `{${pilotOnly}, values: {global: {hub: a}}, components: {pilot: {hub: b}}}`, 'b/pilot:t'],
  // gateways ignore their hub, and their tag before 1.26
  [14, gateway('hub: a, tag: b'), 'h/proxyv2:t'],
  [25, gateway('hub: a, tag: b'), 'h/proxyv2:t'],
  [26, gateway('hub: a, tag: b'), 'h/proxyv2:b'],
  [26, `{${gatewayOnly()}, values: {gateways: {istio-ingressgateway: {tag: v}}}}`, 'h/proxyv2:v'],
  [14, `{${gatewayOnly()}, hub: a, values: {global: {proxy: {image: myproxy}}}}`, 'a/myproxy:t'],
  // a whole image name replaces everything
  [
    14,
    `{${pilotOnly}, values: {pilot: {image: example.org/x/pilot@sha256:0}}}`,
    'example.org/x/pilot@sha256:0',
  ],
  [30, `{${pilotOnly}, values: {pilot: {image: other}}}`, 'h/other:t'],
  [14, `{${gatewayOnly()}, values: {global: {proxy: {image: quay.io/a/b:c}}}}`, 'quay.io/a/b:c'],
  [24, overlaid('istiod'), 'example.org/p:1'],
  [24, overlaid('other'), 'h/pilot:t'],
  // numbers are what Go prints
  [14, `{${pilotOnly}, tag: 1.10}`, 'h/pilot:1.1'],
  [14, `{${pilotOnly}, tag: "1.10"}`, 'h/pilot:1.10'],
  [14, `{${pilotOnly}, components: {pilot: {tag: 2}}}`, 'h/pilot:2'],
  // nothing is not a value
  [14, `{${pilotOnly}, hub: null, tag: }`, 'h/pilot:t'],
  [24, `{${pilotOnly}, hub: null, tag: ""}`, 'h/pilot:t'],
  [14, `{${pilotOnly}, components: {pilot: {hub: ""}}}`, 'h/pilot:t'],
  // variants, from 1.16
  [15, `{${pilotOnly}, values: {global: {variant: debug}}}`, 'h/pilot:t'],
  [16, `{${pilotOnly}, values: {global: {variant: debug}}}`, 'h/pilot:t-debug'],
  [
    16,
    `{${pilotOnly}, values: {global: {variant: debug}, pilot: {variant: distroless}}}`,
    'h/pilot:t-distroless',
  ],
  [16, `{${gatewayOnly()}, values: {global: {variant: a, proxy: {variant: b}}}}`, 'h/proxyv2:t-b'],
  [16, `{${pilotOnly}, tag: x-debug, values: {global: {variant: debug}}}`, 'h/pilot:x-debug-debug'],
  [20, '{profile: ambient}', 'h/pilot:t-distroless h/install-cni:t h/ztunnel:t-distroless'],
  [22, '{profile: ambient}', 'h/pilot:t-distroless h/install-cni:t-distroless h/ztunnel:t-distroless'],
  [
    24,
    '{profile: ambient, values: {global: {variant: debug}}}',
    'h/pilot:t-debug h/install-cni:t-debug h/ztunnel:t-debug',
  ],
  [24, '{profile: minimal, values: {profile: ambient}}', 'h/pilot:t-distroless'],
];

const enablement: readonly Row[] = [
  // present without `enabled`
  [23, '{profile: empty, components: {pilot: {}}}', ''],
  [24, '{components: {cni: {namespace: kube-system}}}', 'h/pilot:t h/install-cni:t h/proxyv2:t'],
  [23, '{components: {cni: {namespace: kube-system}}}', 'h/pilot:t h/proxyv2:t'],
  // lists: replaced in 1.5, 1.6 and from 1.24; merged by name in between
  [
    6,
    '{profile: minimal, components: {ingressGateways: [{name: x, enabled: true}]}}',
    'h/pilot:t h/proxyv2:t',
  ],
  [
    6,
    '{components: {pilot: {enabled: false}, ingressGateways: [{name: x}]}, addonComponents: {prometheus: {enabled: false}}}',
    '',
  ],
  [7, '{components: {ingressGateways: [{name: x, enabled: true}]}}', 'h/pilot:t h/proxyv2:t h/proxyv2:t'],
  [23, '{components: {ingressGateways: [{name: x, enabled: true}]}}', 'h/pilot:t h/proxyv2:t h/proxyv2:t'],
  [24, '{components: {ingressGateways: [{name: x}]}}', 'h/pilot:t h/proxyv2:t'],
  [24, '{components: {ingressGateways: []}}', 'h/pilot:t'],
  [24, '{components: {ingressGateways: [{name: x, enabled: false}]}}', 'h/pilot:t'],
  // gateways by values
  [14, '{values: {gateways: {istio-egressgateway: {enabled: true}}}}', 'h/pilot:t h/proxyv2:t h/proxyv2:t'],
  [14, '{values: {gateways: {istio-ingressgateway: {enabled: false}}}}', 'h/pilot:t'],
  [24, '{values: {gateways: {istio-ingressgateway: {enabled: false}}}}', 'h/pilot:t h/proxyv2:t'],
  [24, '{values: {gateways: {istio-egressgateway: {enabled: true}}}}', 'h/pilot:t h/proxyv2:t h/proxyv2:t'],
  // removed and replaced components
  [23, '{components: {pilot: null}}', 'h/proxyv2:t'],
  [24, '{components: {pilot: null}}', 'h/pilot:t h/proxyv2:t'],
  [17, '{profile: empty, components: {ztunnel: {enabled: true}}}', ''],
  [18, '{profile: empty, components: {ztunnel: {enabled: true}}}', 'h/ztunnel:t'],
  [7, '{profile: empty, components: {policy: {enabled: true}}}', 'h/mixer:t h/proxyv2:t'],
  [8, '{profile: empty, components: {policy: {enabled: true}}}', ''],
  // a remote cluster has no istiod, unless it injects itself
  [24, '{profile: remote}', ''],
  [24, '{profile: remote, values: {istiodRemote: {enabledLocalInjectorIstiod: true}}}', 'h/pilot:t'],
  // a gateway that is injected like a pod
  [14, `{${gatewayOnly()}, values: {gateways: {istio-ingressgateway: {injectionTemplate: gateway}}}}`, ''],
  // YAML 1.1
  [14, '{profile: empty, components: {pilot: {enabled: yes}}}', 'h/pilot:t'],
];

const injection: readonly Row[] = [
  [14, '{}', 'h/proxyv2:t'],
  [14, '{profile: empty}', ''],
  [14, '{hub: a, values: {global: {tag: b}}}', 'a/proxyv2:b'],
  [14, '{components: {pilot: {hub: a, tag: b}}}', 'h/proxyv2:t'],
  [12, '{values: {global: {proxy_init: {image: init}}}}', 'h/proxyv2:t h/init:t'],
  [12, '{values: {global: {proxy_init: {image: proxyv2}}}}', 'h/proxyv2:t'],
  [13, '{values: {global: {proxy_init: {image: init}}}}', 'h/proxyv2:t'],
  [13, '{values: {global: {proxy_init: {image: a/init:1}}}}', 'h/proxyv2:t a/init:1'],
  [15, '{values: {global: {variant: distroless}}}', 'h/proxyv2:t'],
  [16, '{values: {global: {variant: distroless}}}', 'h/proxyv2:t-distroless'],
  [16, '{tag: x-debug, values: {global: {variant: distroless}}}', 'h/proxyv2:x-distroless'],
  [16, '{values: {global: {variant: a, proxy: {variant: b}}}}', 'h/proxyv2:t-a'],
  [13, '{meshConfig: {defaultConfig: {image: {imageType: distroless}}}}', 'h/proxyv2:t-distroless'],
  [16, '{tag: x-debug, meshConfig: {defaultConfig: {image: {imageType: default}}}}', 'h/proxyv2:x'],
  [12, '{meshConfig: {defaultConfig: {image: {imageType: distroless}}}}', 'h/proxyv2:t'],
];

for (const [minor, spec, images] of [...precedence, ...enablement])
  test(`1.${minor} ${spec} installs ${images || 'nothing'}`, () => {
    assert.equal(imagesAt(minor, spec).join(' '), images);
  });

for (const [minor, spec, images] of injection)
  test(`1.${minor} ${spec} injects ${images || 'nothing'}`, () => {
    assert.equal(injectedAt(minor, spec).join(' '), images);
  });

function gatewayOnly(settings = ''): string {
  const item = `{name: istio-ingressgateway, enabled: true${settings === '' ? '' : `, ${settings}`}}`;
  return `profile: empty, components: {ingressGateways: [${item}]}`;
}

function gateway(settings: string): string {
  return `{${gatewayOnly(settings)}}`;
}

function overlaid(name: string): string {
  const path = 'spec.template.spec.containers.[name:discovery].image';
  const patch = `{kind: Deployment, name: ${name}, patches: [{path: "${path}", value: "example.org/p:1"}]}`;
  return `{profile: minimal, components: {pilot: {k8s: {overlays: [${patch}]}}}}`;
}
