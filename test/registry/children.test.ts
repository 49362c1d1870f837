import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { ChildCheck } from '../../server/src/core/fact';
import { formatPlatform } from '../../server/src/core/platform';
import { createMemory } from '../../server/src/registry/memory';
import { type AskedRegistry, type AskOptions, asked, imageOf, registryFor } from '../support/askRegistry';
import {
  type Answer,
  type Content,
  config,
  content,
  descriptor,
  type FakeRegistry,
  fakeRegistry,
  image,
  index,
  type Seen,
  serve,
} from '../support/fakeRegistry';

type Serving = (request: Pick<Seen, 'path' | 'headers'>) => Answer;

const amd64 = config('linux/amd64');
const arm64 = config('linux/arm64');

/** Everything that the registry has for the platforms, so that each image is what it should be. */
const honest = (...platforms: readonly string[]): readonly Content[] =>
  platforms.map(config).flatMap(own => [own, image(own)]);

/** An entry of an index: an image under a platform's name. */
const entry = (of: Content, platform: string, more: object = {}) => {
  const [os, architecture, variant] = platform.split('/');
  return { ...descriptor(of), platform: { os, architecture, variant }, ...more };
};

/** An index whose entry for linux/arm64 leads to `child`. */
const lying = (child: Content, more: object = {}): Content =>
  index('linux/amd64', entry(child, 'linux/arm64', more));

/** What the images behind `x/y:1` say of themselves, a line each, and the registry and the client that told. */
async function read(t: TestContext, answer: Serving, options: AskOptions = {}) {
  const fake = await fakeRegistry(t, answer);
  const registry = registryFor([fake.host], options);
  return { fake, registry, lines: await verified(registry, fake) };
}

async function verified(
  registry: AskedRegistry,
  { host }: Pick<FakeRegistry, 'host'>,
): Promise<readonly string[]> {
  const wanted = imageOf(`${host}/x/y:1`);
  await registry.verify([wanted]);
  const fact = registry.peek(wanted, 'images');
  assert.ok(fact.kind === 'known' && fact.checked !== undefined, JSON.stringify(fact));
  return fact.checked.map(check => inWords(check).replaceAll(host, 'HOST'));
}

function inWords(check: ChildCheck): string {
  const said = check.kind === 'contradicts' ? formatPlatform(check.actual) : '';
  const why = check.kind === 'unread' ? check.why : '';
  return [formatPlatform(check.platform), check.kind, said, why].filter(word => word !== '').join(' ');
}

test('every image behind an index is read with its config, and agrees', async t => {
  const contents = honest('linux/amd64', 'linux/arm64');
  const { lines, fake } = await read(t, serve({ '1': index('linux/amd64', 'linux/arm64') }, contents));
  assert.deepEqual(lines, ['linux/amd64 agrees', 'linux/arm64 agrees']);
  assert.equal(fake.seen.length, 5);
});

test('the index alone is one request, and a later question reads the images', async t => {
  const contents = honest('linux/amd64', 'linux/arm64');
  const fake = await fakeRegistry(t, serve({ '1': index('linux/amd64', 'linux/arm64') }, contents));
  const registry = registryFor([fake.host]);
  assert.equal(await asked(registry, `${fake.host}/x/y:1`), 'linux/amd64 linux/arm64');
  assert.equal(fake.seen.length, 1);
  assert.equal(registry.peek(imageOf(`${fake.host}/x/y:1`), 'images').kind, 'pending');
  assert.deepEqual(await verified(registry, fake), ['linux/amd64 agrees', 'linux/arm64 agrees']);
});

test('what was read shows wherever the index is asked about, and is read once', async t => {
  const contents = honest('linux/amd64', 'linux/arm64');
  const { fake, registry } = await read(t, serve({ '1': index('linux/amd64', 'linux/arm64') }, contents));
  const before = fake.seen.length;
  const fact = registry.peek(imageOf(`${fake.host}/x/y:1`));
  assert.equal(fact.kind === 'known' && fact.checked?.length, 2);
  assert.equal(registry.peek(imageOf(`${fake.host}/x/y:1`), 'images'), fact);
  await verified(registry, fake);
  assert.equal(fake.seen.length, before);
});

test('an index that lists the image of another platform is contradicted by it', async t => {
  const contents = [amd64, image(amd64)];
  const { lines } = await read(t, serve({ '1': lying(image(amd64)) }, contents));
  assert.deepEqual(lines, ['linux/amd64 agrees', 'linux/arm64 contradicts linux/amd64']);
});

