import assert from 'node:assert/strict';
import test from 'node:test';
import type { Credential } from '../../server/src/registry/credential';
import { asked, imageOf, inWords, registryFor } from '../support/askRegistry';
import {
  type Answer,
  type FakeRegistry,
  fakeRegistry,
  index,
  type Seen,
  serve,
} from '../support/fakeRegistry';

const multi = index('linux/amd64', 'linux/arm64');
const content = serve({ '1': multi, '2': multi, '3': multi });
const both = 'linux/amd64 linux/arm64';
const alice: Credential = { kind: 'password', username: 'alice', password: 's3cret' };

interface TokenServerOptions {
  /** The repositories that a token is good for, of those that were asked for; `undefined` gives no token at all. */
  readonly grant?: (scopes: readonly string[], request: Seen) => readonly string[] | undefined;
  /** Answers a request for a token instead. */
  readonly instead?: (request: Seen) => Answer | undefined;
  readonly lifetime?: number;
  /** The status for a token that does not reach far enough. */
  readonly refusal?: 401 | 403;
}

/** A registry whose tokens carry the repositories that they are good for. */
function registryWithTokens(t: test.TestContext, options: TokenServerOptions = {}): Promise<FakeRegistry> {
  const { grant = scopes => scopes, instead, lifetime = 300, refusal = 401 } = options;
  return fakeRegistry(t, (request, host) => {
    const { path, headers, body } = request;
    if (path.startsWith('/token')) {
      const changed = instead?.(request);
      if (changed !== undefined) return changed;
      const query = request.method === 'POST' ? body : path.slice(path.indexOf('?'));
      const scopes = new URLSearchParams(query).getAll('scope').flatMap(scope => scope.split(' '));
      const granted = grant(
        scopes.map(scope => scope.split(':')[1] ?? ''),
        request,
      );
      const value = granted?.map(name => name.replaceAll('/', '.')).join('~');
      return granted === undefined
        ? { status: 403 }
        : { body: JSON.stringify({ token: `t~${value}~`, expires_in: lifetime }) };
    }
    const repository = /^\/v2\/(.*)\/manifests\//.exec(path)?.[1]?.replaceAll('/', '.') ?? '';
    if (headers.authorization?.includes(`~${repository}~`)) return content(request);
    const challenge = `Bearer realm="http://${host}/token",service="reg"`;
    const status = headers.authorization === undefined ? 401 : refusal;
    return { status, headers: { 'www-authenticate': challenge } };
  });
}

const tokensOf = (fake: FakeRegistry) => fake.seen.filter(({ path }) => path.startsWith('/token'));

/** So many images, each of a repository of its own. */
const images = (host: string, count: number) =>
  Array.from({ length: count }, (_, number) => imageOf(`${host}/istio/image${number}:1`));

async function known(registry: ReturnType<typeof registryFor>, all: ReturnType<typeof images>) {
  await registry.load(all);
  return all.filter(image => inWords(registry.peek(image)) === both).length;
}

test('fifty images of fifty repositories cost 52 requests: a 401, a token, and one each', async t => {
  const fake = await registryWithTokens(t);
  assert.equal(await known(registryFor([fake.host]), images(fake.host, 50)), 50);
  assert.equal(fake.seen.length, 52);
});

test('fifty tags of one repository cost 52 requests', async t => {
  const fake = await registryWithTokens(t);
  const registry = registryFor([fake.host]);
  await registry.load(Array.from({ length: 50 }, (_, tag) => imageOf(`${fake.host}/istio/pilot:t${tag}`)));
  assert.equal(fake.seen.length, 52);
});

test('fifty images of a registry without tokens cost fifty requests', async t => {
  const fake = await fakeRegistry(t, content);
  assert.equal(await known(registryFor([fake.host]), images(fake.host, 50)), 50);
  assert.equal(fake.seen.length, 50);
});

