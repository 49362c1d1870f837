import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRegistryHost } from '../../client/src/registryHost';

test('the user is asked about hosts, not about any text that a command is given', () => {
  for (const host of ['registry.example', 'localhost:5000', '[::1]:5000', '10.0.0.1'])
    assert.ok(isRegistryHost(host), host);
  for (const text of [
    '',
    'a.example\n\nwhich is safe',
    'a.example (safe)',
    'https://a.example',
    'a.example/b',
    'a@b',
  ])
    assert.ok(!isRegistryHost(text), text);
});