for (const [listed, own, expected] of [
  ['linux/arm64', 'linux/arm64/v8', 'agrees'],
  ['linux/arm64/v8', 'linux/arm64', 'agrees'],
  ['linux/arm/v6', 'linux/arm', 'agrees'],
  ['linux/arm/v6', 'linux/arm/v7', 'contradicts linux/arm/v7'],
  ['linux/arm64', 'linux/arm64/v9', 'contradicts linux/arm64/v9'],
  ['linux/amd64', 'windows/amd64', 'contradicts windows/amd64'],
  ['linux/aarch64', 'linux/arm64', 'agrees'],
] as const)
  test(`an image of ${own} under the name of ${listed} ${expected}`, async t => {
    const child = config(own);
    const contents = [child, image(child)];
    const { lines } = await read(t, serve({ '1': index(entry(image(child), listed)) }, contents));
    assert.equal(lines[0]?.split(' ').slice(1).join(' '), expected);
  });

test('an image that the index lists and the registry does not have is missing', async t => {
  const contents = honest('linux/amd64');
  const { lines } = await read(t, serve({ '1': index('linux/amd64', 'linux/arm64') }, contents));
  assert.deepEqual(lines, ['linux/amd64 agrees', 'linux/arm64 missing']);
});

test('case 26: an image without its config is missing', async t => {
  const contents = [...honest('linux/amd64'), image(arm64)];
  const { lines } = await read(t, serve({ '1': index('linux/amd64', 'linux/arm64') }, contents));
  assert.deepEqual(lines, ['linux/amd64 agrees', 'linux/arm64 missing']);
});

const otherContent = 'HOST sent other content than the digest names';

for (const [title, digest] of [
  ['image', image(arm64).digest],
  ['config', arm64.digest],
] as const)
  test(`case 21: other content than the digest of the ${title} says nothing`, async t => {
    const answer = serve({ '1': index('linux/amd64', 'linux/arm64') }, honest('linux/amd64', 'linux/arm64'));
    const { lines } = await read(t, request =>
      request.path.endsWith(digest) ? { body: image(amd64).body } : answer(request),
    );
    assert.deepEqual(lines, ['linux/amd64 agrees', `linux/arm64 unread ${otherContent}`]);
  });

test('case 21: an image of another size than the index says is not believed', async t => {
  const child = image(arm64);
  const tag = lying(child, { size: child.body.length + 1 });
  const { lines } = await read(t, serve({ '1': tag }, honest('linux/amd64', 'linux/arm64')));
  assert.deepEqual(lines, ['linux/amd64 agrees', `linux/arm64 unread ${otherContent}`]);
});

test('content that comes with the index and the image saves requests', async t => {
  const inline = (of: Content) => ({ data: Buffer.from(of.body).toString('base64') });
  const child = image(arm64, inline(arm64));
  const tag = index(entry(child, 'linux/arm64', inline(child)));
  const { lines, fake } = await read(t, serve({ '1': tag }));
  assert.deepEqual(lines, ['linux/arm64 agrees']);
  assert.equal(fake.seen.length, 1);
});

test('case 26: inline content that does not match its digest is asked for instead', async t => {
  const child = image(arm64, { data: Buffer.from(amd64.body).toString('base64') });
  const { lines } = await read(t, serve({ '1': index(entry(child, 'linux/arm64')) }, [child, arm64]));
  assert.deepEqual(lines, ['linux/arm64 agrees']);
});

test('case 26: a config that names no architecture says nothing', async t => {
  const silent = content({ os: 'linux' }, 'application/vnd.oci.image.config.v1+json');
  const contents = [silent, image(silent)];
  const { lines } = await read(t, serve({ '1': index(entry(image(silent), 'linux/arm64')) }, contents));
  assert.deepEqual(lines, ['linux/arm64 unread its config does not say which platform it is built for']);
});

test('a further index where an image is promised says nothing', async t => {
  const inner = index('linux/arm64');
  const listed = {
    ...descriptor(image(arm64)),
    ...descriptor(inner),
    mediaType: image(arm64).headers['content-type'],
  };
  const tag = index({ ...listed, platform: { os: 'linux', architecture: 'arm64' } });
  const { lines } = await read(t, serve({ '1': tag }, [inner]));
  assert.deepEqual(lines, ['linux/arm64 unread it is a further index, where the index promises an image']);
});

test('the images behind a nested index are read as well', async t => {
  const inner = lying(image(amd64));
  const tag = index(descriptor(inner));
  const { lines } = await read(t, serve({ '1': tag }, [inner, amd64, image(amd64)]));
  assert.deepEqual(lines, ['linux/amd64 agrees', 'linux/arm64 contradicts linux/amd64']);
});