test('the needed scope comes first, and no request names more than 60', async t => {
  const fake = await registryWithTokens(t);
  assert.equal(await known(registryFor([fake.host]), images(fake.host, 130)), 130);
  const [first] = tokensOf(fake);
  const scopes = new URL(first?.path ?? '', 'http://x').searchParams.getAll('scope');
  assert.equal(scopes[0], 'repository:istio/image0:pull');
  assert.equal(scopes.length, 60);
  assert.ok(tokensOf(fake).length <= 4, `${tokensOf(fake).length} tokens`);
});

test('no request for a token gets longer than servers take', async t => {
  const fake = await registryWithTokens(t);
  const long = 'x'.repeat(230);
  const all = Array.from({ length: 50 }, (_, number) => imageOf(`${fake.host}/${long}/${number}:1`));
  assert.equal(await known(registryFor([fake.host]), all), 50);
  for (const { path } of tokensOf(fake)) assert.ok(path.length < 6500, `${path.length}`);
});

test('a later lookup uses a token that covers it', async t => {
  const fake = await registryWithTokens(t);
  const registry = registryFor([fake.host]);
  await registry.load(images(fake.host, 3));
  const before = fake.seen.length;
  assert.equal(await asked(registry, `${fake.host}/istio/image2:2`), both);
  assert.equal(fake.seen.length, before + 1);
});

for (const refusal of [401, 403] as const) {
  test(`a registry whose tokens are good for the first scope only is asked for each (HTTP ${refusal})`, async t => {
    const fake = await registryWithTokens(t, { grant: scopes => scopes.slice(0, 1), refusal });
    const registry = registryFor([fake.host]);
    assert.equal(await known(registry, images(fake.host, 20)), 20);
    const before = tokensOf(fake).length;
    await registry.load([imageOf(`${fake.host}/c/d:1`), imageOf(`${fake.host}/e/f:1`)]);
    const later = tokensOf(fake).slice(before);
    assert.deepEqual(
      later.map(({ path }) => path.split('scope=').length - 1),
      [1, 1],
    );
  });
}

test('a token server that refuses the mixture is asked for each', async t => {
  const grant = (scopes: readonly string[]) => (scopes.length > 1 ? undefined : scopes);
  const fake = await registryWithTokens(t, { grant });
  assert.equal(await known(registryFor([fake.host]), images(fake.host, 10)), 10);
  assert.equal(fake.seen.length, 1 + 1 + 10 + 10);
});

test('a private repository among public ones does not spoil their token', async t => {
  const fake = await registryWithTokens(t, {
    grant: scopes => scopes.filter(name => name !== 'istio/image1'),
  });
  const registry = registryFor([fake.host]);
  assert.equal(await known(registry, images(fake.host, 10)), 9);
  assert.match(
    inWords(registry.peek(imageOf(`${fake.host}/istio/image1:1`))),
    /^denied: not found, or private/,
  );
  // Its own token was tried before that was said.
  assert.equal(tokensOf(fake).length, 2);
});

test('lookups of one registry at once share one request for a token', async t => {
  const fake = await registryWithTokens(t);
  const registry = registryFor([fake.host]);
  await asked(registry, `${fake.host}/a/b:1`);
  await Promise.all(['1', '2', '3'].map(tag => asked(registry, `${fake.host}/c/d:${tag}`)));
  assert.equal(tokensOf(fake).length, 2);
});

test('a token is renewed a little before it ends, and lives a minute at least', async t => {
  const fake = await registryWithTokens(t, { lifetime: 1 });
  let time = Date.now();
  const registry = registryFor([fake.host], { now: () => time });
  await asked(registry, `${fake.host}/a/b:1`);
  time += 54_000;
  await asked(registry, `${fake.host}/a/b:2`);
  assert.equal(tokensOf(fake).length, 1);
  time += 2000;
  await asked(registry, `${fake.host}/a/b:3`);
  assert.equal(tokensOf(fake).length, 2);
});

