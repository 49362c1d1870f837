import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type LookupFunction, Socket } from 'node:net';
import test from 'node:test';
import type { Credential } from '../../server/src/registry/credential';
import { createAgents } from '../../server/src/registry/guardedAgent';
import { forbiddenAddress } from '../../server/src/registry/trouble';
import { asked, registryFor } from '../support/askRegistry';
import { type Answer, config, fakeRegistry, image, index, serve } from '../support/fakeRegistry';

const multi = index('linux/arm64');
const alice: Credential = { kind: 'password', username: 'alice', password: 's3cret' };
const to = (location: string, status = 302): Answer => ({ status, headers: { location } });

/** A registry that wants a password and then sends everybody to `location`. */
const sending = (t: test.TestContext, location: (path: string) => string) =>
  fakeRegistry(t, ({ headers, path }) =>
    headers.authorization
      ? to(location(path))
      : { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } },
  );

test('case 1: another port of the same host does not see the authorization', async t => {
  const other = await fakeRegistry(t, serve({ '1': multi }));
  const fake = await sending(t, path => `http://${other.host}${path}`);
  const registry = registryFor([other.host], {
    credentials: host => (host === fake.host ? alice : undefined),
  });
  assert.equal(await asked(registry, `${fake.host}/a/b:1`), 'linux/arm64');
  assert.equal(other.seen.length, 1);
  assert.equal(other.seen[0]?.headers.authorization, undefined);
});

test('case 1: neither does another name of the same machine, nor the way back', async t => {
  const fake = await fakeRegistry(t, ({ path, headers }) => {
    if (!headers.authorization && !path.includes('back'))
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
    return path.includes('back') ? multi : to(`http://localhost:${other.port}/there`);
  });
  const other = await fakeRegistry(t, () => to(`http://${fake.host}/back`));
  const registry = registryFor([`localhost:${other.port}`, fake.host], { credentials: () => alice });
  assert.equal(await asked(registry, `${fake.host}/a/b:1`), 'linux/arm64');
  assert.equal(other.seen[0]?.headers.authorization, undefined);
  assert.equal(fake.seen.at(-1)?.headers.authorization, undefined);
});

test('case 26: a config is fetched from the host that the registry sends us to, without authorization', async t => {
  const arm = config('linux/arm64');
  const cdn = await fakeRegistry(t, serve({}, [arm]));
  const fake = await fakeRegistry(t, request => {
    if (!request.headers.authorization)
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
    const isBlob = request.path.includes('/blobs/');
    return isBlob ? to(`http://${cdn.host}/data/${arm.digest}`, 307) : image(arm);
  });
  const registry = registryFor([cdn.host], { credentials: host => (host === fake.host ? alice : undefined) });
  assert.equal(await asked(registry, `${fake.host}/a/b:1`), 'linux/arm64');
  assert.equal(cdn.seen[0]?.headers.authorization, undefined);
  assert.deepEqual([fake.seen.length, cdn.seen.length], [3, 1]);
});

test('case 8: the target of a redirect is not signed in to', async t => {
  for (const challenge of ['Basic realm="x"', 'Bearer realm="http://HOST/token"']) {
    const other = await fakeRegistry(t, (_, host) => ({
      status: 401,
      headers: { 'www-authenticate': challenge.replace('HOST', host) },
    }));
    const fake = await fakeRegistry(t, () => to(`http://${other.host}/`));
    const registry = registryFor([other.host], { credentials: () => alice });
    const why = `unreachable: ${other.host}, where ${fake.host} sent us, does not let us read (HTTP 401)`;
    assert.equal(await asked(registry, `${fake.host}/a/b:1`), why);
    assert.deepEqual([fake.seen.length, other.seen.length], [1, 1]);
    assert.equal(other.seen[0]?.headers.authorization, undefined);
  }
});

test('case 7: redirects end', async t => {
  let hops = 0;
  const fake = await fakeRegistry(t, () => to(`/hop/${++hops}`));
  const why = `unreachable: ${fake.host} redirects more than 5 times`;
  assert.equal(await asked(registryFor([fake.host]), `${fake.host}/a/b:1`), why);
  assert.equal(fake.seen.length, 6);
});

const refused: readonly (readonly [number, string, RegExp])[] = [
  [9, 'file:///etc/passwd', /leads to file:, which no image comes from/],
  [9, 'ftp://registry.example/', /leads to ftp:/],
  [9, 'data:application/json,{}', /leads to data:/],
  [9, 'unix:/var/run/docker.sock', /leads to unix:/],
  [10, 'https://user:pw@registry.example/', /with a password in its address/],
  [3, 'http://registry.example/', /would be asked without TLS/],
  [4, 'http://127.0.0.1:1/', /would be asked without TLS/],
  [9, 'https://[', /redirects to something that is no address/],
];

