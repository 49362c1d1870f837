import assert from 'node:assert/strict';
import test from 'node:test';
import { imageOf, registryFor } from '../support/askRegistry';
import { fakeInternet } from '../support/fakeInternet';

const signIn = (host: string) => ({
  status: 401,
  headers: { 'www-authenticate': `Bearer realm="https://${host}/token"` },
});

test('case 41: a mirror of some repositories is not told which others a file names', async t => {
  const { transport, log } = await fakeInternet(t, ({ host, path, headers }) => {
    if (path.startsWith('/token')) return { body: '{"token":"abc"}' };
    return headers.authorization === undefined ? signIn(host) : { status: 404 };
  });
  const root = new URL('https://mirror.example/v2/');
  const rule = { scope: 'registry.example/team', mirrors: [{ root, path: 'team', serves: 'all' as const }] };
  const registry = registryFor(['registry.example'], { transport, mirrorRules: [[rule]] });
  await registry.load(
    ['team/a', 'team/b', 'secret/c'].map(repository => imageOf(`registry.example/${repository}:1`)),
  );
  const scopes = log().match(/(?<=GET )[a-z.]+\/token\?.*/g) ?? [];
  assert.deepEqual(scopes.map(decodeURIComponent).sort(), [
    'mirror.example/token?scope=repository:team/a:pull&scope=repository:team/b:pull',
    'registry.example/token?scope=repository:secret/c:pull',
  ]);
});

test('case 35: a thousand repositories of a registry take no more requests for tokens than there are pages of sixty', {
  timeout: 30_000,
}, async t => {
  const { transport, log } = await fakeInternet(t, ({ host, path, headers }) => {
    if (path.startsWith('/token')) return { body: '{"token":"abc"}' };
    return headers.authorization === undefined ? signIn(host) : { status: 404 };
  });
  const registry = registryFor(['registry.example'], { transport });
  const images = Array.from({ length: 1500 }, (_, index) => imageOf(`registry.example/team/image${index}:1`));
  await registry.load(images);
  const tokens = log().match(/\/token\?/g) ?? [];
  assert.ok(tokens.length <= Math.ceil(images.length / 60) + 1, `${tokens.length} requests for tokens`);
});
