import { test } from 'node:test';
import { check, checkPlan } from '../../support/check';

const values = 'global:\n  hub: docker.io/istio\n  tag: 1.20.1\npilot:\n  autoscaleEnabled: true\n';
const images = ['Deployment/istiod docker.io/istio/pilot:1.20.1', 'Pod/* docker.io/istio/proxyv2:1.20.1'];

test("a file of values of istiod's chart", () => checkPlan(`\n--- mesh.yaml\n${values}`, images));

test('the defaults of a chart are no install', () =>
  checkPlan(`\n--- istiod/values.yaml\n${values}--- istiod/Chart.yaml\nname: istiod\nversion: 1.20.1\n`, []));

test('values that leave the hub or the tag to the chart, or may be those of another chart', () =>
  checkPlan(
    `
--- a.yaml
global: { hub: docker.io/istio } # tag:
pilot: { enabled: true }
--- b.yaml
global: { hub: docker.io/istio, tag: 1.20.1 } # pilot:
--- c.yaml
global: { hub: docker.io/istio, tag: 1.20.1 }
pilot: 1
`,
    [],
  ));

test('what is wrong stands in the file', () =>
  check(`
--- mesh.yaml
pilot:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
global:
  hub: docker.io/istio
  tag: 1.20.1
`));
