import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Credential } from '../../server/src/registry/credential';
import { ask, asked, inWords, registryFor } from '../support/askRegistry';
import { fakeInternet } from '../support/fakeInternet';
import {
  type Answer,
  config,
  content,
  descriptor,
  fakeRegistry,
  image,
  index,
  serve,
} from '../support/fakeRegistry';

const multi = index('linux/amd64', 'linux/arm64');
const both = 'linux/amd64 linux/arm64';
const arm = config('linux/arm64');
const alice: Credential = { kind: 'password', username: 'alice', password: 's3cret' };
const indexType = 'application/vnd.oci.image.index.v1+json';

const unauthorized = (challenge: string | string[]): Answer => ({
  status: 401,
  headers: { 'www-authenticate': challenge },
});

/** What is said of a tag of a registry that keeps these. */
async function said(t: test.TestContext, ...contents: Parameters<typeof serve>) {
  const fake = await fakeRegistry(t, serve(...contents));
  return { fake, of: (name: string) => asked(registryFor([fake.host]), `${fake.host}/a/b${name}`) };
}

/** What is said of an index with such entries. */
async function saidOfIndex(t: test.TestContext, entries: unknown, more: object = {}) {
  const manifest = { schemaVersion: 2, mediaType: indexType, manifests: entries, ...more };
  return (await said(t, { '1': content(manifest, indexType) }, [image(arm), arm])).of(':1');
}

test('case 12: a realm without TLS is not asked by a registry with TLS, also where the user has named it', async t => {
  const { transport, seen } = await fakeInternet(t, () =>
    unauthorized('Bearer realm="http://127.0.0.1:1/token"'),
  );
  const registry = registryFor(['r.example', '127.0.0.1:1'], { transport, credentials: () => alice });
  assert.match(
    await asked(registry, 'r.example/a/b:1'),
    /^unreachable: .* token server that is not reached by https$/,
  );
  assert.equal(seen.length, 1);
});

test('case 14: a realm that is a path stays with the registry, and so do the credentials', async t => {
  const fake = await fakeRegistry(t, ({ path, headers }) => {
    if (path.startsWith('/token')) return { body: '{"token":"T"}' };
    return headers.authorization === 'Bearer T' ? multi : unauthorized('Bearer realm="/token"');
  });
  assert.equal(await asked(registryFor([], { credentials: () => alice }), `${fake.host}/a/b:1`), both);
  assert.match(fake.seen[1]?.headers.authorization ?? '', /^Basic /);
});

test('case 14: a line break in a realm ends nothing but the lookup', async t => {
  const { transport, seen } = await fakeInternet(t, () => assert.fail('asked'));
  const bent: typeof transport = async () => ({
    status: 401,
    headers: { 'www-authenticate': ['Bearer realm="https://r.example/token\r\nX-Evil: 1"'] },
    body: Buffer.alloc(0),
    complete: true,
  });
  const why = 'unreachable: r.example names a token server by something that is no URL';
  assert.equal(await asked(registryFor(['r.example'], { transport: bent }), 'r.example/a/b:1'), why);
  assert.equal(seen.length, 0);
});

const bombs: readonly (readonly [string, Answer])[] = [
  ['a long body', { body: 'x'.repeat(10_000_000) }],
  ['an endless body', response => void response.write('['.repeat(100_000))],
  [
    'a body that unpacks to much',
    { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(50_000_000)) },
  ],
];

for (const [title, bomb] of bombs) {
  test(`case 16: a token server that sends ${title} is left`, { timeout: 10_000 }, async t => {
    const fake = await fakeRegistry(t, ({ path }, host) =>
      path.startsWith('/token') ? bomb : unauthorized(`Bearer realm="http://${host}/token"`),
    );
    assert.match(await asked(registryFor([fake.host]), `${fake.host}/a/b:1`), /^unreachable: .* too long$/);
  });
}

test('case 17: whatever is offered instead, the questions end', async t => {
  let count = 0;
  const fake = await fakeRegistry(t, ({ path }, host) => {
    count += 1;
    if (path.startsWith('/token')) return { body: `{"token":"T${count}"}` };
    return unauthorized(`Bearer realm="http://${host}/token${count}",service="s${count}"`);
  });
  assert.match(
    await asked(registryFor([fake.host], { credentials: () => alice }), `${fake.host}/a/b:1`),
    /^denied: /,
  );
  assert.ok(fake.seen.length <= 7, fake.log());
});

test('case 17: Basic and Bearer in turn end as well', async t => {
  const fake = await fakeRegistry(t, ({ path, headers }, host) => {
    if (path.startsWith('/token')) return { body: '{"token":"T"}' };
    const bearer = headers.authorization === undefined || headers.authorization.startsWith('Basic');
    return unauthorized(bearer ? `Bearer realm="http://${host}/token"` : 'Basic realm="x"');
  });
  assert.match(
    await asked(registryFor([fake.host], { credentials: () => alice }), `${fake.host}/a/b:1`),
    /^denied: /,
  );
  assert.ok(fake.seen.length <= 7, fake.log());
});

