import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { asked, registryFor } from '../support/askRegistry';
import { fakeRegistry } from '../support/fakeRegistry';

async function portOf(t: test.TestContext, server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : assert.fail();
}

test('a certificate that nobody vouches for is not trusted, and http is not tried instead', async t => {
  if (spawnSync('openssl', ['version']).error !== undefined) {
    assert.equal(process.env.CI, undefined, 'openssl is missing');
    return t.skip('install openssl');
  }
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
  execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const server = createHttpsServer({ key: readFileSync(key), cert: readFileSync(cert) }, () =>
    assert.fail('asked'),
  );
  const port = await portOf(t, server);
  const registry = registryFor([], { mirrors: { 'docker.io': `https://localhost:${port}` } });
  assert.equal(
    await asked(registry, 'istio/pilot:1'),
    `unreachable: the TLS certificate of the mirror localhost:${port} of docker.io is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)`,
  );
});

test('a server that does not speak TLS where it should', async t => {
  const fake = await fakeRegistry(t, () => assert.fail('asked'));
  const registry = registryFor([], { mirrors: { 'docker.io': `https://${fake.host}` } });
  const why = `unreachable: the mirror ${fake.host} of docker.io does not speak TLS`;
  assert.equal(await asked(registry, 'istio/pilot:1'), why);
});

test('a server that accepts connections and never greets', async t => {
  const port = await portOf(
    t,
    createServer(socket => socket.on('error', () => {}).resume()),
  );
  const registry = registryFor([], {
    mirrors: { 'docker.io': `https://127.0.0.1:${port}` },
    limits: { connect: 50 },
  });
  const why = `unreachable: the mirror 127.0.0.1:${port} of docker.io can't be reached: no connection within 0.05 s`;
  assert.equal(await asked(registry, 'istio/pilot:1'), why);
});
