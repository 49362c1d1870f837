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
const content = serve({ '1': multi });
const alice: Credential = { kind: 'password', username: 'alice', password: 's3cret' };
const basicAlice = `Basic ${Buffer.from('alice:s3cret').toString('base64')}`;

const bearer = (realm: string) =>
  `Bearer realm="${realm}",service="reg",scope="repository:someone/else:pull,push"`;
const unauthorized = (challenge: string | string[]): Answer => ({
  status: 401,
  headers: { 'www-authenticate': challenge },
});
const token = (value: unknown): Answer => ({ body: JSON.stringify({ token: value }) });

/** A registry that gives content only for a token from its own token server. */
function withTokens(
  t: test.TestContext,
  valid: (request: Seen) => boolean = () => true,
): Promise<FakeRegistry> {
  let issued = 0;
  return fakeRegistry(t, (request, host) => {
    if (request.path.startsWith('/token')) return token(`T${++issued}`);
    const good = request.headers.authorization?.startsWith('Bearer T') && valid(request);
    return good ? content(request) : unauthorized(bearer(`http://${host}/token?x=1`));
  });
}

test('a token costs two requests once, and none while it lasts', async t => {
  const fake = await withTokens(t);
  const registry = registryFor([fake.host]);
  assert.equal(await asked(registry, `${fake.host}/istio/pilot:1`), 'linux/amd64 linux/arm64');
  assert.deepEqual(fake.log().split('\n'), [
    'GET /v2/istio/pilot/manifests/1',
    'GET /token?x=1&service=reg&scope=repository%3Aistio%2Fpilot%3Apull',
    'GET /v2/istio/pilot/manifests/1',
  ]);
  assert.equal(fake.seen[1]?.headers.authorization, undefined);
  await asked(registry, `${fake.host}/istio/pilot:2`);
  assert.equal(fake.seen.length, 4);
  await asked(registry, `${fake.host}/istio/proxyv2:1`);
  assert.equal(fake.seen.length, 6);
});

test('lookups of one repository share one token, and one image one request', async t => {
  const fake = await withTokens(t);
  const registry = registryFor([fake.host]);
  const images = ['1', '1', '2', '3', '3'].map(tag => imageOf(`${fake.host}/istio/pilot:${tag}`));
  await registry.load(images);
  const paths = fake.seen.map(({ path }) => path);
  assert.equal(paths.filter(path => path.startsWith('/token')).length, 1);
  assert.equal(paths.filter(path => path.endsWith('/manifests/2')).length, 1);
  assert.equal(paths.length, 5);
});

test('case 17: a token that is no longer good is renewed once', async t => {
  let oldest = 1;
  const fake = await withTokens(t, ({ headers }) => Number(headers.authorization?.slice(8)) >= oldest);
  const registry = registryFor([fake.host]);
  await asked(registry, `${fake.host}/a/b:1`);
  oldest = 2;
  assert.match(await asked(registry, `${fake.host}/a/b:2`), /^absent: /);
  assert.deepEqual(
    fake.seen.slice(3).map(({ path }) => path.replace(/\?.*/, '')),
    ['/v2/a/b/manifests/2', '/token', '/v2/a/b/manifests/2'],
  );
});

test('case 17: a registry that never has enough is not asked for ever', async t => {
  const fake = await withTokens(t, () => false);
  const registry = registryFor([fake.host]);
  const why = `denied: not found, or private: ${fake.host} does not show it without credentials (docker login ${fake.host})`;
  assert.equal(await asked(registry, `${fake.host}/a/b:1`), why);
  assert.equal(fake.seen.length, 3);
  // The way to sign in is known by now: one token, one question.
  assert.equal(await asked(registry, `${fake.host}/c/d:1`), why);
  assert.equal(fake.seen.length, 5);
});

test('stored credentials get the token', async t => {
  const fake = await withTokens(t);
  const registry = registryFor([], { credentials: host => (host === fake.host ? alice : undefined) });
  assert.equal(await asked(registry, `${fake.host}/a/b:1`), 'linux/amd64 linux/arm64');
  assert.equal(fake.seen[1]?.headers.authorization, basicAlice);
  assert.match(fake.seen[1]?.path ?? '', /account=alice/);
});

