import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { asked, registryFor } from '../support/askRegistry';
import { createAuthority, type Identity, noAuthority } from '../support/authority';
import { fakeRegistry, index, serve } from '../support/fakeRegistry';

const skip = noAuthority();
const authority = skip === false ? createAuthority() : undefined;
const identities = authority && {
  good: authority.issue(['localhost']),
  expired: authority.issue(['localhost'], 'expired'),
  'for another name': authority.issue(['registry.example']),
};
const multi = index('linux/arm64');

/** A mirror on this machine, and what is said of an image when somebody is trusted, or nobody. */
async function mirrorWith(t: TestContext, identity: Identity | undefined, trusted = authority?.file) {
  const fake = await fakeRegistry(t, serve({ '1': multi }), identity);
  const mirrors = { 'docker.io': `https://localhost:${fake.port}` };
  const registry = registryFor([], { mirrors, environment: { SSL_CERT_FILE: trusted } });
  const said = await asked(registry, 'istio/pilot:1');
  return { said: said.replaceAll(`localhost:${fake.port}`, 'HOST'), seen: fake.seen.length };
}

test('case 31: a certificate that nobody vouches for is not trusted, and http is not tried instead', {
  skip,
}, async t => {
  const why =
    'unreachable: the TLS certificate of the mirror HOST of docker.io is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)';
  assert.deepEqual(await mirrorWith(t, identities?.good, ''), { said: why, seen: 0 });
});

for (const [name, code] of [
  ['expired', 'CERT_HAS_EXPIRED'],
  ['for another name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
] as const) {
  test(`case 31: a certificate that is ${name} is not trusted`, { skip }, async t => {
    const why = `unreachable: the TLS certificate of the mirror HOST of docker.io is not trusted (${code})`;
    assert.deepEqual(await mirrorWith(t, identities?.[name]), { said: why, seen: 0 });
  });
}

test('a certificate that SSL_CERT_FILE vouches for is trusted', { skip }, async t => {
  assert.deepEqual(await mirrorWith(t, identities?.good), { said: 'linux/arm64', seen: 1 });
});

test("a file of certificates that can't be read is told, and nothing more is trusted", { skip }, async t => {
  const fake = await fakeRegistry(t, serve({ '1': multi }), identities?.good);
  const log: string[] = [];
  const registry = registryFor([], {
    mirrors: { 'docker.io': `https://localhost:${fake.port}` },
    environment: { SSL_CERT_FILE: '/nowhere.pem' },
    log: message => void log.push(message),
  });
  assert.match(await asked(registry, 'istio/pilot:1'), /is not trusted/);
  assert.deepEqual(log, ["the certificates of SSL_CERT_FILE (/nowhere.pem) can't be read"]);
});

/** The answer of another process, whose environment names this authority. */
async function askedTrusting(mirror: string, allowed: string): Promise<string> {
  const script = join(__dirname, '../support/askOnce.ts');
  const words = ['--import', 'tsx', script, mirror, allowed, 'istio/pilot:1'];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority?.file };
  const { stdout } = await promisify(execFile)(process.execPath, words, { env });
  return stdout.trim();
}

test('a certificate that NODE_EXTRA_CA_CERTS vouches for is trusted', { skip }, async t => {
  const fake = await fakeRegistry(t, serve({ '1': multi }), identities?.good);
  assert.equal(await askedTrusting(`https://localhost:${fake.port}`, ''), 'linux/arm64');
});

test('case 3: a redirect from https to http is refused, also to a host that the user allows', {
  skip,
}, async t => {
  const plain = await fakeRegistry(t, serve({ '1': multi }));
  const redirect = () => ({ status: 307, headers: { location: `http://${plain.host}/` } });
  const fake = await fakeRegistry(t, redirect, identities?.good);
  const said = await askedTrusting(`https://localhost:${fake.port}`, plain.host);
  assert.match(said, /redirects from https to http, which is not safe$/);
  assert.equal(plain.seen.length, 0);
});

test('case 32: a server that does not speak TLS where it should', async t => {
  const fake = await fakeRegistry(t, () => assert.fail('asked'));
  const registry = registryFor([], { mirrors: { 'docker.io': `https://${fake.host}` } });
  const why = `unreachable: the mirror ${fake.host} of docker.io does not speak TLS`;
  assert.equal(await asked(registry, 'istio/pilot:1'), why);
});

test('case 32: a server that speaks TLS where it should not', { skip }, async t => {
  const fake = await fakeRegistry(t, () => assert.fail('asked'), identities?.good);
  const said = await asked(registryFor([fake.host]), `${fake.host}/a/b:1`);
  assert.match(
    said,
    new RegExp(`^unreachable: ${fake.host} (broke off the connection|does not speak HTTP as it should)`),
  );
});

test('a server that accepts connections and never greets', async t => {
  const server = createServer(socket => socket.on('error', () => {}).resume());
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : assert.fail()}`;
  const registry = registryFor([], { mirrors: { 'docker.io': `https://${host}` }, limits: { connect: 50 } });
  const why = `unreachable: the mirror ${host} of docker.io can't be reached: no connection within 0.05 s`;
  assert.equal(await asked(registry, 'istio/pilot:1'), why);
});
