import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { nearTags } from '../../server/src/registry/nearTags';
import { createTags } from '../../server/src/registry/tags';
import type { Target } from '../../server/src/registry/target';
import { imageOf, inWords, registryFor } from '../support/askRegistry';
import { type Answer, fakeRegistry, index, type Seen, serve } from '../support/fakeRegistry';

/** What is said of `a/b:1.14.9`, which is absent, where tags are listed like this. */
async function said(t: test.TestContext, list: (request: Seen, host: string) => Answer, name = 'a/b:1.14.9') {
  const fake = await fakeRegistry(t, (request, host) =>
    request.path.includes('/tags/list') ? list(request, host) : serve({})(request),
  );
  const facts = registryFor([fake.host]).explicitly();
  const image = imageOf(`${fake.host}/${name}`);
  await facts.load([{ image, depth: 'index' }]);
  const pages = fake.seen.filter(({ path }) => path.includes('/tags/list'));
  const words = inWords(facts.peek(image)).replace(fake.host, 'HOST');
  return { words, pages: pages.map(({ path }) => path), fake };
}

const page = (tags: unknown, link?: string): Answer => ({
  headers: link === undefined ? {} : { link },
  body: JSON.stringify({ name: 'a/b', tags }),
});

const nothing = 'absent: HOST has no tag 1.14.9 of a/b';

test('who asks for a tag that does not exist is told which there are', async t => {
  const { words, pages } = await said(t, () =>
    page(['latest', '1.14.1', '1.15.0', '1.14.3', '1.14.3-distroless']),
  );
  assert.equal(words, `${nothing}; it has 1.14.3, 1.14.1, 1.15.0, 1.14.3-distroless`);
  assert.deepEqual(pages, ['/v2/a/b/tags/list?n=1000']);
});

test('nobody is asked for tags while a text is being typed', async t => {
  const fake = await fakeRegistry(t, serve({}));
  const registry = registryFor([fake.host]);
  await registry.load([imageOf(`${fake.host}/a/b:1`)]);
  assert.equal(fake.log(), 'GET /v2/a/b/manifests/1');
});

test('many absent tags of one repository cost one list', async t => {
  const fake = await fakeRegistry(t, request =>
    request.path.includes('/tags/list')
      ? page(['1.14.1'])
      : serve({ '1.14.1': index('linux/amd64') })(request),
  );
  const facts = registryFor([fake.host]).explicitly();
  for (const tag of ['1.14.7', '1.14.8', '1.14.9'])
    await facts.load([{ image: imageOf(`${fake.host}/a/b:${tag}`), depth: 'index' }]);
  assert.equal(fake.seen.length, 4);
});

test('the pages of a list are read one after the other, however their links are written', async t => {
  const links = [
    '</v2/a/b/tags/list?last=1&n=1000>; rel="next"',
    '<list?last=2>;rel=next',
    '<http://HOST/v2/a/b/tags/list?last=3>; rel="next"',
  ];
  const { words, pages } = await said(t, ({ path }, host) => {
    const last = Number(/last=(\d)/.exec(path)?.[1] ?? 0);
    return page([`1.14.${last}`], links[last]?.replace('HOST', host));
  });
  assert.equal(words, `${nothing}; it has 1.14.3, 1.14.2, 1.14.1, 1.14.0`);
  assert.deepEqual(
    pages.map(path => /\?(.*)/.exec(path)?.[1]),
    ['n=1000', 'last=1&n=1000', 'last=2', 'last=3'],
  );
});

test('case 34: a list that leads on for ever, or in a circle, ends', async t => {
  const endless = await said(t, ({ path }) => {
    const last = Number(/last=(\d+)/.exec(path)?.[1] ?? 0);
    return page([`1.14.${last}`], `</v2/a/b/tags/list?last=${last + 1}>; rel="next"`);
  });
  assert.equal(endless.pages.length, 10);
  const circle = await said(t, () => page(['1.14.1'], '</v2/a/b/tags/list?n=1000>; rel="next"'));
  assert.equal(circle.pages.length, 1);
  assert.equal(circle.words, `${nothing}; it has 1.14.1`);
});

test('case 34: a link to another origin is not followed', async t => {
  const other = await fakeRegistry(t, () => page(['1.14.8']));
  for (const link of [
    `<http://${other.host}/v2/a/b/tags/list?last=1>`,
    '<//evil.example/?last=1>',
    '<file:///etc/passwd?x>',
    '<http://[>',
  ]) {
    const { words, pages } = await said(t, () => page(['1.14.1'], `${link}; rel="next"`));
    assert.equal(words, `${nothing}; it has 1.14.1`);
    assert.equal(pages.length, 1);
  }
  assert.equal(other.seen.length, 0);
});

test('case 34: a link stays with the list of this repository, wherever it points', async t => {
  const { fake } = await said(t, ({ path }) =>
    page(['1.14.1'], path.includes('last') ? undefined : '<../../../../secret/tags/list?last=1>; rel="next"'),
  );
  assert.doesNotMatch(fake.log(), /secret/);
  assert.match(fake.log(), /GET \/v2\/a\/b\/tags\/list\?last=1$/);
});

test('case 34: a million tags are too many, and said so by nothing but the absence of help', async t => {
  const million = Array.from({ length: 1_000_000 }, (_, number) => `1.14.${number}`);
  const { words, fake } = await said(t, () => page(million));
  assert.equal(words, nothing);
  assert.equal(fake.seen.length, 2);
});

test('case 34: no tags, and tags that are none', async t => {
  const strange = [
    '1.14.1\n',
    '[x](command:y)',
    '<img>',
    '',
    '-x',
    1,
    null,
    {},
    'x'.repeat(129),
    `sha256-${'a'.repeat(64)}.sig`,
  ];
  for (const tags of [null, [], strange, {}, 'x', undefined])
    assert.equal((await said(t, () => page(tags))).words, nothing);
  assert.equal((await said(t, () => ({ body: '<html>' }))).words, nothing);
  assert.equal((await said(t, () => page([...strange, '1.14.2']))).words, `${nothing}; it has 1.14.2`);
});

test('the nearest tags first: the same variant, then the nearest numbers', () => {
  const tags = ['1.14.1', '1.13.9', '1.14.6', '1.14.3-distroless', 'latest', '2.0.0', '1.14-alpha.1'];
  assert.deepEqual(nearTags('1.14.5', tags, 3), ['1.14.6', '1.14.1', '1.13.9']);
  assert.deepEqual(nearTags('1.14.4-distroless', tags, 2), ['1.14.3-distroless', '1.14.6']);
  assert.deepEqual(nearTags('latst', tags), ['latest']);
  assert.deepEqual(nearTags('nothing', tags), []);
});

test('near tags are always some of those there are', () => {
  fc.assert(
    fc.property(fc.string(), fc.uniqueArray(fc.string()), (wanted, tags) => {
      const near = nearTags(wanted, tags);
      assert.ok(near.length <= 5 && near.every(tag => tags.includes(tag)));
    }),
  );
});

test('case 34: of a list of tags that fits no more than fifty thousand are taken', async () => {
  const tags = Array.from({ length: 60_000 }, (_, number) => `1.${number}`);
  const body = Buffer.from(JSON.stringify({ tags }));
  const answer = { kind: 'answer', status: 200, header: () => [], body, host: '', strayed: false } as const;
  const target = { endpoint: { root: new URL('https://registry.example/v2/') } } as unknown as Target;
  const listed = await createTags(async () => answer)(target, new AbortController().signal);
  assert.ok(listed.kind === 'tags');
  assert.deepEqual([listed.tags.length, listed.complete], [50_000, false]);
});