test('an identity token is traded in for an access token', async t => {
  const fake = await withTokens(t);
  const registry = registryFor([], { credentials: () => ({ kind: 'identity', token: 'REFRESH' }) });
  assert.equal(await asked(registry, `${fake.host}/a/b:1`), 'linux/amd64 linux/arm64');
  const { method, headers, body = '' } = fake.seen[1] ?? {};
  assert.deepEqual([method, headers?.authorization], ['POST', undefined]);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(body)), {
    grant_type: 'refresh_token',
    refresh_token: 'REFRESH',
    client_id: 'meshfit',
    scope: 'repository:a/b:pull',
    service: 'reg',
  });
});

test('Basic is answered with the stored password, and then at once', async t => {
  const fake = await fakeRegistry(t, request =>
    request.headers.authorization === basicAlice ? content(request) : unauthorized('Basic realm="x"'),
  );
  const registry = registryFor([], { credentials: () => alice });
  assert.equal(await asked(registry, `${fake.host}/a/b:1`), 'linux/amd64 linux/arm64');
  assert.equal(fake.seen.length, 2);
  await asked(registry, `${fake.host}/a/b:2`);
  assert.equal(fake.seen.length, 3);
});

test('a password that is not taken is sent once', async t => {
  const fake = await fakeRegistry(t, () => unauthorized('BASIC'));
  const registry = registryFor([], { credentials: () => alice });
  assert.match(await asked(registry, `${fake.host}/a/b:1`), /with the credentials stored for/);
  assert.equal(fake.seen.filter(({ headers }) => headers.authorization !== undefined).length, 1);
});