test('a single image is its own config, and costs nothing more', async t => {
  const { lines, fake } = await read(t, serve({ '1': image(arm64) }, [arm64]));
  assert.deepEqual(lines, ['linux/arm64 agrees']);
  assert.equal(fake.seen.length, 2);
});

test('case 23: no more images are read than the budget allows', async t => {
  const platforms = ['amd64', 'arm64', 's390x', 'ppc64le'].map(architecture => `linux/${architecture}`);
  const { lines } = await read(t, serve({ '1': index(...platforms) }, honest(...platforms)), {
    limits: { extraManifests: 2 },
  });
  assert.deepEqual(lines.slice(0, 2), ['linux/amd64 agrees', 'linux/arm64 agrees']);
  assert.deepEqual(lines.slice(2), [
    'linux/s390x unread the index lists more images than are read at a time',
    'linux/ppc64le unread the index lists more images than are read at a time',
  ]);
});

test('a sign-in that fails in the middle leaves the index as it is', async t => {
  const answer = serve({ '1': index('linux/amd64', 'linux/arm64') }, honest('linux/amd64', 'linux/arm64'));
  const { lines, registry, fake } = await read(t, request =>
    request.path.endsWith(image(arm64).digest)
      ? { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }
      : answer(request),
  );
  assert.equal(lines[0], 'linux/amd64 agrees');
  assert.match(lines[1] ?? '', /^linux\/arm64 unread not found, or private/);
  assert.equal(await asked(registry, `${fake.host}/x/y:1`), 'linux/amd64 linux/arm64');
});

test('an image that does not come is left unread, and the index counts all the same', async t => {
  const answer = serve({ '1': index('linux/amd64', 'linux/arm64') }, honest('linux/amd64', 'linux/arm64'));
  const hanging = (request: Pick<Seen, 'path'>): Answer =>
    request.path.endsWith(image(amd64).digest) ? () => {} : answer(request);
  const { lines } = await read(t, hanging, { limits: { lookup: 2000 } });
  assert.deepEqual(lines, [
    'linux/amd64 unread there was not enough time',
    'linux/arm64 unread there was not enough time',
  ]);
});

test('what could not be read is asked for again a minute later, and only that', async t => {
  let broken = true;
  let now = Date.UTC(2026, 10, 23);
  const answer = serve({ '1': index('linux/amd64', 'linux/arm64') }, honest('linux/amd64', 'linux/arm64'));
  const { lines, registry, fake } = await read(
    t,
    request => (broken && request.path.endsWith(arm64.digest) ? { status: 400 } : answer(request)),
    { now: () => now },
  );
  assert.deepEqual(lines, ['linux/amd64 agrees', 'linux/arm64 unread HOST answered with HTTP 400']);
  broken = false;
  assert.equal((await verified(registry, fake)).at(-1), lines.at(-1));
  now += 61_000;
  const before = fake.seen.length;
  assert.deepEqual(await verified(registry, fake), ['linux/amd64 agrees', 'linux/arm64 agrees']);
  assert.doesNotMatch(
    fake.seen
      .slice(before)
      .map(({ path }) => path)
      .join('\n'),
    new RegExp(`${amd64.digest}|${image(amd64).digest}`),
  );
});

test('an index that is asked about again keeps what was read behind it', async t => {
  let now = Date.UTC(2026, 10, 23);
  const { registry, fake } = await read(t, serve({ '1': lying(image(amd64)) }, [amd64, image(amd64)]), {
    now: () => now,
  });
  now += 16 * 60_000;
  await registry.load([imageOf(`${fake.host}/x/y:1`)]);
  const fact = registry.peek(imageOf(`${fake.host}/x/y:1`));
  assert.equal(fact.kind === 'known' && fact.seen, now);
  assert.equal(fact.kind === 'known' && fact.checked?.at(-1)?.kind, 'contradicts');
});

test('what was read belongs to the digest: another index under the tag starts anew', async t => {
  let now = Date.UTC(2026, 10, 23);
  let tag = lying(image(amd64));
  const contents = honest('linux/amd64', 'linux/arm64');
  const { registry, fake } = await read(t, request => serve({ '1': tag }, contents)(request), {
    now: () => now,
  });
  tag = index('linux/amd64', 'linux/arm64');
  now += 16 * 60_000;
  await registry.load([imageOf(`${fake.host}/x/y:1`)]);
  const fact = registry.peek(imageOf(`${fake.host}/x/y:1`));
  assert.equal(fact.kind === 'known' && fact.checked, undefined);
  assert.deepEqual(await verified(registry, fake), ['linux/amd64 agrees', 'linux/arm64 agrees']);
});

