import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import test from 'node:test';
import { ask, imageOf, registryFor } from '../support/askRegistry';
import { fakeRegistry, index } from '../support/fakeRegistry';

const multi = index('linux/arm64');

/** A registry that keeps everybody waiting until it is told to answer. */
async function holding(t: test.TestContext) {
  const held: ServerResponse[] = [];
  let most = 0;
  let arrived = () => {};
  const fake = await fakeRegistry(t, () => response => {
    held.push(response);
    most = Math.max(most, held.length);
    arrived();
  });
  const until = async (count: number) => {
    while (held.length < count) await new Promise<void>(resolve => (arrived = resolve));
  };
  const answerAll = () => {
    for (const response of held.splice(0)) response.end(multi.body);
  };
  return { fake, held, until, answerAll, most: () => most };
}

test('case 44: an aborted lookup closes its connection and leaves no fact', { timeout: 5000 }, async t => {
  const { fake, held, until } = await holding(t);
  const registry = registryFor([fake.host]);
  const image = imageOf(`${fake.host}/a/b:1`);
  const controller = new AbortController();
  const loading = registry.load([image], controller.signal);
  await until(1);
  const closed = once(held[0] ?? assert.fail(), 'close');
  controller.abort();
  await Promise.all([loading, closed]);
  assert.equal(registry.peek(image).kind, 'pending');
});

test('who stays gets the answer, although another left', { timeout: 5000 }, async t => {
  const { fake, until, answerAll } = await holding(t);
  const registry = registryFor([fake.host]);
  const image = imageOf(`${fake.host}/a/b:1`);
  const controller = new AbortController();
  const leaving = registry.load([image], controller.signal);
  const staying = registry.load([image]);
  await until(1);
  controller.abort();
  await leaving;
  answerAll();
  await staying;
  assert.equal(registry.peek(image).kind, 'known');
  assert.equal(fake.seen.length, 1);
});

test('a lookup can be started anew right after it was aborted', { timeout: 5000 }, async t => {
  const { fake, until, answerAll } = await holding(t);
  const registry = registryFor([fake.host]);
  const image = imageOf(`${fake.host}/a/b:1`);
  const controller = new AbortController();
  const first = registry.load([image], controller.signal);
  await until(1);
  controller.abort();
  const second = registry.load([image]);
  await until(2);
  answerAll();
  await Promise.all([first, second]);
  assert.equal(registry.peek(image).kind, 'known');
});

test('a signal that was aborted before asks nothing', async t => {
  const { fake } = await holding(t);
  const registry = registryFor([fake.host]);
  await registry.load([imageOf(`${fake.host}/a/b:1`)], AbortSignal.abort());
  assert.equal(fake.seen.length, 0);
});

test('four at a time for one host, and the others do not wait for it', { timeout: 10_000 }, async t => {
  const slow = await holding(t);
  const slower = await holding(t);
  const quick = await fakeRegistry(t, () => multi);
  const all = [slow, slower];
  const registry = registryFor([slow.fake.host, slower.fake.host, quick.host]);
  const many = (host: string) => Array.from({ length: 10 }, (_, n) => imageOf(`${host}/a/b:${n}`));
  const loading = registry.load(all.flatMap(({ fake }) => many(fake.host)));
  await Promise.all(all.map(({ until }) => until(1)));
  for (const { answerAll } of all) answerAll();
  await Promise.all(all.map(({ until }) => until(4)));
  assert.equal((await ask(registry, `${quick.host}/a/b:1`)).kind, 'known');
  for (const { fake } of all) assert.equal(fake.seen.length, 5);
  const answering = setInterval(() => {
    for (const { answerAll } of all) answerAll();
  }, 1);
  await loading;
  clearInterval(answering);
  assert.deepEqual(
    all.map(({ most, fake }) => [most(), fake.seen.length]),
    [
      [4, 10],
      [4, 10],
    ],
  );
});

test('one lookup meets a new host, and the others follow it', { timeout: 5000 }, async t => {
  const { fake, until, answerAll } = await holding(t);
  const registry = registryFor([fake.host]);
  const loading = registry.load(['1', '2', '3'].map(tag => imageOf(`${fake.host}/a/b:${tag}`)));
  await until(1);
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  assert.equal(fake.seen.length, 1);
  answerAll();
  await until(2);
  answerAll();
  await loading;
  assert.equal(fake.seen.length, 3);
});

test('who waits for the first lookup of a host can leave, and the next takes its place', {
  timeout: 5000,
}, async t => {
  const { fake, until, answerAll } = await holding(t);
  const registry = registryFor([fake.host]);
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
  const load = (tag: string, { signal }: AbortController) =>
    registry.load([imageOf(`${fake.host}/a/b:${tag}`)], signal);
  const loading = [load('1', first), load('2', second), load('3', third)];
  await until(1);
  second.abort();
  await loading[1];
  first.abort();
  await until(2);
  answerAll();
  await Promise.all(loading);
  assert.deepEqual(
    fake.seen.map(({ path }) => path.slice(-1)),
    ['1', '3'],
  );
});

test('case 35: five thousand references of one host are throttled and answered', {
  timeout: 60_000,
}, async t => {
  const fake = await fakeRegistry(t, () => multi);
  const registry = registryFor([fake.host]);
  const images = Array.from({ length: 500 }, (_, n) => imageOf(`${fake.host}/a/b:${n}`));
  await registry.load(Array.from({ length: 10 }, () => images).flat());
  assert.equal(fake.seen.length, 500);
  assert.ok(fake.connections() <= 4);
});

test('many lookups for one document are no leak that Node would warn of', async t => {
  const warnings: string[] = [];
  const note = ({ message }: Error) => void warnings.push(message);
  process.on('warning', note);
  t.after(() => process.off('warning', note));
  const fake = await fakeRegistry(t, () => ({ status: 404 }));
  const images = Array.from({ length: 20 }, (_, number) => imageOf(`${fake.host}/a/image${number}:1`));
  await registryFor([fake.host]).load(images, new AbortController().signal);
  assert.deepEqual(warnings, []);
});