test('case 18: a header of 64 KB is no answer', async t => {
  const fake = await fakeRegistry(t, () =>
    unauthorized(`Bearer realm="https://a.example",x="${'y'.repeat(65_536)}"`),
  );
  assert.match(
    await asked(registryFor([fake.host]), `${fake.host}/a/b:1`),
    /^unreachable: .*HTTP.*HPE_HEADER_OVERFLOW/,
  );
});

test('case 18: a scope that names another repository, or more than to pull, is not asked for', async t => {
  const scope = 'repository:secret/plans:pull,push repository:a/b:* registry:catalog:*';
  const fake = await fakeRegistry(t, ({ path, headers }, host) => {
    if (path.startsWith('/token')) return { body: '{"token":"T"}' };
    const challenge = `Bearer realm="http://${host}/token",scope="${scope}"`;
    return headers.authorization === undefined ? unauthorized(challenge) : multi;
  });
  assert.equal(await asked(registryFor([fake.host]), `${fake.host}/a/b:1`), both);
  assert.equal(fake.seen[1]?.path, '/token?scope=repository%3Aa%2Fb%3Apull');
});

test('case 21: an answer by sha512 is held against sha512, and the digest of a tag is computed', async t => {
  const sha512 = `sha512:${createHash('sha512').update(multi.body).digest('hex')}`;
  const wrong = `sha256:${'0'.repeat(64)}`;
  const fake = await fakeRegistry(t, ({ path }) =>
    path.endsWith(sha512) || path.endsWith('/1') || path.endsWith(`/manifests/sha512:${'0'.repeat(128)}`)
      ? { headers: { ...multi.headers, 'docker-content-digest': wrong }, body: multi.body }
      : { status: 404 },
  );
  const registry = registryFor([fake.host]);
  assert.equal(await asked(registry, `${fake.host}/a/b@${sha512}`), both);
  const forged = await asked(registry, `${fake.host}/a/b@sha512:${'0'.repeat(128)}`);
  assert.equal(forged, `unreachable: ${fake.host} sent other content than the digest names`);
  const fact = await ask(registry, `${fake.host}/a/b:1`);
  assert.equal(fact.kind === 'known' && fact.digest, multi.digest);
});

test('case 22: the body tells what a manifest is, whatever its Content-Type says', async t => {
  const bare = content({ schemaVersion: 2, manifests: JSON.parse(multi.body).manifests }, 'x');
  for (const type of [
    'text/html',
    'application/octet-stream',
    'application/vnd.docker.distribution.manifest.v1+json',
    '',
  ]) {
    for (const { body } of [multi, bare]) {
      const fake = await fakeRegistry(t, () => ({
        headers: type === '' ? {} : { 'content-type': type },
        body,
      }));
      assert.equal(await asked(registryFor([fake.host]), `${fake.host}/a/b:1`), both);
    }
  }
});

test('case 23: an index that has a million entries, or that contains itself, is left', async t => {
  const { of } = await said(t, { '1': content(`{"manifests":[${'{},'.repeat(1_000_000)}{}]}`, indexType) });
  assert.equal(await of(':1'), 'invalid: the index has more than 1000 entries');
  const fake = await fakeRegistry(t, ({ path }) => {
    // No content can hold its own digest: it claims to be the one that was asked for.
    const digest = path.includes('sha256:') ? path.slice(path.indexOf('sha256:')) : multi.digest;
    return index({ mediaType: indexType, digest, size: 10 });
  });
  assert.match(
    await asked(registryFor([fake.host]), `${fake.host}/a/b:1`),
    /^unreachable: .*other content than the digest/,
  );
  assert.equal(fake.seen.length, 2);
});

const platforms: readonly (readonly [unknown, string])[] = [
  [{ os: 'LINUX', architecture: 'AARCH64' }, 'linux/arm64'],
  [{ os: 'linux', architecture: 'arm64', variant: 'v8' }, 'linux/arm64'],
  [{ os: 'linux', architecture: 'arm', variant: 'v7' }, 'linux/arm/v7'],
  [{ os: 'linux', architecture: 'x86_64' }, 'linux/amd64'],
  [{ os: 'unknown', architecture: 'unknown' }, 'none'],
  [{ os: 'linux', architecture: 'arm64 ' }, 'none'],
  [{ os: 'linux', architecture: '\u202earm64' }, 'none'],
  [{ os: 'linux', architecture: '\u001b[31marm64' }, 'none'],
  [{ os: 'linux', architecture: 'x'.repeat(1_000_000) }, 'none'],
  [{ os: 1, architecture: ['arm64'] }, 'none'],
  [['linux', 'arm64'], 'none'],
  ['linux/arm64', 'none'],
  // Nothing is said, so the image itself is asked, which is for arm64.
  [{ os: '', architecture: '' }, 'linux/arm64'],
  [null, 'linux/arm64'],
  [undefined, 'linux/arm64'],
];

