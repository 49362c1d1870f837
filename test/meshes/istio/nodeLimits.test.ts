import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, operator, planned } from './fixture';

/** The architectures of the nodes that a workload of version `version` may run on, and by what. */
const limitOf = (version: string, spec: string, workload: string): string => {
  const settings = { ...at(0), istioVersion: version };
  const use = planned(operator(spec), settings).images.find(image => image.workload === workload);
  assert.ok(use, `${workload} is installed`);
  const { nodes } = use;
  if (nodes === undefined) return 'any';
  const remark = nodes.remark === undefined ? '' : '; GKE';
  return `${[...nodes.architectures].sort().join(' ')} by ${nodes.by}${remark}`;
};

const gateway = 'Deployment/istio-ingressgateway';
const istiod = 'Deployment/istiod';
const early = (minor: number) => `amd64 ppc64le s390x by the charts of Istio 1.${minor}`;
const pilot = (k8s: string) => `components: {pilot: {enabled: true, k8s: ${k8s}}}`;
const terms = (...list: readonly string[]) =>
  pilot(
    `{affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [${list
      .map(one => `{matchExpressions: [${one}]}`)
      .join()}]}}}}`,
  );
const arch = (operator: string, values: string) =>
  `{key: kubernetes.io/arch, operator: ${operator}, values: [${values}]}`;

for (const [version, spec, workload, expected] of [
  ['1.5.0', '{}', istiod, early(5)],
  ['1.6.0', '{}', istiod, 'any'],
  ['1.6.0', '{}', gateway, early(6)],
  ['1.7.0', 'addonComponents: {prometheus: {enabled: true}}', gateway, early(7)],
  ['1.12.9', '{}', gateway, early(12)],
  ['1.13.6', '{}', gateway, 'amd64 arm64 ppc64le s390x by the charts of Istio 1.13'],
  ['1.13.7', '{}', gateway, 'any'],
  ['1.14.2', '{}', gateway, 'amd64 arm64 ppc64le s390x by the charts of Istio 1.14'],
  ['1.14.3', '{}', gateway, 'any'],
  ['1.31.0', '{}', gateway, 'any'],
  ['1.20.0', 'values: {global: {arch: {amd64: 2}}}', gateway, 'amd64 by values.global.arch'],
  ['1.20.0', 'values: {global: {arch: {amd64: 2, arm64: 0}}}', gateway, 'amd64 by values.global.arch'],
  ['1.20.0', 'values: {global: {arch: {amd64: 2}}}', istiod, 'any'],
  ['1.20.0', 'values: {global: {arch: {amd64: 0}}}', gateway, 'any'],
  [
    '1.10.0',
    'values: {global: {arch: {arm64: 2}}}',
    gateway,
    'amd64 arm64 ppc64le s390x by values.global.arch; GKE',
  ],
  ['1.20.0', 'values: {global: {arch: {amd64: "{{ .w }}"}}}', gateway, 'any'],
  ['1.20.0', pilot('{nodeSelector: {kubernetes.io/arch: amd64}}'), istiod, 'amd64 by its nodeSelector'],
  ['1.20.0', pilot('{nodeSelector: {kubernetes.io/arch: amd64}}'), gateway, 'any'],
  ['1.20.0', pilot('{nodeSelector: {disk: ssd}}'), istiod, 'any'],
  ['1.20.0', pilot('{nodeSelector: {kubernetes.io/arch: arm64}}'), istiod, 'arm64 by its nodeSelector; GKE'],
  [
    '1.20.0',
    pilot('{nodeSelector: {kubernetes.io/arch: arm64}, tolerations: [{key: kubernetes.io/arch}]}'),
    istiod,
    'arm64 by its nodeSelector',
  ],
  [
    '1.20.0',
    'values: {pilot: {nodeSelector: {beta.kubernetes.io/arch: amd64}}}',
    istiod,
    'amd64 by its nodeSelector',
  ],
  [
    '1.20.0',
    'values: {gateways: {istio-ingressgateway: {nodeSelector: {kubernetes.io/arch: amd64}}}}',
    gateway,
    'amd64 by its nodeSelector',
  ],
  [
    '1.20.0',
    'values: {global: {defaultNodeSelector: {kubernetes.io/arch: amd64}}}',
    gateway,
    'amd64 by values.global.defaultNodeSelector',
  ],
  ['1.20.0', terms(arch('In', 'amd64')), istiod, 'amd64 by its node affinity'],
  ['1.20.0', terms(arch('In', 'amd64'), arch('In', 's390x')), istiod, 'amd64 s390x by its node affinity'],
  [
    '1.20.0',
    terms(`${arch('In', 'amd64, arm64')}, ${arch('NotIn', 'arm64')}`),
    istiod,
    'amd64 by its node affinity',
  ],
  ['1.20.0', terms('{key: disk, operator: In, values: [ssd]}'), istiod, 'any'],
] as const)
  test(`${version}: ${workload} with ${spec} runs on ${expected}`, () =>
    assert.equal(limitOf(version, spec, workload), expected));

for (const patch of [
  "{path: 'spec.template.spec.nodeSelector', value: {kubernetes.io/arch: amd64}}",
  "{path: 'spec.template.spec.nodeSelector.kubernetes\\.io/arch', value: amd64}",
])
  test(`a patch counts: ${patch}`, () => {
    const overlay = `{overlays: [{kind: Deployment, name: istiod, patches: [${patch}]}]}`;
    assert.equal(limitOf('1.20.0', pilot(overlay), istiod), 'amd64 by a patch of its nodeSelector');
  });

test('NotIn leaves every other architecture', () =>
  assert.doesNotMatch(limitOf('1.20.0', terms(arch('NotIn', 'arm64')), istiod), /arm64/));

test('sidecars follow their pods, unless every pod of the install is kept to the same nodes', () => {
  const all = 'values: {global: {defaultNodeSelector: {kubernetes.io/arch: amd64}}}';
  assert.equal(
    limitOf('1.20.0', all, 'Pod/*'),
    'amd64 by values.global.defaultNodeSelector, like every pod of this install',
  );
  const one = pilot('{nodeSelector: {kubernetes.io/arch: amd64}}');
  assert.equal(limitOf('1.20.0', one, 'Pod/*'), 'any');
});

test('the chart of the CNI plugin keeps its pods to no architecture', () =>
  assert.equal(limitOf('1.5.0', '{components: {cni: {enabled: true}}}', 'DaemonSet/istio-cni-node'), 'any'));
