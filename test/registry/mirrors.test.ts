import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { ask, asked, registryFor } from '../support/askRegistry';
import { type Answer, fakeRegistry, index, serve } from '../support/fakeRegistry';

const arm = index('linux/arm64');
const amd = index('linux/amd64');

/** A registry that has the image, and mirrors of it that answer like this. */
async function mirrored(t: TestContext, ...answers: readonly Answer[]) {
  const own = await fakeRegistry(t, serve({ '1': arm }));
  const mirrors = await Promise.all(answers.map(answer => fakeRegistry(t, () => answer)));
  const urls = mirrors.map(({ host }) => `http://${host}`);
  const options = { mirrors: { [own.host]: urls }, mirrorFallback: true };
  return { own, mirrors, registry: registryFor([own.host], options) };
}

const failures: readonly (readonly [string, Answer])[] = [
  ['404', { status: 404 }],
  ['403', { status: 403 }],
  ['429', { status: 429 }],
  ['500', { status: 500 }],
  ['a web page', { body: '<html>Sign in</html>' }],
  ['a broken connection', response => void response.destroy()],
];

for (const [what, answer] of failures) {
  test(`case 42: a mirror that answers with ${what} falls back to the registry`, async t => {
    const { own, mirrors, registry } = await mirrored(t, answer);
    const fact = await ask(registry, `${own.host}/a/b:1`);
    assert.equal(fact.kind === 'known' && fact.by, own.host);
    assert.ok((mirrors[0]?.seen.length ?? 0) > 0);
  });
}

test('case 42: another image than the digest names is not believed, the registry is asked', async t => {
  const { own, registry } = await mirrored(t, amd);
  assert.equal(await asked(registry, `${own.host}/a/b@${arm.digest}`), 'linux/arm64');
});

test('case 42: nor is it believed where nobody else has the image', async t => {
  const mirror = await fakeRegistry(t, () => amd);
  const registry = registryFor([], { mirrors: { 'docker.io': `http://${mirror.host}` } });
  const why = `unreachable: the mirror ${mirror.host} of docker.io sent other content than the digest names`;
  assert.equal(await asked(registry, `istio/pilot@${arm.digest}`), why);
});

test('mirrors are asked in their order, and the registry not at all if one has the image', async t => {
  const { own, mirrors, registry } = await mirrored(t, { status: 404 }, arm, amd);
  const fact = await ask(registry, `${own.host}/a/b:1`);
  assert.equal(fact.kind === 'known' && fact.by, `the mirror ${mirrors[1]?.host} of ${own.host}`);
  assert.deepEqual([...mirrors.map(({ seen }) => seen.length), own.seen.length], [1, 1, 0, 0]);
});

test('what all of them say is told when none has the image', async t => {
  const { own, mirrors, registry } = await mirrored(t, { status: 404 }, { status: 403 });
  const said = await asked(registry, `${own.host}/a/b:2`);
  assert.match(said, new RegExp(`^absent: the mirror ${mirrors[0]?.host} of ${own.host} has no such tag`));
  assert.ok(said.includes(`the mirror ${mirrors[1]?.host} of ${own.host}`), said);
  assert.ok(said.includes(`${own.host} has no tag 2 of a/b`), said);
});

test('without the fallback only mirrors are asked', async t => {
  const own = await fakeRegistry(t, serve({ '1': arm }));
  const mirror = await fakeRegistry(t, () => ({ status: 404 }));
  const mirrors = { [own.host]: `http://${mirror.host}` };
  const said = await asked(registryFor([own.host], { mirrors }), `${own.host}/a/b:1`);
  assert.match(said, /^absent: the mirror /);
  assert.equal(own.seen.length, 0);
});

test('a registry that is not allowed stays so, although its mirror is asked', async t => {
  const mirror = await fakeRegistry(t, () => ({ status: 404 }));
  const mirrors = { 'stranger.example': `http://${mirror.host}` };
  const registry = registryFor([], { mirrors, mirrorFallback: true, lookup: () => assert.fail('looked up') });
  assert.match(await asked(registry, 'stranger.example/a/b:1'), /^absent: the mirror /);
});