for (const [number, location, why] of refused) {
  test(`case ${number}: a redirect to ${location} is refused`, async t => {
    const fake = await fakeRegistry(t, () => to(location));
    const registry = registryFor([fake.host], { lookup: () => assert.fail('looked up') });
    assert.match(await asked(registry, `${fake.host}/a/b:1`), why);
    assert.equal(fake.seen.length, 1);
  });
}

const privateAddresses = [
  'https://169.254.169.254/latest',
  'https://[fd00:ec2::254]/',
  'https://127.0.0.1:9/',
  'https://10.0.0.1/',
  'https://0.0.0.0/',
  'https://127.1/',
  'https://[::ffff:127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
];

for (const location of privateAddresses) {
  test(`case 4: a redirect to ${location} makes no connection`, async t => {
    const fake = await fakeRegistry(t, () => to(location));
    assert.match(
      await asked(registryFor([fake.host]), `${fake.host}/a/b:1`),
      /inside a private network or on this machine/,
    );
    assert.equal(fake.seen.length, 1);
  });
}

test('case 2: a host under the registry, or above it, does not see the authorization', async t => {
  const toThisMachine: LookupFunction = (_name, _options, callback) =>
    callback(null, [{ address: '127.0.0.1', family: 4 }]);
  for (const [from, target] of [
    ['r.localhost', 'cdn.r.localhost'],
    ['cdn.r.localhost', 'r.localhost'],
  ]) {
    const other = await fakeRegistry(t, serve({ '1': multi }));
    const fake = await sending(t, path => `http://${target}:${other.port}${path}`);
    const registry = registryFor([`${from}:${fake.port}`, `${target}:${other.port}`], {
      credentials: host => (host === `${from}:${fake.port}` ? alice : undefined),
      lookup: toThisMachine,
    });
    assert.equal(await asked(registry, `${from}:${fake.port}/a/b:1`), 'linux/arm64');
    assert.deepEqual([other.seen.length, other.seen[0]?.headers.authorization], [1, undefined]);
  }
});

/** Answers every name with these addresses, one list per question. */
function answering(...answers: readonly (readonly string[])[]): { lookup: LookupFunction; names: string[] } {
  const names: string[] = [];
  const lookup: LookupFunction = (name, _options, callback) => {
    const addresses = answers[Math.min(names.length, answers.length - 1)] ?? [];
    names.push(name);
    callback(
      null,
      addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { lookup, names };
}

test('case 5: a name that leads to this machine is refused when it is connected to', async t => {
  const { lookup, names } = answering(['127.0.0.1', '::1', '10.1.2.3']);
  const fake = await fakeRegistry(t, () => to('https://rebind.example/'));
  const registry = registryFor([fake.host], { lookup });
  const why =
    'unreachable: rebind.example leads to an address inside a private network or on this machine; if that is meant, allow the host in your settings';
  assert.equal(await asked(registry, `${fake.host}/a/b:1`), why);
  assert.deepEqual(names, ['rebind.example']);
});

test('case 5: a public registry whose name was bent to a private address is refused', async () => {
  const { lookup, names } = answering(['192.168.1.1']);
  assert.match(
    await asked(registryFor([], { lookup }), 'quay.io/a/b:1'),
    /^unreachable: quay.io leads to an address/,
  );
  assert.deepEqual(names, ['quay.io']);
});

test('case 6: what was checked is what is connected to, although the name leads elsewhere a moment later', async () => {
  const { lookup, names } = answering(['8.8.8.8'], ['127.0.0.1']);
  const later: LookupFunction = (name, options, callback) =>
    lookup(name, options, (...found) => void setImmediate(() => callback(...found)));
  const agents = createAgents({ mayBeAnywhere: () => false, connect: 1000, lookup: later });
  const leadsTo = async (): Promise<string | undefined> => {
    const socket = agents.http.createConnection({ host: 'rebind.example', port: 80 });
    assert.ok(socket instanceof Socket);
    socket.on('error', () => {});
    const [error, address] = await once(socket, 'lookup');
    // Ended before the address is connected to, so that nothing leaves this machine.
    socket.destroy();
    return error?.code ?? address;
  };
  assert.equal(await leadsTo(), '8.8.8.8');
  assert.deepEqual(names, ['rebind.example']);
  assert.equal(await leadsTo(), forbiddenAddress);
});