test('trouble with the registry after its index was read ends the question', async t => {
  let broken = false;
  const answer = serve({ '1': index('linux/amd64', 'linux/arm64') }, honest('linux/amd64', 'linux/arm64'));
  const fake = await fakeRegistry(t, request => (broken ? { status: 400 } : answer(request)));
  const registry = registryFor([fake.host]);
  await asked(registry, `${fake.host}/x/y:1`);
  broken = true;
  assert.deepEqual(await verified(registry, fake), [
    'linux/amd64 unread HOST answered with HTTP 400',
    'linux/arm64 unread HOST answered with HTTP 400',
  ]);
});

test('a tag that was verified is confirmed by one HEAD, as far as it was read', async t => {
  let now = Date.UTC(2026, 10, 23);
  const contents = honest('linux/amd64', 'linux/arm64');
  const plain = index('linux/amd64', 'linux/arm64');
  const tag = { ...plain, headers: { ...plain.headers, etag: `"${plain.digest}"` } };
  const { registry, fake } = await read(t, serve({ '1': tag }, contents), { now: () => now });
  now += 16 * 60_000;
  const before = fake.seen.length;
  assert.deepEqual(await verified(registry, fake), ['linux/amd64 agrees', 'linux/arm64 agrees']);
  assert.equal(fake.log().split('\n').slice(before).join(), 'HEAD /v2/x/y/manifests/1');
});

test('an index that has not changed is not taken for one whose images were read', async t => {
  let now = Date.UTC(2026, 10, 23);
  const tag = index('linux/amd64', 'linux/arm64');
  const fake = await fakeRegistry(t, ({ headers }) =>
    headers['if-none-match']?.includes(tag.digest) ? { status: 304 } : tag,
  );
  const registry = registryFor([fake.host], { now: () => now });
  for (const minutes of [0, 16, 32]) {
    now = Date.UTC(2026, 10, 23) + minutes * 60_000;
    await registry.load([imageOf(`${fake.host}/x/y:1`)]);
    const fact = registry.peek(imageOf(`${fake.host}/x/y:1`));
    assert.equal(fact.kind === 'known' && fact.seen, now);
    assert.equal(fact.kind === 'known' && fact.checked, undefined);
  }
});

test('what was read is remembered by digest, for another tag and for another process', async t => {
  const memory = createMemory(100, Date.now);
  const tag = lying(image(amd64));
  const { registry, fake } = await read(t, serve({ '1': tag, '2': tag }, [amd64, image(amd64)]), { memory });
  await registry.load([imageOf(`${fake.host}/x/y:2`)]);
  const other = registry.peek(imageOf(`${fake.host}/x/y:2`));
  assert.equal(other.kind === 'known' && other.checked?.at(-1)?.kind, 'contradicts');
  const before = fake.seen.length;
  const later = registryFor([fake.host], { memory });
  await later.verify([imageOf(`${fake.host}/x/y@${tag.digest}`), imageOf(`${fake.host}/x/y:1`)]);
  assert.equal(fake.seen.length, before);
});

const whole = index('linux/amd64', 'linux/arm64');
const full = serve({ '1': whole }, honest('linux/amd64', 'linux/arm64'));
const half = serve({ '1': whole }, honest('linux/amd64'));

for (const [title, second, expected] of [
  ['has it', full, /^linux\/arm64 agrees$/],
  ['lacks it as well', half, /^linux\/arm64 missing$/],
  ['does not have the tag', serve({}), /^linux\/arm64 missing$/],
  ['is in trouble', () => ({ status: 400 }), /^linux\/arm64 unread .* does not have it; .* HTTP 400$/],
  [
    'has another index',
    serve({ '1': index('linux/amd64') }, honest('linux/amd64')),
    /^linux\/arm64 unread .* does not have it, and .* has another index$/,
  ],
] as const satisfies readonly (readonly [string, Serving, RegExp])[])
  test(`what one mirror lacks may be at the next one, which ${title}`, async t => {
    const mirrors = [await fakeRegistry(t, half), await fakeRegistry(t, second)];
    const registry = registryFor([], {
      mirrors: { 'example.test': mirrors.map(({ host }) => `http://${host}`) },
    });
    const [agreed, other] = await verified(registry, { host: 'example.test' });
    assert.equal(agreed, 'linux/amd64 agrees');
    assert.match(other ?? '', expected);
  });