for (const status of [404, 405]) {
  test(`where GET is answered ${status} a password is posted, and posted at once the next time`, async t => {
    const instead = ({ method }: Seen) => (method === 'GET' ? { status } : undefined);
    const fake = await registryWithTokens(t, { instead });
    const registry = registryFor([], { credentials: () => alice });
    assert.equal(await asked(registry, `${fake.host}/a/b:1`), both);
    const [, post] = tokensOf(fake);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(post?.body)), {
      grant_type: 'password',
      username: 'alice',
      password: 's3cret',
      client_id: 'meshfit',
      scope: 'repository:a/b:pull',
      service: 'reg',
    });
    assert.equal(await asked(registry, `${fake.host}/c/d:1`), both);
    assert.deepEqual(
      tokensOf(fake).map(({ method }) => method),
      ['GET', 'POST', 'POST'],
    );
  });
}

test('nothing is posted without a password', async t => {
  const fake = await registryWithTokens(t, { instead: () => ({ status: 405 }) });
  assert.match(
    await asked(registryFor([fake.host]), `${fake.host}/a/b:1`),
    /gives no access token \(HTTP 405\)$/,
  );
  assert.equal(tokensOf(fake).length, 1);
});

test('a registry token is sent as it is, at once, and refused for good', async t => {
  const fake = await fakeRegistry(t, request =>
    request.headers.authorization === 'Bearer READY' && !request.path.includes('private')
      ? content(request)
      : {
          status: 401,
          headers: { 'www-authenticate': `Bearer realm="http://${request.headers.host}/token"` },
        },
  );
  const registry = registryFor([], { credentials: () => ({ kind: 'registry token', token: 'READY' }) });
  assert.equal(await asked(registry, `${fake.host}/a/b:1`), both);
  assert.match(
    await asked(registry, `${fake.host}/a/private:1`),
    /^denied: .*with the credentials stored for/,
  );
  assert.equal(fake.seen.length, 2);
});

test('a wrong password is not sent again and again', async t => {
  const fake = await registryWithTokens(t, { instead: () => ({ status: 401 }) });
  const registry = registryFor([], { credentials: () => alice });
  await registry.load(images(fake.host, 50));
  assert.match(inWords(registry.peek(imageOf(`${fake.host}/istio/image49:1`))), /^denied: /);
  assert.ok(tokensOf(fake).length <= 8, `${tokensOf(fake).length} times`);
});

test('a right password is not taken for a wrong one, although much of what it is sent for is not there', async t => {
  const fake = await registryWithTokens(t, {
    instead: ({ path }) => (path.includes('absent') ? { status: 401 } : undefined),
  });
  const registry = registryFor([], { credentials: () => alice });
  const absent = Array.from({ length: 8 }, (_, number) => imageOf(`${fake.host}/istio/absent${number}:1`));
  await registry.load([...absent, ...images(fake.host, 4)]);
  assert.equal(inWords(registry.peek(imageOf(`${fake.host}/istio/image3:1`))), both);
  const proofs = tokensOf(fake).filter(({ path }) => !path.includes('scope='));
  assert.equal(proofs.length, 1);
});

test('a public image is read although another one of the registry needs signing in', async t => {
  for (const challenge of ['Basic realm="x"', 'Bearer realm="http://HOST/token"']) {
    const fake = await fakeRegistry(t, (request, host) => {
      if (request.path.startsWith('/token')) return { status: 401 };
      const header = { 'www-authenticate': challenge.replace('HOST', host) };
      return request.path.includes('private') ? { status: 401, headers: header } : content(request);
    });
    const registry = registryFor([fake.host]);
    assert.match(await asked(registry, `${fake.host}/a/private:1`), /^denied: /);
    assert.equal(await asked(registry, `${fake.host}/a/public:1`), both);
  }
});

test('Harbor asks for a password where a token does not reach: the token is still the way', async t => {
  const fake = await fakeRegistry(t, ({ path, headers }, host) => {
    if (path.startsWith('/service/token'))
      return { body: JSON.stringify({ token: path.split('scope=').length > 2 ? 'shared' : 'own' }) };
    if (headers.authorization === 'Bearer own') return content({ path });
    const bearer = `Bearer realm="http://${host}/service/token",service="harbor-registry"`;
    const challenge = headers.authorization === undefined ? bearer : 'Basic realm="harbor"';
    return { status: 401, headers: { 'www-authenticate': challenge } };
  });
  assert.equal(await known(registryFor([fake.host]), images(fake.host, 3)), 3);
});
