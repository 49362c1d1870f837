import assert from 'node:assert/strict';
import test from 'node:test';
import { asked, imageOf, registryFor } from '../support/askRegistry';
import { fakeRegistry, index, serve } from '../support/fakeRegistry';

const multi = index('linux/arm64');
const noLookup = () => assert.fail('looked up');

const strangers = [
  ['evil.example:22/x/y', 'evil.example:22'],
  ['169.254.169.254/latest/x', '169.254.169.254'],
  ['127.1/x/y', '127.0.0.1'],
  ['0177.0.0.1/x/y', '127.0.0.1'],
  ['[::1]:5000/x/y', '[::1]:5000'],
  ['localhost:2375/x/y', 'localhost:2375'],
  ['docker.io.evil.example/x/y', 'docker.io.evil.example'],
  ['docker.io:444/x/y', 'docker.io:444'],
  ['evil-docker.pkg.dev.example/x/y', 'evil-docker.pkg.dev.example'],
] as const;

for (const [name, host] of strangers) {
  test(`case 35: ${name} is not asked unless the user allows ${host}`, async () => {
    assert.equal(await asked(registryFor([], { lookup: noLookup }), name), `notAllowed: ${host}`);
  });
}

test('case 35: ten thousand unknown hosts cost no connection', async () => {
  const registry = registryFor([], { lookup: noLookup });
  const images = Array.from({ length: 10_000 }, (_, n) => imageOf(`host${n}.example/a/b:1`));
  await registry.load(images);
  assert.equal(registry.peek(imageOf('host9999.example/a/b:1')).kind, 'notAllowed');
});

test('case 35: a port that does not exist is said to be unusable', async () => {
  const why = 'unreachable: host.example:99999 is not an address that can be reached';
  assert.equal(await asked(registryFor([], { lookup: noLookup }), 'host.example:99999/x/y'), why);
});

test('an allowed host is allowed at its port only', async t => {
  const fake = await fakeRegistry(t, serve({ '1': multi }));
  assert.equal(await asked(registryFor(['127.0.0.1']), `${fake.host}/a/b:1`), `notAllowed: ${fake.host}`);
  assert.equal(await asked(registryFor([fake.host]), `${fake.host}/a/b:1`), 'linux/arm64');
  assert.equal(
    await asked(registryFor([`LOCALHOST:${fake.port}`]), `localhost:${fake.port}/a/b:1`),
    'linux/arm64',
  );
});

test('settings that are no hosts allow nothing', async () => {
  for (const setting of ['https://evil.example', 'evil.example/x', 'a@evil.example', '*', ''])
    assert.equal(await asked(registryFor([setting]), 'evil.example/x/y'), 'notAllowed: evil.example');
});

test('offline means no question at all', async () => {
  const registry = registryFor(['evil.example'], { network: 'off', lookup: noLookup });
  assert.equal(await asked(registry, 'docker.io/istio/pilot:1'), 'offline');
});

test('a mirror answers for its registry, under any path', async t => {
  const fake = await fakeRegistry(t, serve({ '1': multi }));
  const mirrored = (base: string) => registryFor([], { mirrors: { 'docker.io': base } });
  assert.equal(await asked(mirrored(`http://${fake.host}`), 'istio/pilot:1'), 'linux/arm64');
  assert.equal(
    await asked(mirrored(`http://${fake.host}/hub/`), 'index.docker.io/istio/pilot:1'),
    'linux/arm64',
  );
  assert.equal(await asked(mirrored(`http://${fake.host}/v2/proxy/`), 'istio/pilot:1'), 'linux/arm64');
  const paths = ['/v2/istio/pilot', '/hub/v2/istio/pilot', '/v2/proxy/istio/pilot'];
  assert.equal(fake.log(), paths.map(path => `GET ${path}/manifests/1`).join('\n'));
});

test('a mirror for Docker Hub is one by whichever of its names', async t => {
  const fake = await fakeRegistry(t, serve({ '1': multi }));
  const registry = registryFor([], { mirrors: { 'index.docker.io': `http://${fake.host}` } });
  assert.equal(await asked(registry, 'istio/pilot:1'), 'linux/arm64');
});

test('a mirror that fails is named', async t => {
  const fake = await fakeRegistry(t, () => ({ status: 503 }));
  const registry = registryFor([], { mirrors: { 'docker.io': `http://${fake.host}` } });
  const why = `the mirror ${fake.host} of docker.io has a problem of its own (HTTP 503)`;
  assert.equal(await asked(registry, 'istio/pilot:1'), `unreachable: ${why}`);
});

test('a mirror gets its own credentials, not those of the registry', async t => {
  const fake = await fakeRegistry(t, () => ({ status: 401, headers: { 'www-authenticate': 'Basic' } }));
  const credentials = (registry: string) =>
    registry === 'docker.io'
      ? ({ kind: 'password', username: 'hub', password: 's3cret' } as const)
      : undefined;
  const registry = registryFor([], { mirrors: { 'docker.io': `http://${fake.host}` }, credentials });
  assert.match(await asked(registry, 'istio/pilot:1'), /^denied: /);
  assert.deepEqual(
    fake.seen.map(({ headers }) => headers.authorization),
    [undefined],
  );
});

test('a mirror must be https unless it is on this machine', async () => {
  for (const mirror of [
    'http://mirror.example',
    'ftp://127.0.0.1',
    'https://a:b@mirror.example',
    'mirror.example',
  ]) {
    const registry = registryFor([], { mirrors: { 'docker.io': mirror }, lookup: noLookup });
    const why =
      "unreachable: the mirror of docker.io can't be used: it is not an https URL without a password";
    assert.equal(await asked(registry, 'istio/pilot:1'), why);
  }
});

test('case 36: a name that was put together by hand is checked again', async () => {
  const registry = registryFor([], { lookup: noLookup });
  const forged = { registry: 'docker.io', repository: '../../evil', tag: '1' };
  await registry.load([forged]);
  assert.equal(registry.peek(forged).kind, 'invalid');
});

const strange: readonly string[] = [
  ...[
    'a/b\r\nX: y',
    'a/b\0',
    'a/../b',
    'a/%2e%2e/b',
    'a/b?c',
    'a/b#c',
    'a/b@evil',
    'a\\b',
    'a//b',
    'ａ/b',
    'a/ъ',
  ],
  ...['a'.repeat(1_000_000), 'a/'.repeat(500_000), 'a.'.repeat(500_000), `a${'-'.repeat(1_000_000)}`],
];

for (const repository of strange) {
  test(`case 36: the repository ${JSON.stringify(repository.slice(0, 20))} is not asked for`, async t => {
    const fake = await fakeRegistry(t, serve({ '1': multi }));
    const registry = registryFor([fake.host]);
    const forged = { registry: fake.host, repository, tag: '1' };
    const started = performance.now();
    await registry.load([forged]);
    assert.equal(registry.peek(forged).kind, 'invalid');
    assert.equal(fake.seen.length, 0);
    assert.ok(performance.now() - started < 1000, 'the time grows faster than the text');
  });
}

test('case 35: five thousand images of one host are asked for a few at a time', async t => {
  let most = 0;
  let open = 0;
  const fake = await fakeRegistry(t, () => response => {
    most = Math.max(most, ++open);
    setImmediate(() => {
      open -= 1;
      response.writeHead(404).end();
    });
  });
  const images = Array.from({ length: 5000 }, (_, n) => imageOf(`${fake.host}/a/b:${n}`));
  await registryFor([fake.host]).load(images);
  assert.equal(fake.seen.length, 5000);
  assert.ok(most > 1 && most <= 4, `${most} at once`);
});
