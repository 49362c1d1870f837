import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { Credential } from '../../server/src/registry/credential';
import { createDiskMemory } from '../../server/src/registry/diskMemory';
import { type AskOptions, ask, asked, imageOf, registryFor } from '../support/askRegistry';
import { fakeRegistry, index, serve } from '../support/fakeRegistry';

const multi = index('linux/arm64');
const minutes = 60_000;

/** Sessions one after the other that share a file and a clock. */
function sessions(t: test.TestContext, host: string) {
  const folder = mkdtempSync(join(tmpdir(), 'meshfit-remember-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const clock = { now: 1e12 };
  const file = join(folder, 'answers.json');
  const log = (message: string) => assert.fail(message);
  const start = (options: AskOptions = {}) => {
    const memory = createDiskMemory({ file, now: () => clock.now, log, rest: 60_000 });
    const registry = registryFor([host], { memory, now: () => clock.now, ...options });
    return { registry, end: memory.flush };
  };
  return { clock, file, start };
}

test('the next session asks for nothing that is fresh', async t => {
  const fake = await fakeRegistry(t, serve({ '1': multi }));
  const { start, clock } = sessions(t, fake.host);
  const first = start();
  await ask(first.registry, `${fake.host}/a/b:1`);
  await first.end();
  clock.now += 14 * minutes;
  const second = start();
  assert.equal(await asked(second.registry, `${fake.host}/a/b:1`), 'linux/arm64');
  assert.equal(await asked(second.registry, `${fake.host}/a/b@${multi.digest}`), 'linux/arm64');
  assert.equal(fake.seen.length, 1);
});

test('an older answer is shown with its age at once, and one question by HEAD makes it new', async t => {
  const fake = await fakeRegistry(t, request => {
    const answer = serve({ '1': multi })(request);
    const headers = { 'docker-content-digest': multi.digest };
    return typeof answer === 'function' ? answer : { ...answer, headers: { ...answer.headers, ...headers } };
  });
  const { start, clock } = sessions(t, fake.host);
  const image = imageOf(`${fake.host}/a/b:1`);
  const first = start();
  await ask(first.registry, `${fake.host}/a/b:1`);
  await first.end();
  clock.now += 180 * minutes;
  const { registry } = start();
  const shown = registry.peek(image);
  assert.deepEqual(shown.kind === 'known' && [shown.old, shown.seen], [true, 1e12]);
  assert.equal(registry.peek(image), shown);
  await registry.load([image]);
  const now = registry.peek(image);
  assert.deepEqual(now.kind === 'known' && [now.old, now.seen], [undefined, clock.now]);
  assert.equal(fake.log(), 'GET /v2/a/b/manifests/1\nHEAD /v2/a/b/manifests/1');
});

test('content by its digest counts for ever, a tag for a day', async t => {
  const fake = await fakeRegistry(t, serve({ '1': multi }));
  const { start, clock } = sessions(t, fake.host);
  const first = start();
  await ask(first.registry, `${fake.host}/a/b:1`);
  await first.end();
  clock.now += 24 * 60 * minutes;
  const { registry } = start();
  assert.equal(registry.peek(imageOf(`${fake.host}/a/b:1`)).kind, 'pending');
  assert.equal(registry.peek(imageOf(`${fake.host}/a/b@${multi.digest}`)).kind, 'known');
});

test('case 45: a clock that was put back makes no tag young again', async t => {
  const fake = await fakeRegistry(t, serve({ '1': multi }));
  const { start, clock } = sessions(t, fake.host);
  const first = start();
  await ask(first.registry, `${fake.host}/a/b:1`);
  await first.end();
  clock.now -= 60 * minutes;
  assert.equal(start().registry.peek(imageOf(`${fake.host}/a/b:1`)).kind, 'pending');
});

test('case 45: an answer from before the clock was put back is asked for again, and then counts', async t => {
  const fake = await fakeRegistry(t, serve({ '1': multi }));
  const { start, clock } = sessions(t, fake.host);
  const { registry } = start();
  await ask(registry, `${fake.host}/a/b:1`);
  clock.now -= 60 * minutes;
  const fact = await ask(registry, `${fake.host}/a/b:1`);
  assert.deepEqual(fact.kind === 'known' && fact.seen, clock.now);
});

test('an old answer is shown on while the registry is away', async t => {
  let away = false;
  const fake = await fakeRegistry(t, request => (away ? { status: 503 } : serve({ '1': multi })(request)));
  const { start, clock } = sessions(t, fake.host);
  const first = start();
  await ask(first.registry, `${fake.host}/a/b:1`);
  await first.end();
  clock.now += 60 * minutes;
  away = true;
  const fact = await ask(start().registry, `${fake.host}/a/b:1`);
  assert.deepEqual(fact.kind === 'known' && [fact.seen, fact.old], [1e12, undefined]);
});

test('case 41: what was answered to one account is not shown to another, also from disk', async t => {
  const fake = await fakeRegistry(t, ({ headers, path }) =>
    headers.authorization === undefined
      ? { status: 401, headers: { 'www-authenticate': 'Basic' } }
      : serve({ '1': multi })({ path }),
  );
  const { start, file } = sessions(t, fake.host);
  const alice = (): Credential => ({ kind: 'password', username: 'alice', password: 's3cret' });
  const first = start({ credentials: alice });
  assert.equal(await asked(first.registry, `${fake.host}/a/b:1`), 'linux/arm64');
  await first.end();
  const anybody = start();
  for (const name of ['b:1', `b@${multi.digest}`])
    assert.equal(anybody.registry.peek(imageOf(`${fake.host}/a/${name}`)).kind, 'pending');
  assert.equal(start({ credentials: alice }).registry.peek(imageOf(`${fake.host}/a/b:1`)).kind, 'known');
  assert.doesNotMatch(readFileSync(file, 'utf8'), /alice|s3cret|YWxpY2U6/);
});

test('forgetting drops what is on disk', async t => {
  const fake = await fakeRegistry(t, serve({ '1': multi }));
  const { start } = sessions(t, fake.host);
  const first = start();
  await ask(first.registry, `${fake.host}/a/b:1`);
  await first.end();
  first.registry.forget();
  await first.end();
  assert.equal(start().registry.peek(imageOf(`${fake.host}/a/b:1`)).kind, 'pending');
});

test('case 41: an answer for somebody who has signed out meanwhile is kept for nobody', async t => {
  const alice: Credential = { kind: 'password', username: 'alice', password: 's3cret' };
  let login: Credential | undefined = alice;
  const answer = serve({ '1': multi });
  const fake = await fakeRegistry(t, request => {
    const { authorization } = request.headers;
    if (authorization === undefined)
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' }, body: '' };
    login = undefined;
    return answer(request);
  });
  const registry = registryFor([fake.host], { credentials: () => login });
  await ask(registry, `${fake.host}/a/b:1`);
  assert.equal(registry.peek(imageOf(`${fake.host}/a/b:1`)).kind, 'pending');
  assert.match(await asked(registry, `${fake.host}/a/b:1`), /^denied: /);
});