test('case 18: Bearer is taken before Basic, known schemes before unknown ones, and only our own scope is asked for', async t => {
  const offers = (host: string) => [
    ['Negotiate', `Basic realm="x"`, bearer(`http://${host}/token`)],
    [`Digest realm="a,b", Basic realm="x\\"", ${bearer(`http://${host}/token`)}`],
    [bearer(`http://${host}/token`).replace('Bearer', 'BEARER')],
  ];
  for (const number of [0, 1, 2]) {
    const fake = await fakeRegistry(t, (request, host) => {
      if (request.path.startsWith('/token')) return token('T');
      const good = request.headers.authorization === 'Bearer T';
      return good ? content(request) : unauthorized(offers(host)[number] ?? []);
    });
    assert.equal(await asked(registryFor([fake.host]), `${fake.host}/a/b:1`), 'linux/amd64 linux/arm64');
    assert.match(fake.seen[1]?.path ?? '', /scope=repository%3Aa%2Fb%3Apull$/);
  }
});

test('case 11: a token server elsewhere does not see the credentials', async t => {
  const elsewhere = await fakeRegistry(t, () => token('T'));
  const realm = `http://localhost:${elsewhere.port}/token`;
  const fake = await fakeRegistry(t, () => unauthorized(bearer(realm)));
  const registry = registryFor([`localhost:${elsewhere.port}`], {
    credentials: host => (host === fake.host ? alice : undefined),
  });
  const why = `signs people in at localhost:${elsewhere.port}, which does not get the credentials stored for`;
  assert.ok((await asked(registry, `${fake.host}/a/b:1`)).includes(why));
  assert.equal(elsewhere.seen.length, 1);
  assert.equal(elsewhere.seen[0]?.headers.authorization, undefined);
  assert.doesNotMatch(elsewhere.log(), /account/);
});

test('case 11: another port of the same machine sees the credentials only if the user named it', async t => {
  const tokens = await fakeRegistry(t, () => token('T'));
  const fake = await fakeRegistry(t, request =>
    request.headers.authorization === 'Bearer T'
      ? content(request)
      : unauthorized(bearer(`http://${tokens.host}/token`)),
  );
  const credentials = (host: string) => (host === fake.host ? alice : undefined);
  assert.equal(
    await asked(registryFor([tokens.host], { credentials }), `${fake.host}/a/b:1`),
    'linux/amd64 linux/arm64',
  );
  assert.equal(tokens.seen[0]?.headers.authorization, basicAlice);
  assert.match(await asked(registryFor([], { credentials }), `${fake.host}/a/b:1`), /not reached by https/);
  assert.equal(tokens.seen.length, 1);
});

test('two registries with one token server keep their credentials apart', async t => {
  const servers: FakeRegistry[] = [];
  const credentials = (host: string): Credential | undefined =>
    host === servers[0]?.host ? alice : host === servers[1]?.host ? { ...alice, username: 'bob' } : undefined;
  const tokens = await fakeRegistry(t, ({ headers }) =>
    token(headers.authorization?.slice(6, 20) ?? 'anonymous'),
  );
  for (const _ of [0, 1, 2])
    servers.push(
      await fakeRegistry(t, request =>
        request.headers.authorization
          ? content(request)
          : unauthorized(bearer(`http://${tokens.host}/token`)),
      ),
    );
  const registry = registryFor([tokens.host, servers[2]?.host ?? ''], { credentials });
  for (const { host } of servers)
    assert.equal(await asked(registry, `${host}/a/b:1`), 'linux/amd64 linux/arm64');
  const sent = servers.map(({ seen }) => seen[1]?.headers.authorization);
  assert.equal(new Set(sent).size, 3);
  assert.equal(sent[2], 'Bearer anonymous');
});

const badRealms = [
  'token',
  '../token',
  '//evil.example/token',
  '/\\\\evil.example/token',
  '',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'http://registry.example/token',
  'http://169.254.169.254/token',
  'https://user:pw@registry.example/token',
  `https://registry.example/${'x'.repeat(10_000)}`,
];

for (const realm of badRealms) {
  test(`case 14: the realm ${realm.slice(0, 40)} is not asked`, async t => {
    const fake = await fakeRegistry(t, () => unauthorized(bearer(realm)));
    const registry = registryFor([fake.host], { lookup: () => assert.fail('looked up') });
    assert.match(await asked(registry, `${fake.host}/a/b:1`), /^unreachable: .* names a token server /);
    assert.equal(fake.seen.length, 1);
  });
}

const privateRealms = [
  'https://127.1/',
  'https://[::ffff:7f00:1]/',
  'https://0x7f.1/',
  'https://169.254.169.254/',
];

for (const realm of privateRealms) {
  test(`case 13: the realm ${realm} is recognised as a private address`, async t => {
    const fake = await fakeRegistry(t, () => unauthorized(bearer(realm)));
    assert.match(
      await asked(registryFor([fake.host]), `${fake.host}/a/b:1`),
      /inside a private network or on this machine/,
    );
  });
}

test('case 14: a challenge without a realm, or one that is not understood', async t => {
  for (const challenge of ['Bearer service="x"', 'Negotiate', '=', 'Bearer realm="http://unterminated', []]) {
    const fake = await fakeRegistry(t, () => unauthorized(challenge));
    const why = `unreachable: ${fake.host} asks to sign in in a way that is not understood`;
    assert.equal(await asked(registryFor([fake.host]), `${fake.host}/a/b:1`), why);
  }
});

test('case 15: a token server that redirects is not followed', async t => {
  const other = await fakeRegistry(t, () => token('T'));
  const fake = await fakeRegistry(t, ({ path }, host) =>
    path.startsWith('/token')
      ? { status: 302, headers: { location: `http://${other.host}/` } }
      : unauthorized(bearer(`http://${host}/token`)),
  );
  const registry = registryFor([other.host], { credentials: () => alice });
  assert.equal(
    await asked(registry, `${fake.host}/a/b:1`),
    `unreachable: ${fake.host} gives no access token (HTTP 302)`,
  );
  assert.equal(other.seen.length, 0);
});

const badTokens = ['not JSON', '{"token":{}}', '{"token":"a\\nb"}', '{}', '[]', 'null', 'x'.repeat(70_000)];

for (const body of badTokens) {
  test(`case 16: the token answer ${body.slice(0, 20)} is of no use`, async t => {
    const fake = await fakeRegistry(t, ({ path }, host) =>
      path.startsWith('/token') ? { body } : unauthorized(bearer(`http://${host}/token`)),
    );
    assert.match(
      await asked(registryFor([fake.host]), `${fake.host}/a/b:1`),
      /^unreachable: .*(no access token|too long)/,
    );
  });
}

test('a token server that lets nobody in means "not found, or private"', async t => {
  const fake = await fakeRegistry(t, ({ path }, host) =>
    path.startsWith('/token') ? { status: 403 } : unauthorized(bearer(`http://${host}/token`)),
  );
  const registry = registryFor([fake.host]);
  assert.match(await asked(registry, `${fake.host}/a/b:1`), /^denied: not found, or private/);
  assert.equal(inWords(registry.peek(imageOf(`${fake.host}/a/b:1`))).includes('s3cret'), false);
});

test('forgetting drops tokens and answers', async t => {
  const fake = await withTokens(t);
  const registry = registryFor([fake.host]);
  await asked(registry, `${fake.host}/a/b:1`);
  registry.forget();
  assert.equal(registry.peek(imageOf(`${fake.host}/a/b:1`)).kind, 'pending');
  await asked(registry, `${fake.host}/a/b:1`);
  assert.equal(fake.seen.length, 6);
});
