import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { asked, registryFor } from '../support/askRegistry';
import { fakeRegistry, index } from '../support/fakeRegistry';

async function portOf(t: test.TestContext, server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : assert.fail();
}

/** A server for `https://localhost` with a certificate of its own; `undefined` where there is no openssl. */
async function tlsServer(t: test.TestContext, location: string) {
  if (spawnSync('openssl', ['version']).error !== undefined) {
    assert.equal(process.env.CI, undefined, 'openssl is missing');
    t.skip('install openssl');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
  const names = ['-addext', 'subjectAltName=DNS:localhost'];
  execFileSync('openssl', [...request, ...names, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  let seen = 0;
  const server = createHttpsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
    seen += 1;
    if (location === '') response.end(index('linux/arm64').body);
    else response.writeHead(302, { location }).end();
  });
  return { port: await portOf(t, server), cert, seen: () => seen };
}

test('a certificate that nobody vouches for is not trusted, and http is not tried instead', async t => {
  const server = await tlsServer(t, '');
  if (server === undefined) return;
  const { port } = server;
  const registry = registryFor([], { mirrors: { 'docker.io': `https://localhost:${port}` } });
  assert.equal(
    await asked(registry, 'istio/pilot:1'),
    `unreachable: the TLS certificate of the mirror localhost:${port} of docker.io is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)`,
  );
  assert.equal(server.seen(), 0);
});

/** The answer of another process, in which the user trusts this certificate. */
async function askedTrusting(cert: string, mirror: string, allowed: string): Promise<string> {
  const script = join(__dirname, '../support/askOnce.ts');
  const words = ['--import', 'tsx', script, mirror, allowed, 'istio/pilot:1'];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: cert };
  const { stdout } = await promisify(execFile)(process.execPath, words, { env });
  return stdout.trim();
}

test('a certificate that the user vouches for is trusted, also for a mirror on this machine', async t => {
  const server = await tlsServer(t, '');
  if (server === undefined) return;
  const said = await askedTrusting(server.cert, `https://localhost:${server.port}`, '');
  assert.equal(said, 'linux/arm64');
});

test('a redirect from https to http is refused, also to a host that the user allows', async t => {
  const fake = await fakeRegistry(t, () => index('linux/arm64'));
  const server = await tlsServer(t, `http://${fake.host}/`);
  if (server === undefined) return;
  const said = await askedTrusting(server.cert, `https://localhost:${server.port}`, fake.host);
  assert.match(said, /redirects from https to http, which is not safe$/);
  assert.equal(fake.seen.length, 0);
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
