import assert from 'node:assert/strict';
import test from 'node:test';
import { ask, asked, imageOf, registryFor } from '../support/askRegistry';
import { fakeRegistry, index, serve } from '../support/fakeRegistry';

const multi = index('linux/arm64');

/** A registry that lets a user pull so many images in six hours, as Docker Hub does: GET counts, HEAD does not. */
async function counting(t: test.TestContext, limit: number) {
  let remaining = limit;
  const fake = await fakeRegistry(t, request => {
    if (request.method === 'GET' && request.path.includes('/manifests/')) remaining -= 1;
    const headers = {
      'ratelimit-limit': `${limit};w=21600`,
      'ratelimit-remaining': `${Math.max(remaining, 0)};w=21600`,
    };
    const answer = serve({ '1': multi, '2': multi, '3': multi })(request);
    return typeof answer === 'function' ? answer : { ...answer, headers: { ...answer.headers, ...headers } };
  });
  const pulls = () =>
    fake.seen.filter(({ method, path }) => method === 'GET' && path.includes('/manifests/'));
  return { fake, pulls };
}

test('what is left is shown', async t => {
  const { fake } = await counting(t, 100);
  const registry = registryFor([fake.host], { now: () => 1e12 });
  await ask(registry, `${fake.host}/a/b:1`);
  const allowance = registry.status()[0]?.allowance;
  assert.deepEqual(
    [allowance?.remaining, allowance?.limit, allowance?.resets],
    [99, 100, 1e12 + 6 * 3_600_000],
  );
});

test('with fewer than ten pulls left nothing is pulled on its own, and what to do is said', async t => {
  const { fake, pulls } = await counting(t, 10);
  const registry = registryFor([fake.host]);
  assert.equal(await asked(registry, `${fake.host}/a/b:1`), 'linux/arm64');
  assert.match(
    await asked(registry, `${fake.host}/a/c:2`),
    /^unreachable: \S+ has 9 of 10 pulls left for you until \d\d:\d\d, which are kept for your own; the command "Meshfit: Check This File"/,
  );
  assert.equal(pulls().length, 1);
});

test('a wish of the user goes on', async t => {
  const { fake, pulls } = await counting(t, 10);
  const registry = registryFor([fake.host]);
  for (const name of ['b:1', 'c:2']) await ask(registry, `${fake.host}/a/${name}`);
  const image = imageOf(`${fake.host}/a/c:2`);
  await registry.explicitly().load([{ image, depth: 'index' }]);
  assert.deepEqual([registry.peek(image).kind, pulls().length], ['known', 2]);
});

test('case 45: the rest is kept until the window is over, also when the clock jumps', async t => {
  let time = 1e12;
  const { fake, pulls } = await counting(t, 10);
  const registry = registryFor([fake.host], { now: () => time });
  await ask(registry, `${fake.host}/a/b:1`);
  time += 5 * 3_600_000;
  assert.equal((await ask(registry, `${fake.host}/a/c:2`)).kind, 'unreachable');
  time += 2 * 3_600_000;
  assert.equal((await ask(registry, `${fake.host}/a/c:2`)).kind, 'known');
  time -= 24 * 3_600_000;
  assert.equal((await ask(registry, `${fake.host}/a/d:3`)).kind, 'known');
  assert.equal(pulls().length, 3);
});

test('headers of another kind are no budget', async t => {
  const fake = await fakeRegistry(t, request => {
    const answer = serve({ '1': multi, '2': multi })(request);
    const headers = { 'ratelimit-remaining': '3', 'ratelimit-limit': 'x;w=y' };
    return typeof answer === 'function' ? answer : { ...answer, headers: { ...answer.headers, ...headers } };
  });
  const registry = registryFor([fake.host]);
  for (const tag of ['1', '2']) assert.equal(await asked(registry, `${fake.host}/a/b:${tag}`), 'linux/arm64');
  assert.equal(registry.status()[0]?.allowance, undefined);
});
