import { onlyGateway, type SpecRow, testSpecs } from './rows';

const three = 'h/pilot:t h/proxyv2:t h/proxyv2:t';

const images: readonly SpecRow[] = [
  // a gateway's hub is ignored in every version, its tag is heeded from 1.26 on
  [5, 31, onlyGateway('hub: a'), 'h/proxyv2:t'],
  [5, 25, onlyGateway('tag: b'), 'h/proxyv2:t'],
  [26, 31, onlyGateway('tag: b'), 'h/proxyv2:b'],
  [26, 31, onlyGateway('hub: a, tag: b', 'hub: c, tag: d'), 'c/proxyv2:b'],
  [5, 25, onlyGateway('hub: a, tag: b', 'hub: c, tag: d'), 'c/proxyv2:d'],
  [5, 31, onlyGateway('', 'hub: a, values: {global: {hub: b}}'), 'b/proxyv2:t'],
  [26, 31, onlyGateway('tag: b', 'values: {global: {tag: c}}'), 'h/proxyv2:b'],
  [26, 31, onlyGateway('', 'values: {gateways: {istio-ingressgateway: {tag: c}}}'), 'h/proxyv2:c'],
  [5, 25, onlyGateway('', 'values: {gateways: {istio-ingressgateway: {tag: c}}}'), 'h/proxyv2:t'],
  [26, 31, onlyGateway('tag: b', 'values: {gateways: {istio-ingressgateway: {tag: c}}}'), 'h/proxyv2:b'],
  // its image is the proxy's
  [5, 31, onlyGateway('', 'values: {global: {proxy: {image: mine}}}'), 'h/mine:t'],
  [5, 31, onlyGateway('', 'values: {global: {proxy: {image: a/mine:1}}}'), 'a/mine:1'],
  [5, 31, onlyGateway('', 'values: {pilot: {hub: a, tag: b}}'), 'h/proxyv2:t'],
];

const lists: readonly SpecRow[] = [
  // 1.5, 1.6 and from 1.24 on a list replaces the profile's; in between gateways are merged by name
  [7, 23, '{components: {ingressGateways: [{name: mine, enabled: true}]}}', three],
  [24, 31, '{components: {ingressGateways: [{name: mine, enabled: true}]}}', 'h/pilot:t h/proxyv2:t'],
  [
    5,
    6,
    '{profile: minimal, components: {ingressGateways: [{name: mine, enabled: true}]}}',
    'h/pilot:t h/proxyv2:t',
  ],
  [7, 23, '{components: {ingressGateways: [{name: istio-ingressgateway, enabled: false}]}}', 'h/pilot:t'],
  [24, 31, '{components: {ingressGateways: [{name: istio-ingressgateway, enabled: false}]}}', 'h/pilot:t'],
  [
    7,
    23,
    '{components: {ingressGateways: [{name: istio-ingressgateway, namespace: x}]}}',
    'h/pilot:t h/proxyv2:t',
  ],
  [7, 23, '{components: {egressGateways: [{name: istio-egressgateway, enabled: true}]}}', three],
  [
    7,
    23,
    '{profile: demo, components: {egressGateways: [{name: other, enabled: true}]}}',
    `${three} h/proxyv2:t`,
  ],
  [24, 31, '{profile: demo, components: {egressGateways: [{name: other, enabled: true}]}}', three],
  [7, 23, '{components: {ingressGateways: []}}', 'h/pilot:t h/proxyv2:t'],
  [24, 31, '{components: {ingressGateways: []}}', 'h/pilot:t'],
];

const enabled: readonly SpecRow[] = [
  // to 1.23 only `enabled: true` runs; from 1.24 on what is there runs unless it says otherwise
  [7, 23, '{profile: minimal, components: {ingressGateways: [{name: mine}]}}', 'h/pilot:t'],
  [24, 31, '{profile: minimal, components: {ingressGateways: [{name: mine}]}}', 'h/pilot:t h/proxyv2:t'],
  [5, 6, '{profile: minimal, components: {ingressGateways: [{name: mine}]}}', 'h/pilot:t'],
  [24, 31, '{components: {egressGateways: [{name: istio-egressgateway}]}}', three],
  // values.gateways.*.enabled is copied to the component, and from 1.24 on it only turns gateways on
  [7, 31, '{values: {gateways: {istio-egressgateway: {enabled: true}}}}', three],
  [7, 23, '{values: {gateways: {istio-ingressgateway: {enabled: false}}}}', 'h/pilot:t'],
  [24, 31, '{values: {gateways: {istio-ingressgateway: {enabled: false}}}}', 'h/pilot:t h/proxyv2:t'],
  [
    7,
    23,
    '{profile: demo, values: {gateways: {istio-egressgateway: {enabled: false}}}}',
    'h/pilot:t h/proxyv2:t',
  ],
  [
    24,
    31,
    '{profile: minimal, values: {gateways: {istio-ingressgateway: {enabled: true}}}}',
    'h/pilot:t h/proxyv2:t',
  ],
  [
    7,
    23,
    '{profile: minimal, values: {gateways: {istio-ingressgateway: {enabled: true}}}}',
    'h/pilot:t h/proxyv2:t',
  ],
  // unvalidated values turn a gateway on from 1.24 on only
  [
    7,
    23,
    '{profile: minimal, unvalidatedValues: {gateways: {istio-egressgateway: {enabled: true}}}}',
    'h/pilot:t',
  ],
  [
    24,
    31,
    '{profile: minimal, unvalidatedValues: {gateways: {istio-egressgateway: {enabled: true}}}}',
    'h/pilot:t h/proxyv2:t',
  ],
  // a gateway that is injected has the injected image
  [10, 31, onlyGateway('', 'values: {gateways: {istio-ingressgateway: {injectionTemplate: gateway}}}'), ''],
];

testSpecs([...images, ...lists, ...enabled]);
