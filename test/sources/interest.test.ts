import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHelmInstall, mayHoldInstall, mayHoldManifest } from '../../server/src/sources/interest';
import { yaml } from '../../server/src/sources/yaml/yaml';

const may: readonly string[] = [
  'helm upgrade --install istiod istio/istiod --version 1.20.1',
  'helm3 install cni istio/cni',
  'HELM="helm"\n$HELM install istiod istio/istiod',
  'CMD: ["helm", "upgrade", "istiod", "istio/istiod"]',
  'helm template istio-1.14.1/manifests/charts/istio-control/istio-discovery',
  'apiVersion: sailoperator.io/v1\nkind: Istio',
  'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nchart: istiod',
  '{"apiVersion":"argoproj.io/v1alpha1","chart":"ztunnel"}',
];

const mayNot: readonly string[] = [
  'helm upgrade --install redis stable/redis --namespace istio-system',
  'kubectl rollout status deployment/istiod -n istio-system',
  'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nchart: redis',
  'apiVersion: argoproj.io/v1alpha1\nkind: Application\nchart: redis',
  'kind: Service\nmetadata:\n  name: istiod\n  labels:\n    helm.sh/chart: istiod-1.24.0',
  'kind: Kustomization\nimages:\n  - name: redis\n    newTag: 1.0.0',
  'name: web\ndependencies:\n  - name: redis',
];

for (const text of may) test(`may hold an install: ${text}`, () => assert.ok(mayHoldInstall(text)));

for (const text of mayNot)
  test(`is not even read: ${text}`, () => {
    assert.equal(mayHoldInstall(text), false);
    assert.equal(mayHoldManifest(text), false);
    assert.deepEqual(yaml.split(text), []);
  });

const commands: readonly (readonly [line: string, is: boolean])[] = [
  ['helm install istiod istio/istiod', true],
  ['/usr/local/bin/helm3 upgrade -i x oci://gcr.io/istio-release/charts/ztunnel', true],
  ['$HELM template x ./charts/istio-cni/', true],
  ['helm install x istiod-1.20.1.tgz', true],
  ['helm install redis stable/redis -n istio-system', false],
  ['helm uninstall istiod', false],
  ['helm repo add istio https://example.com/istiod', false],
  ['kubectl install istio/istiod', false],
];

for (const [line, is] of commands)
  test(`${is ? '' : 'no '}install with Helm: ${line}`, () =>
    assert.equal(isHelmInstall(line.split(' ')), is));
