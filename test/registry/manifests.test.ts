import assert from 'node:assert/strict';
import test from 'node:test';
import { ask, asked, imageOf, inWords, registryFor } from '../support/askRegistry';
import { config, content, descriptor, fakeRegistry, image, index, serve } from '../support/fakeRegistry';

const arm = config('linux/arm64');

test('an index is answered by one request', async t => {
  const multi = index('linux/amd64', 'linux/arm64', 'linux/arm64/v8');
  const fake = await fakeRegistry(t, serve({ '1.15.0': multi }));
  const fact = await ask(registryFor([fake.host]), `${fake.host}/istio/pilot:1.15.0`);
  assert.equal(inWords(fact), 'linux/amd64 linux/arm64');
  assert.equal(fact.kind === 'known' && fact.digest, multi.digest);
  assert.equal(fake.log(), 'GET /v2/istio/pilot/manifests/1.15.0');
  assert.match(
    fake.seen[0]?.headers.accept ?? '',
    /oci\.image\.index.*manifest\.list\.v2.*oci\.image\.manifest/,
  );
});

test('a single image needs its config, and no more', async t => {
  const fake = await fakeRegistry(t, serve({ latest: image(arm) }, [arm]));
  assert.equal(await asked(registryFor([fake.host]), `${fake.host}/istio/pilot`), 'linux/arm64');
  const requests = ['GET /v2/istio/pilot/manifests/latest', `GET /v2/istio/pilot/blobs/${arm.digest}`];
  assert.equal(fake.log(), requests.join('\n'));
});

test('case 26: a config that comes along saves a request, if it is the right one', async t => {
  const data = (text: string) => ({ data: Buffer.from(text).toString('base64') });
  const tags = { right: image(arm, data(arm.body)), wrong: image(arm, data(config('linux/amd64').body)) };
  const fake = await fakeRegistry(t, serve(tags, [arm]));
  const registry = registryFor([fake.host]);
  assert.equal(await asked(registry, `${fake.host}/a/b:right`), 'linux/arm64');
  assert.equal(fake.seen.length, 1);
  assert.equal(await asked(registry, `${fake.host}/a/b:wrong`), 'linux/arm64');
  assert.equal(fake.seen.length, 3);
});

test('an answer is remembered, also under its digest', async t => {
  const multi = index('linux/amd64');
  const fake = await fakeRegistry(t, serve({ '1': multi }));
  const registry = registryFor([fake.host]);
  for (const name of [':1', ':1', `@${multi.digest}`, `:2@${multi.digest}`])
    assert.equal(await asked(registry, `${fake.host}/a/b${name}`), 'linux/amd64');
  assert.equal(fake.seen.length, 1);
});

test('a tag is asked for again after a quarter of an hour, a digest never, whatever the clock does', async t => {
  const multi = index('linux/amd64');
  const fake = await fakeRegistry(t, serve({ '1': multi }));
  let time = Date.now();
  const registry = registryFor([fake.host], { now: () => time });
  await ask(registry, `${fake.host}/a/b:1`);
  time += 14 * 60_000;
  assert.equal(registry.peek(imageOf(`${fake.host}/a/b:1`)).kind, 'known');
  time += 2 * 60_000;
  const old = registry.peek(imageOf(`${fake.host}/a/b:1`));
  assert.equal(old.kind === 'known' && old.old, true);
  time += 86_400_000;
  assert.equal(registry.peek(imageOf(`${fake.host}/a/b:1`)).kind, 'pending');
  assert.equal(registry.peek(imageOf(`${fake.host}/a/b@${multi.digest}`)).kind, 'known');
  await ask(registry, `${fake.host}/a/b:1`);
  time -= 86_400_000;
  assert.equal(registry.peek(imageOf(`${fake.host}/a/b:1`)).kind, 'pending');
});

test('entries without a platform and nested indexes are looked into', async t => {
  const [s390, bare] = [config('linux/s390x'), image(arm)];
  const inner = index(descriptor(image(s390)), 'linux/ppc64le');
  const outer = index('linux/amd64', descriptor(bare), descriptor(inner));
  const fake = await fakeRegistry(t, serve({ '1': outer }, [arm, bare, inner, s390, image(s390)]));
  const platforms = await asked(registryFor([fake.host]), `${fake.host}/a/b:1`);
  assert.equal(platforms, 'linux/amd64 linux/arm64 linux/s390x linux/ppc64le');
  assert.equal(fake.seen.length, 6);
});

test('case 23: an index that leads on and on is left', async t => {
  let deep = index('linux/amd64');
  const all = [deep];
  for (let level = 0; level < 100; level += 1) {
    deep = index(descriptor(deep));
    all.push(deep);
  }
  const wide = index(...Array.from({ length: 999 }, (_, n) => descriptor(image(arm, { n }))));
  const children = Array.from({ length: 999 }, (_, n) => image(arm, { n }));
  const fake = await fakeRegistry(t, serve({ deep, wide }, [...all, ...children, arm]));
  const registry = registryFor([fake.host]);
  const why = 'unreachable: the index leads to too many further manifests';
  assert.equal(await asked(registry, `${fake.host}/a/b:deep`), why);
  assert.equal(await asked(registry, `${fake.host}/a/b:wide`), why);
  assert.ok(fake.seen.length < 25, fake.log());
});

