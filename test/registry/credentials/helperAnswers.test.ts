import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import test from 'node:test';
import type { HelperAnswer } from '../../../server/src/registry/credentials/credentialHelper';
import { createHelperAnswers } from '../../../server/src/registry/credentials/helperAnswers';
import { inWords } from '../../support/userHome';

const minutes = 60_000;
const question = (registry: string, helper = 'x') =>
  ({ kind: 'helper', helper, server: registry, registry }) as const;
const password = (username: string): HelperAnswer => ({
  kind: 'credential',
  credential: { kind: 'password', username, password: 'p' },
  account: username,
});
const failed = (wholly: boolean): HelperAnswer => ({ kind: 'failed', why: 'broken', wholly });

/** Answers of a helper that is a function, with a clock that is set by hand; `asked` are the registries it was asked for. */
function answersOf(answer: (asked: number, registry: string) => HelperAnswer | Promise<HelperAnswer>) {
  const clock = { time: 0 };
  const asked: string[] = [];
  const answers = createHelperAnswers(
    async ({ registry }) => answer(asked.push(registry), registry),
    () => clock.time,
  );
  const signal = new AbortController().signal;
  const get = async (registry: string, helper?: string) =>
    inWords(await answers.get(question(registry, helper), signal));
  return { answers, clock, asked, get };
}

test('an answer holds for ten minutes, and the last one is known after that', async () => {
  const { answers, clock, asked, get } = answersOf(number => password(`user${number}`));
  assert.equal(answers.known(question('a')), undefined);
  assert.equal(await get('a'), 'user1:p');
  clock.time = 10 * minutes - 1;
  assert.deepEqual([await get('a'), asked.length], ['user1:p', 1]);
  clock.time = 10 * minutes;
  assert.equal(inWords(answers.known(question('a'))), 'user1:p');
  assert.deepEqual([await get('a'), asked.length], ['user2:p', 2]);
});

test('that there is nothing holds for ten minutes as well', async () => {
  const { clock, asked, get } = answersOf(() => ({ kind: 'none' }));
  await get('a');
  clock.time = 9 * minutes;
  assert.deepEqual([await get('a'), asked.length], ['none', 1]);
});

test('a failure holds for 5 s, and twice as long each time', async () => {
  const { clock, asked, get } = answersOf(() => failed(false));
  const times: number[] = [];
  for (; clock.time < 30 * minutes; clock.time += 1000) {
    await get('a');
    if (asked.length > times.length) times.push(clock.time / 1000);
  }
  assert.deepEqual(times, [0, 5, 15, 35, 75, 155, 315, 635, 1235]);
});

test('case 45: a clock that is put back does not keep an answer', async () => {
  const { clock, asked, get } = answersOf(number => password(`user${number}`));
  clock.time = 100 * minutes;
  await get('a');
  clock.time = 0;
  assert.deepEqual([await get('a'), asked.length], ['user2:p', 2]);
});

test("a helper that can't be had at all is left alone for all registries, and no other is", async () => {
  const { answers, clock, asked, get } = answersOf((_, registry) => failed(registry !== 'c'));
  await get('a');
  assert.equal(await get('b'), 'failed: broken');
  assert.deepEqual(asked, ['a']);
  assert.equal(inWords(answers.known(question('b'))), 'failed: broken');
  await get('c', 'y');
  await get('d', 'y');
  assert.deepEqual(asked, ['a', 'c', 'd']);
  clock.time = 5000;
  await get('b');
  assert.deepEqual(asked, ['a', 'c', 'd', 'b']);
});

test('who asks at the same time shares the answer, and four run at once', async () => {
  let running = 0;
  let most = 0;
  const { asked, get } = answersOf(async () => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running -= 1;
    return password('user');
  });
  const registries = Array.from({ length: 30 }, (_, index) => `${index % 10}`);
  await Promise.all(registries.map(registry => get(registry)));
  assert.deepEqual([asked.length, most], [10, 4]);
});

test('what was under way when all was forgotten is not kept', async () => {
  const release = new EventEmitter();
  const slow = once(release, 'now').then(() => password('old'));
  const { answers, get } = answersOf(number => (number === 1 ? slow : password('new')));
  const old = get('a');
  answers.forget();
  assert.equal(await get('a'), 'new:p');
  release.emit('now');
  assert.equal(await old, 'old:p');
  assert.equal(inWords(answers.known(question('a'))), 'new:p');
});