for (const [platform, expected] of platforms) {
  test(`case 24: the platform ${JSON.stringify(platform)?.slice(0, 60)}`, async t => {
    const entry = { ...descriptor(image(arm)), ...(platform !== undefined && { platform }) };
    const words = await saidOfIndex(t, [entry]);
    assert.equal(
      words,
      expected === 'none' ? 'invalid: the index lists only things that no node can run' : expected,
    );
  });
}

test('case 24: names that mean something to JavaScript mean nothing here', async t => {
  for (const key of ['__proto__', 'constructor', 'toString']) {
    const platform = `{"os":"linux","architecture":"${key}"}`;
    const entry = JSON.stringify(descriptor(image(arm))).replace(
      /}$/,
      `,"platform":${platform},"${key}":{"os":"x"}}`,
    );
    const body = `{"schemaVersion":2,"manifests":[${entry}],"${key}":{"mediaType":"x","config":{},"layers":[]}}`;
    const { of } = await said(t, { '1': content(body, indexType) });
    assert.equal(await of(':1'), `linux/${key.toLowerCase()}`);
  }
  assert.equal(Object.hasOwn(Object.prototype, 'mediaType'), false);
});

test('case 25: attestations, artifacts and nothing are no images', async t => {
  const attestation = {
    ...descriptor(image(arm)),
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
  };
  const real = { ...descriptor(image(arm)), platform: { os: 'linux', architecture: 'arm64' } };
  const artifact = { ...descriptor(image(arm)), artifactType: 'application/spdx+json' };
  const foreign = { ...descriptor(image(arm)), mediaType: 'application/vnd.example.thing' };
  assert.equal(await saidOfIndex(t, [attestation]), 'invalid: the index lists only attestations');
  assert.equal(await saidOfIndex(t, [attestation, artifact, foreign, real]), 'linux/arm64');
  assert.equal(await saidOfIndex(t, []), 'invalid: the index has no entry');
  const typed = await saidOfIndex(t, [real], { artifactType: 'application/spdx+json' });
  assert.equal(typed, 'invalid: an index of artifacts, not of container images');
});

const artifacts = [
  ['application/vnd.cncf.helm.config.v1+json', [], 'a Helm chart'],
  ['application/vnd.wasm.config.v0+json', [], 'a WebAssembly module'],
  [
    'application/vnd.oci.image.config.v1+json',
    ['application/vnd.dev.cosign.simplesigning.v1+json'],
    'a signature',
  ],
  ['application/vnd.oci.empty.v1+json', [], 'an artifact of the kind application/vnd.oci.empty.v1+json'],
] as const;

for (const [type, layers, words] of artifacts) {
  test(`case 25: ${words} is not asked for its platform`, async t => {
    const manifest = {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: descriptor(content('{}', type)),
      layers: layers.map(mediaType => ({ ...descriptor(content('x', mediaType)) })),
    };
    const { fake, of } = await said(t, { '1': content(manifest, manifest.mediaType) });
    assert.equal(await of(':1'), `invalid: ${words}, not a container image`);
    assert.equal(fake.seen.length, 1);
  });
}

test('case 27: Markdown, links and escapes in an error stay one line of text without control characters', async t => {
  const message =
    '[x](command:workbench.action.terminal.sendSequence?%7B%7D) <img onerror=x> `y` \u001b[31m\u202e\n# big';
  const body = JSON.stringify({
    errors: [{ code: 'NAME_INVALID', message: message + 'z'.repeat(1_000_000) }],
  });
  for (const status of [400, 401, 403, 404, 418, 500]) {
    const fake = await fakeRegistry(t, () => ({ status, body, headers: { 'www-authenticate': 'Basic' } }));
    const words = await asked(registryFor([fake.host]), `${fake.host}/a/b:1`);
    assert.doesNotMatch(words, /[\p{Cc}\p{Cf}]/u, `HTTP ${status}`);
    assert.ok(words.length < 500, `HTTP ${status}`);
  }
});

test('case 28: warnings of a registry change nothing and are shown nowhere', async t => {
  const warning = ['299 - "\\u202e[x](command:y) https://evil.example"', `299 - "${'x'.repeat(4000)}"`, '!'];
  const fake = await fakeRegistry(t, () => ({ headers: { ...multi.headers, warning }, body: multi.body }));
  const fact = await ask(registryFor([fake.host]), `${fake.host}/a/b:1`);
  assert.equal(inWords(fact), both);
  assert.doesNotMatch(JSON.stringify(fact), /evil|command/);
});