test('case 25: a child that is missing or no image can be left out, one that keeps silent can not', async t => {
  const silent = content('{"rootfs":{}}', 'application/vnd.oci.image.config.v1+json');
  const chart = image(content('{}', 'application/vnd.cncf.helm.config.v1+json'));
  const entry = (of: typeof chart) => ({ ...descriptor(of), platform: undefined });
  const tags = {
    sparse: index('linux/amd64', entry(image(arm))),
    chart: index('linux/amd64', entry(chart)),
    silent: index('linux/amd64', entry(image(silent))),
    nothing: index(entry(image(arm))),
  };
  const fake = await fakeRegistry(t, serve(tags, [chart, silent, image(silent)]));
  const registry = registryFor([fake.host]);
  assert.equal(await asked(registry, `${fake.host}/a/b:sparse`), 'linux/amd64');
  assert.equal(await asked(registry, `${fake.host}/a/b:chart`), 'linux/amd64');
  assert.equal(await asked(registry, `${fake.host}/a/b:silent`), 'does not say');
  const why = 'invalid: the index lists nothing that a node can pull';
  assert.equal(await asked(registry, `${fake.host}/a/b:nothing`), why);
});

test('case 21: content that does not match its digest is not believed', async t => {
  const [right, other] = [index('linux/amd64'), index('linux/arm64')];
  const lying = [
    { ...other, digest: right.digest },
    { ...image(config('linux/amd64')), digest: image(arm).digest },
  ];
  const fake = await fakeRegistry(t, serve({ child: index(descriptor(image(arm))) }, lying));
  const registry = registryFor([fake.host]);
  const why = `unreachable: ${fake.host} sent other content than the digest names`;
  assert.equal(await asked(registry, `${fake.host}/a/b@${right.digest}`), why);
  assert.equal(await asked(registry, `${fake.host}/a/b:child`), why);
});

test('case 21: a config that does not match its digest or size is not believed', async t => {
  const forged = { ...config('linux/amd64'), digest: arm.digest };
  const tags = { digest: image(arm), size: image(arm, { size: 5 }), child: index(descriptor(image(arm))) };
  const fake = await fakeRegistry(t, serve(tags, [image(arm), forged]));
  const registry = registryFor([fake.host]);
  const why = `unreachable: ${fake.host} sent a config that does not match its digest`;
  for (const tag of ['digest', 'size', 'child'])
    assert.equal(await asked(registry, `${fake.host}/a/b:${tag}`), why);
});

test('case 26: a config that says nothing, is broken, too long or missing', async t => {
  const type = 'application/vnd.oci.image.config.v1+json';
  const [silent, broken, gone] = [
    content('{"os":"linux"}', type),
    content('<html>', type),
    config('linux/amd64'),
  ];
  const tags = {
    silent: image(silent),
    broken: image(broken),
    gone: image(gone),
    long: image(arm, { size: 2 ** 30 }),
  };
  const fake = await fakeRegistry(t, serve(tags, [silent, broken]));
  const registry = registryFor([fake.host]);
  assert.equal(await asked(registry, `${fake.host}/a/b:silent`), 'does not say');
  assert.equal(await asked(registry, `${fake.host}/a/b:broken`), 'invalid: its config is not JSON');
  const missing = `unreachable: ${fake.host} has the image, but not its config`;
  assert.equal(await asked(registry, `${fake.host}/a/b:gone`), missing);
  const long = 'unreachable: the config of the image is too long to be read';
  assert.equal(await asked(registry, `${fake.host}/a/b:long`), long);
});

test('case 22: old, foreign and ambiguous manifests', async t => {
  const both = { config: descriptor(arm), layers: [], manifests: [] };
  const tags = {
    old: content({ schemaVersion: 1, architecture: 'amd64' }, 'application/json'),
    chart: image(content('{}', 'application/vnd.cncf.helm.config.v1+json')),
    both: content(both, 'text/html'),
  };
  const fake = await fakeRegistry(t, serve(tags));
  const registry = registryFor([fake.host]);
  const old = 'invalid: it is in the schema 1 format, which container runtimes no longer accept';
  assert.equal(await asked(registry, `${fake.host}/a/b:old`), old);
  assert.equal(
    await asked(registry, `${fake.host}/a/b:chart`),
    'invalid: a Helm chart, not a container image',
  );
  const twoFaced = 'invalid: the manifest is an index and an image at once';
  assert.equal(await asked(registry, `${fake.host}/a/b:both`), twoFaced);
});
