import assert from 'node:assert/strict';
import test from 'node:test';
import { createFirstContact } from '../../server/src/registry/firstContact';

const { signal } = new AbortController();

/** Whether a promise is settled once everything that is ready has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  await new Promise(resolve => setImmediate(resolve));
  return settled;
}

test('one goes ahead, the others wait until the registry has answered', async () => {
  const contact = createFirstContact(10_000);
  const leave = await contact.enter('a', signal);
  const others = [contact.enter('a', signal), contact.enter('a', signal)];
  assert.equal(await isSettled(Promise.race(others)), false);
  assert.equal(await isSettled(contact.enter('b', signal)), true);
  leave(true);
  await Promise.all(others);
  await contact.enter('a', signal);
});

test('where the first one fails the next goes ahead, and again one alone', async () => {
  const contact = createFirstContact(10_000);
  const leave = await contact.enter('a', signal);
  const second = contact.enter('a', signal);
  const third = contact.enter('a', signal);
  leave(false);
  (await second)(true);
  await third;
});

test('nobody waits for one that takes too long', { timeout: 5000 }, async () => {
  const contact = createFirstContact(20);
  await contact.enter('a', signal);
  await contact.enter('a', signal);
});

test('who gives up does not wait', async () => {
  const contact = createFirstContact(10_000);
  await contact.enter('a', signal);
  const controller = new AbortController();
  const waiting = contact.enter('a', controller.signal);
  controller.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  await assert.rejects(contact.enter('a', AbortSignal.abort()));
});

test('what was met is forgotten', async () => {
  const contact = createFirstContact(10_000);
  (await contact.enter('a', signal))(true);
  contact.forget();
  await contact.enter('a', signal);
  assert.equal(await isSettled(contact.enter('a', signal)), false);
});
