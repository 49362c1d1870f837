import assert from 'node:assert/strict';
import test from 'node:test';
import { type AskedRegistry, ask, inWords, registryFor } from '../support/askRegistry';
import {
  type Answer,
  type Content,
  config,
  fakeRegistry,
  image,
  index,
  type Seen,
} from '../support/fakeRegistry';

const first = index('linux/amd64');
const second = index('linux/amd64', 'linux/arm64');

/** How a registry's `HEAD` differs from what it should be. */
type Head = (right: Answer, request: Seen) => Answer;

/** A registry whose tag `1` can be moved, and a client whose clock can be. */
async function moving(t: test.TestContext, head: Head = right => right) {
  let leads: Content | undefined = first;
  let time = Date.now();
  const single = config('linux/arm64');
  const fake = await fakeRegistry(t, request => {
    const { method, path, headers } = request;
    const reference = path.split('/').at(-1);
    const all = [first, second, image(single), single];
    const found = reference === '1' ? leads : all.find(({ digest }) => digest === reference);
    if (found === undefined) return method === 'HEAD' ? head({ status: 404 }, request) : { status: 404 };
    const named = { ...found.headers, 'docker-content-digest': found.digest, etag: `"${found.digest}"` };
    if (method === 'GET' && headers['if-none-match'] !== `"${found.digest}"`)
      return { headers: named, body: found.body };
    const unchanged = headers['if-none-match'] === `"${found.digest}"`;
    return method === 'HEAD'
      ? head({ status: unchanged ? 304 : 200, headers: named }, request)
      : { status: 304, headers: named };
  });
  const registry = registryFor([fake.host], { now: () => time });
  const name = `${fake.host}/a/b:1`;
  return {
    fake,
    name,
    registry,
    move: (to: Content | undefined) => {
      leads = to;
    },
    /** Asks when the last answer has grown old; gives the answer and the methods of the requests for it. */
    askLater: async (asker: AskedRegistry = registry, hours = 1) => {
      time += hours * 3_600_000;
      const before = fake.seen.length;
      const fact = await ask(asker, name);
      return {
        fact,
        time,
        methods: fake.seen
          .slice(before)
          .map(({ method }) => method)
          .join(' '),
      };
    },
  };
}

test('the first question is a GET, and a HEAD tells that nothing has changed', async t => {
  const { fake, askLater } = await moving(t);
  assert.equal((await askLater()).methods, 'GET');
  const { fact, methods, time } = await askLater();
  assert.equal(methods, 'HEAD');
  assert.equal(fake.seen[1]?.headers['if-none-match'], `"${first.digest}"`);
  assert.match(fake.seen[1]?.headers.accept ?? '', /oci\.image\.index/);
  assert.ok(fact.kind === 'known' && fact.old === undefined && fact.seen === time);
  assert.equal(inWords(fact), 'linux/amd64');
});

test('an answer is asked for by HEAD also after days', async t => {
  const { askLater } = await moving(t);
  await askLater();
  assert.equal((await askLater(undefined, 72)).methods, 'HEAD');
});

test('a HEAD that knows no 304 tells by its digest that nothing has changed', async t => {
  const { askLater } = await moving(t, () => ({ headers: { 'docker-content-digest': first.digest } }));
  await askLater();
  assert.equal((await askLater()).methods, 'HEAD');
});

test('a tag that was moved is fetched, and not again when it is moved back', async t => {
  const { move, askLater } = await moving(t);
  await askLater();
  move(second);
  const moved = await askLater();
  assert.equal(moved.methods, 'HEAD GET');
  assert.equal(inWords(moved.fact), 'linux/amd64 linux/arm64');
  assert.ok(moved.fact.kind === 'known' && moved.fact.digest === second.digest);
  move(first);
  const back = await askLater();
  assert.equal(back.methods, 'HEAD');
  assert.equal(inWords(back.fact), 'linux/amd64');
});

test('a tag that was deleted is absent', async t => {
  const { move, askLater } = await moving(t);
  await askLater();
  move(undefined);
  const { fact, methods } = await askLater();
  assert.equal(fact.kind, 'absent');
  assert.equal(methods, 'HEAD GET');
});

const useless: readonly (readonly [string, Head])[] = [
  ['405', () => ({ status: 405 })],
  ['400', () => ({ status: 400 })],
  ['501', () => ({ status: 501 })],
  ['404 for all', () => ({ status: 404 })],
  ['403 for all', () => ({ status: 403 })],
  ['200 without a digest', () => ({ status: 200 })],
  ['200 with something that is no digest', () => ({ headers: { 'docker-content-digest': 'sha256:1' } })],
];

for (const [title, head] of useless) {
  test(`a registry whose HEAD is of no use (${title}) is asked by GET, from the second time on alone`, async t => {
    const { fake, askLater, move } = await moving(t, head);
    await askLater();
    move(second);
    const moved = await askLater();
    assert.equal(moved.methods, 'HEAD GET');
    assert.equal(inWords(moved.fact), 'linux/amd64 linux/arm64');
    const same = await askLater();
    assert.equal(same.methods, 'GET');
    assert.equal(fake.seen.at(-1)?.headers['if-none-match'], `"${second.digest}"`);
    assert.equal(inWords(same.fact), 'linux/amd64 linux/arm64');
  });
}

test('a HEAD that fails leaves the old answer', async t => {
  const { askLater } = await moving(t, () => ({ status: 503 }));
  await askLater();
  const { fact } = await askLater();
  assert.equal(inWords(fact), 'linux/amd64');
});

test('a single image costs a HEAD too', async t => {
  const { move, askLater } = await moving(t);
  move(image(config('linux/arm64')));
  assert.equal((await askLater()).methods, 'GET GET');
  const { fact, methods } = await askLater();
  assert.equal(methods, 'HEAD');
  assert.equal(inWords(fact), 'linux/arm64');
});

test('a 304 that nobody asked for is no answer', async t => {
  const fake = await fakeRegistry(t, () => ({ status: 304 }));
  const fact = await ask(registryFor([fake.host]), `${fake.host}/a/b:1`);
  assert.match(inWords(fact), /^unreachable: .* answered with HTTP 304$/);
});

test('a HEAD signs in as a GET does', async t => {
  let refuse = false;
  const fake = await fakeRegistry(t, ({ method, path, headers }, host) => {
    if (path.startsWith('/token')) return { body: '{"token":"T"}' };
    if (headers.authorization !== 'Bearer T' && refuse)
      return { status: 401, headers: { 'www-authenticate': `Bearer realm="http://${host}/token"` } };
    const named = { ...first.headers, 'docker-content-digest': first.digest };
    return method === 'HEAD' ? { headers: named } : { headers: named, body: first.body };
  });
  let time = Date.now();
  const registry = registryFor([fake.host], { now: () => time });
  await ask(registry, `${fake.host}/a/b:1`);
  refuse = true;
  time += 3_600_000;
  assert.equal(inWords(await ask(registry, `${fake.host}/a/b:1`)), 'linux/amd64');
  const steps = fake.seen.map(({ method, path }) => `${method} ${path.startsWith('/v2/') ? 'tag' : 'token'}`);
  assert.deepEqual(steps, ['GET tag', 'HEAD tag', 'GET token', 'HEAD tag']);
});
