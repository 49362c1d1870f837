import assert from 'node:assert/strict';
import test from 'node:test';
import { createBreaker } from '../../server/src/registry/breaker';
import { trouble } from '../../server/src/registry/trouble';
import { ask, asked, imageOf, registryFor } from '../support/askRegistry';
import { fakeRegistry, index, serve } from '../support/fakeRegistry';

const multi = index('linux/arm64');
const down = { ...trouble('refuses connections', true), hostWide: true };

/** A breaker with a clock of its own, without chance unless it is given. */
function breakerAt(random = 0) {
  const clock = { now: 1e12 };
  const breaker = createBreaker(
    () => clock.now,
    () => random,
  );
  const left = () => (breaker.pause()?.until ?? clock.now) - clock.now;
  return { clock, breaker, left };
}

test('case 30: a host that fails again and again is left alone for 0.1 s, then twice as long, at most 30 s', () => {
  const { clock, breaker, left } = breakerAt();
  const pauses = Array.from({ length: 12 }, () => {
    breaker.ended(down);
    const pause = left();
    clock.now += pause;
    return pause;
  });
  assert.deepEqual(pauses.slice(0, 4), [100, 200, 400, 800]);
  assert.deepEqual(pauses.slice(-3), [30_000, 30_000, 30_000]);
});

test('case 30: chance shortens a pause by up to a half, so that clients do not come back together', () => {
  for (const [random, milliseconds] of [
    [0, 100],
    [0.5, 75],
    [1, 50],
  ] as const) {
    const { breaker, left } = breakerAt(random);
    breaker.ended(down);
    assert.equal(left(), milliseconds);
  }
});

test('lookups that fail together count once', () => {
  const { breaker, left } = breakerAt();
  for (let count = 0; count < 4; count += 1) breaker.ended(down);
  assert.equal(left(), 100);
});

test('an answer makes everything good again, also that an image is not there', () => {
  const { clock, breaker, left } = breakerAt();
  breaker.ended(down);
  clock.now += 1000;
  breaker.ended(undefined);
  assert.equal(breaker.proven(), true);
  breaker.ended(down);
  assert.equal(left(), 100);
});

test('case 30: one image that fails stands for itself, three in a row for the host', () => {
  const { breaker, left } = breakerAt();
  const broken = trouble('HTTP 500', true);
  breaker.ended(broken);
  breaker.ended(broken);
  assert.equal(left(), 0);
  breaker.ended(broken);
  assert.equal(left(), 100);
});

test('case 45: a clock that is put back ends a pause, and one that is put forward does, too', () => {
  for (const jump of [-3_600_000, 3_600_000]) {
    const { clock, breaker } = breakerAt();
    breaker.ended({ ...down, wait: 60_000 });
    assert.equal(breaker.paused(false)?.wait, 60_000);
    clock.now += jump;
    assert.equal(breaker.paused(false), undefined);
  }
});

test('case 29: a wish of the user does not end the pause that a server has asked for, but any other', () => {
  const { breaker } = breakerAt();
  breaker.ended(down);
  assert.equal(breaker.paused(true), undefined);
  breaker.ended({ ...down, wait: 60_000 });
  assert.equal(breaker.paused(true)?.wait, 60_000);
});

test('case 30: a storm of server errors is not fed with fifty images', async t => {
  const fake = await fakeRegistry(t, () => ({ status: 503 }));
  const registry = registryFor([fake.host]);
  await registry.load(Array.from({ length: 50 }, (_, n) => imageOf(`${fake.host}/a/b:${n}`)));
  assert.equal(fake.seen.length, 9);
  assert.equal(registry.peek(imageOf(`${fake.host}/a/b:49`)).kind, 'unreachable');
});

test('case 29: one lookup tries a host again after its pause, and the others follow', async t => {
  let time = 1e12;
  let busy = true;
  const fake = await fakeRegistry(t, request =>
    busy ? { status: 429, headers: { 'retry-after': '60' } } : serve({ '1': multi, '2': multi })(request),
  );
  const registry = registryFor([fake.host], { now: () => time });
  const images = ['1', '2'].map(tag => imageOf(`${fake.host}/a/b:${tag}`));
  await registry.load(images);
  time += 61_000;
  await registry.load(images);
  assert.equal(fake.seen.length, 2);
  busy = false;
  time += 61_000;
  await registry.load(images);
  assert.deepEqual([fake.seen.length, registry.peek(imageOf(`${fake.host}/a/b:2`)).kind], [4, 'known']);
});

test('case 29: 1,000 images of a host that wants to be left alone make one request', async t => {
  const fake = await fakeRegistry(t, () => ({ status: 429, headers: { 'retry-after': '86400' } }));
  const registry = registryFor([fake.host], { now: () => 1e12 });
  const images = Array.from({ length: 1000 }, (_, n) => imageOf(`${fake.host}/a/b:${n}`));
  await registry.load(images);
  await registry.explicitly().load(images.map(image => ({ image, depth: 'index' })));
  assert.equal(fake.seen.length, 1);
  assert.deepEqual(registry.status(), [
    {
      host: fake.host,
      paused: { until: 1e12 + 3_600_000, why: `${fake.host} says that it is asked too often` },
    },
  ]);
});

test('a wish of the user tries once more what could not be reached, and only once', async t => {
  let status = 500;
  const fake = await fakeRegistry(t, request =>
    status === 500 ? { status } : serve({ '1': multi })(request),
  );
  const registry = registryFor([fake.host]);
  const image = imageOf(`${fake.host}/a/b:1`);
  assert.equal((await ask(registry, `${fake.host}/a/b:1`)).kind, 'unreachable');
  const wish = registry.explicitly();
  assert.equal(wish.peek(image).kind, 'pending');
  await wish.load([{ image, depth: 'index' }]);
  assert.deepEqual([wish.peek(image).kind, fake.seen.length], ['unreachable', 6]);
  status = 200;
  await registry.explicitly().load([{ image, depth: 'index' }]);
  assert.equal(await asked(registry, `${fake.host}/a/b:1`), 'linux/arm64');
});

test('case 35: 10,000 hosts that nobody has allowed are not asked, and not even looked up', async () => {
  const looked: string[] = [];
  const registry = registryFor([], { lookup: name => void looked.push(name) });
  const images = Array.from({ length: 10_000 }, (_, n) => imageOf(`host${n}.example:5000/a/b:1`));
  await registry.load(images);
  assert.deepEqual(new Set(images.map(image => registry.peek(image).kind)), new Set(['notAllowed']));
  assert.deepEqual([looked, registry.status()], [[], []]);
});
