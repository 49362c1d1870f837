import assert from 'node:assert/strict';
import test from 'node:test';
import { readSettings } from '../../server/src/core/settings';
import { defaults } from '../../server/src/defaults';

/** The mirrors of a setting, or why they can't be used. */
function mirrorsOf(mirrors: unknown) {
  const { settings, problems } = readSettings({ mirrors }, defaults);
  return problems[0]?.why ?? settings.mirrors;
}

test('a registry has one mirror or several, in their order', () => {
  const several = ['https://b.example', 'http://127.0.0.1:5000'];
  assert.deepEqual(mirrorsOf({ 'docker.io': ' https://a.example ', 'quay.io': several }), {
    'docker.io': ['https://a.example'],
    'quay.io': several,
  });
  assert.deepEqual(mirrorsOf({ 'docker.io': [] }), { 'docker.io': [] });
});

test('one bad mirror is told, and none is used', () => {
  assert.equal(
    mirrorsOf({ 'docker.io': ['https://a.example', 'http://b.example'] }),
    'the mirror of docker.io must be https; http is only for mirrors on this machine',
  );
  assert.match(
    String(mirrorsOf({ 'docker.io': [7] })),
    /^the mirror of docker.io is "7", which is not a URL/,
  );
  assert.match(String(mirrorsOf(['https://a.example'])), /^write it as registry and base URL/);
});

for (const [raw, why] of [
  [{ allowedHosts: ['https://a.example/x'] }, /"https:\/\/a.example\/x" is not a registry: write it as HOST/],
  [{ allowedHosts: ['a.example', 'me:pw@b.example'] }, /^"…@b.example" is not a registry/],
  [{ mirrors: { 'https://docker.io': 'https://a.example' } }, /^"https:\/\/docker.io" is not a registry/],
  [{ hubs: ['https://a.example/istio'] }, /is not a hub: write it as registry.example.com\/istio/],
] as const)
  test(`what can't be meant is told: ${JSON.stringify(raw)}`, () => {
    assert.match(readSettings(raw, defaults).problems[0]?.why ?? '', why);
  });

test('registries and hubs are taken as they are named', () => {
  const raw = {
    allowedHosts: ['a.example', '[::1]:5000', '', 'localhost:5000'],
    hubs: ['a.example/istio', 'istio'],
  };
  const { settings, problems } = readSettings(raw, defaults);
  assert.deepEqual(problems, []);
  assert.deepEqual(settings.allowedHosts, ['a.example', '[::1]:5000', 'localhost:5000']);
  assert.deepEqual(settings.hubs, raw.hubs);
});
