import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageReference } from '../server/src/core/image';
import { type Facts, settle } from '../server/src/settle';
import { factsOf } from './support/facts';

const image = (tag: string): ImageReference => ({ registry: 'docker.io', repository: 'istio/pilot', tag });

test('every round is published, and the last one has nothing pending', async () => {
  const facts = factsOf(['istio/pilot:1  linux/amd64', 'istio/pilot:2  linux/arm64']);
  const rounds: string[] = [];
  await settle(
    ask => {
      const first = ask(image('1')).kind;
      return first === 'pending' ? first : `${first} ${ask(image('2')).kind}`;
    },
    facts,
    (result, pending) => rounds.push(`${result}: ${pending.length}`),
  );
  assert.deepEqual(rounds, ['pending: 1', 'known pending: 1', 'known known: 0']);
  assert.deepEqual(facts.loaded, ['docker.io/istio/pilot:1', 'docker.io/istio/pilot:2']);
});

test('an image that is asked for twice is loaded once', async () => {
  const facts = factsOf(['istio/pilot:1  linux/amd64']);
  await settle(
    ask => [ask(image('1')), ask(image('1'))],
    facts,
    () => {},
  );
  assert.deepEqual(facts.loaded, ['docker.io/istio/pilot:1']);
});

test('an abort ends it, although facts are still pending', async () => {
  const controller = new AbortController();
  const never: Facts = { peek: () => ({ kind: 'pending' }), load: async () => controller.abort() };
  const result = await settle(
    ask => ask(image('1')).kind,
    never,
    () => {},
    controller.signal,
  );
  assert.equal(result, 'pending');
});
