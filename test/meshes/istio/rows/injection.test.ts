import { injected } from '../fixture';
import { type SpecRow, testSpecs } from './rows';

const rows: readonly SpecRow[] = [
  // hub and tag of the whole install, never those of a component
  [5, 31, '{hub: a, tag: b}', 'a/proxyv2:b'],
  [5, 31, '{hub: a, values: {global: {hub: b}}}', 'b/proxyv2:t'],
  [5, 31, '{components: {pilot: {hub: a, tag: b}}}', 'h/proxyv2:t'],
  [5, 31, '{values: {pilot: {hub: a, tag: b}}}', 'h/proxyv2:t'],
  [5, 31, '{values: {global: {proxy: {image: mine}}}}', 'h/mine:t'],
  [5, 31, '{values: {global: {proxy: {image: "a/mine:1"}}}}', 'a/mine:1'],
  // the init container: a name of its own before 1.13, only a whole reference from then on
  [5, 12, '{values: {global: {proxy_init: {image: init}}}}', 'h/proxyv2:t h/init:t'],
  [13, 31, '{values: {global: {proxy_init: {image: init}}}}', 'h/proxyv2:t'],
  [5, 31, '{values: {global: {proxy_init: {image: a/init:1}}}}', 'h/proxyv2:t a/init:1'],
  // wherever istiod runs, and nowhere else
  [5, 31, '{profile: minimal}', 'h/proxyv2:t'],
  [5, 31, '{profile: empty}', ''],
  [18, 31, '{profile: ambient, values: {global: {variant: a}}}', 'h/proxyv2:t-a'],
  [24, 31, '{profile: remote}', ''],
  // agentgateway, from 1.29 on and only where it is switched on
  [29, 31, '{values: {pilot: {env: {PILOT_ENABLE_AGENTGATEWAY: "true"}}}}', 'h/proxyv2:t h/agentgateway:t'],
  [
    29,
    31,
    '{hub: a, tag: b, values: {pilot: {env: {PILOT_ENABLE_AGENTGATEWAY: true}}, global: {variant: c}}}',
    'a/proxyv2:b-c a/agentgateway:b-c',
  ],
  [
    29,
    31,
    '{components: {pilot: {k8s: {env: [{name: PILOT_ENABLE_AGENTGATEWAY, value: "true"}]}}}}',
    'h/proxyv2:t h/agentgateway:t',
  ],
  [29, 31, '{values: {pilot: {env: {PILOT_ENABLE_AGENTGATEWAY: "false"}}}}', 'h/proxyv2:t'],
  [5, 28, '{values: {pilot: {env: {PILOT_ENABLE_AGENTGATEWAY: "true"}}}}', 'h/proxyv2:t'],
];

testSpecs(rows, injected);
