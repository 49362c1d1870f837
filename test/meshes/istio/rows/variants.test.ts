import { injected } from '../fixture';
import { onlyGateway, onlyPilot, type SpecRow, testSpecs } from './rows';

const installedRows: readonly SpecRow[] = [
  // variants exist from 1.16 on
  [5, 15, onlyPilot('values: {global: {variant: distroless}}'), 'h/pilot:t'],
  [16, 31, onlyPilot('values: {global: {variant: distroless}}'), 'h/pilot:t-distroless'],
  [16, 31, onlyPilot('values: {pilot: {variant: debug}}'), 'h/pilot:t-debug'],
  [
    16,
    31,
    onlyPilot('values: {global: {variant: debug}, pilot: {variant: distroless}}'),
    'h/pilot:t-distroless',
  ],
  // the charts do not take a suffix off the tag
  [
    16,
    31,
    onlyPilot('tag: x-distroless, values: {global: {variant: distroless}}'),
    'h/pilot:x-distroless-distroless',
  ],
  // gateways: global.proxy.variant, then global.variant
  [16, 31, onlyGateway('', 'values: {global: {variant: debug}}'), 'h/proxyv2:t-debug'],
  [16, 31, onlyGateway('', 'values: {global: {variant: a, proxy: {variant: b}}}'), 'h/proxyv2:t-b'],
  [5, 15, onlyGateway('', 'values: {global: {variant: a, proxy: {variant: b}}}'), 'h/proxyv2:t'],
  // cni and ztunnel
  [
    16,
    31,
    '{profile: empty, components: {pilot: {enabled: false}, cni: {enabled: true}}, values: {cni: {variant: a}}}',
    'h/install-cni:t-a',
  ],
  [
    18,
    31,
    '{profile: empty, components: {pilot: {enabled: false}, ztunnel: {enabled: true}}, values: {global: {variant: a}}}',
    'h/ztunnel:t-a',
  ],
  // the profile ambient
  [16, 17, '{profile: ambient}', 'h/pilot:t h/proxyv2:t'],
  [18, 19, '{profile: ambient}', 'h/pilot:t h/install-cni:t h/ztunnel:t'],
  [20, 21, '{profile: ambient}', 'h/pilot:t-distroless h/install-cni:t h/ztunnel:t-distroless'],
  [22, 31, '{profile: ambient}', 'h/pilot:t-distroless h/install-cni:t-distroless h/ztunnel:t-distroless'],
  [
    22,
    31,
    '{profile: ambient, values: {global: {variant: debug}}}',
    'h/pilot:t-debug h/install-cni:t-debug h/ztunnel:t-debug',
  ],
  [22, 31, '{profile: ambient, values: {global: {variant: ""}}}', 'h/pilot:t h/install-cni:t h/ztunnel:t'],
  [22, 31, '{profile: minimal, values: {profile: ambient}}', 'h/pilot:t-distroless'],
  // an image with a slash has none
  [16, 31, onlyPilot('values: {global: {variant: a}, pilot: {image: b/c:d}}'), 'b/c:d'],
];

const injectedRows: readonly SpecRow[] = [
  [5, 15, '{values: {global: {variant: distroless}}}', 'h/proxyv2:t'],
  [16, 31, '{values: {global: {variant: distroless}}}', 'h/proxyv2:t-distroless'],
  // the injector strips a suffix first, and does not look at global.proxy.variant
  [16, 31, '{tag: x-debug, values: {global: {variant: distroless}}}', 'h/proxyv2:x-distroless'],
  [16, 31, '{values: {global: {proxy: {variant: a}}}}', 'h/proxyv2:t'],
  [16, 31, '{tag: x-debug}', 'h/proxyv2:x-debug'],
  // the mesh's proxy config comes before global.variant
  [13, 31, '{meshConfig: {defaultConfig: {image: {imageType: debug}}}}', 'h/proxyv2:t-debug'],
  [
    16,
    31,
    '{meshConfig: {defaultConfig: {image: {imageType: debug}}}, values: {global: {variant: a}}}',
    'h/proxyv2:t-debug',
  ],
  [
    16,
    31,
    '{values: {global: {variant: a}, meshConfig: {defaultConfig: {image: {imageType: default}}}}}',
    'h/proxyv2:t',
  ],
  [5, 12, '{meshConfig: {defaultConfig: {image: {imageType: debug}}}}', 'h/proxyv2:t'],
];

testSpecs(installedRows);
testSpecs(injectedRows, injected);
