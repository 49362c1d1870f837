import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { languages, plainEndings } from '../client/src/languages';
import { formatPlatform } from '../server/src/core/platform';
import { settingNames } from '../server/src/core/settingNames';
import { defaults } from '../server/src/defaults';
import { sources } from '../server/src/sources/index';
import { mayInterest } from '../server/src/sources/interest';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const properties: Record<string, { default: unknown; scope: string }> =
  manifest.contributes.configuration.properties;
const languageIds = sources.flatMap(source => source.languageIds);

test('the extension wakes for the languages that the sources read, and for no others', () => {
  const wakes = [...languageIds, 'plaintext'].map(id => `onLanguage:${id}`);
  assert.deepEqual([...manifest.activationEvents].sort(), wakes.sort());
  assert.deepEqual([...languages].sort(), [...languageIds].sort());
});

test('plain text is read where the name of its file tells a source', () => {
  for (const ending of plainEndings)
    assert.ok(
      sources.some(({ fileNames }) => fileNames.test(`istio.${ending}`)),
      ending,
    );
});

test('package.json declares the settings that the server reads', () => {
  assert.deepEqual(
    Object.keys(properties).sort(),
    Object.values(settingNames)
      .map(name => `meshfit.${name}`)
      .sort(),
  );
});

test('the declared defaults are those of the server', () => {
  const declared = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, property.default]),
  );
  assert.deepEqual(declared, {
    'meshfit.platforms': defaults.platforms.map(formatPlatform),
    'meshfit.istioVersion': defaults.istioVersion ?? '',
    'meshfit.hubs': defaults.hubs,
    'meshfit.mirrors': defaults.mirrors,
    'meshfit.mirrorFallback': defaults.mirrorFallback,
    'meshfit.mirrorFiles': defaults.mirrorFiles,
    'meshfit.registries.allowed': defaults.allowedHosts,
    'meshfit.network': defaults.network,
    'meshfit.networkVia': defaults.networkVia,
  });
});

test('case 37: a workspace can not set what names hosts or opens the network', () => {
  // What only says which nodes and which mesh there are.
  const harmless = ['meshfit.platforms', 'meshfit.istioVersion', 'meshfit.hubs'];
  for (const name of Object.keys(properties).filter(own => !harmless.includes(own))) {
    assert.equal(properties[name]?.scope, 'machine', name);
    assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(name), name);
  }
});

test('what package.json points at is there after the build', () => {
  for (const path of [manifest.main, ...Object.values<string>(manifest.bin)])
    assert.ok(existsSync(path), path);
});

test('the lock file carries no download addresses', () => {
  assert.doesNotMatch(readFileSync('package-lock.json', 'utf8'), /"resolved":/);
});

for (const text of [
  'kind: IstioOperator',
  'apiVersion: install.istio.io/v1alpha1',
  '{"kind":"IstioOperator"}',
  'istioctl install -y',
  '$(ISTIOCTL) install',
  'ISTIO_VERSION=1.14.1',
  'kind: Deployment',
  'apiVersion: sailoperator.io/v1',
  'helm upgrade --install istiod istio/istiod',
  '$HELM install cni istio/cni',
  'kind: HelmRelease\nchart: ztunnel',
  'apiVersion: argoproj.io/v1alpha1\nchart: istiod',
  'dependencies:\n  - name: istiod',
  'images: [{ name: istio/pilot, newTag: 1.20.1 }]',
  'global: { hub: a, tag: b }\npilot: {}',
  'resource "helm_release" "mesh" { chart = "istio-${var.part}" }',
  'kubectl apply -f operator.yaml',
  'kind: ProxyConfig\nimageType: debug',
  '',
  'a: b\n'.repeat(1000),
])
  test(`the first look misses nothing that a source reads: ${JSON.stringify(text.slice(0, 40))}`, () => {
    if (sources.some(source => source.mayHold(text))) assert.ok(mayInterest(text));
  });
