import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { createAuthority } from '../support/authority';
import { exampleOf } from '../support/page';
import { answer, ask, createAsker } from './asker';
import { type Distribution, runDistribution, type Sections } from './distribution';
import { missing } from './programs';
import { seed } from './seed';
import { shapes } from './shapes';

const page = 'mirrors-and-proxies.md';
const images = ['istio/pilot:1.15.0', 'istio/proxyv2:1.16.0'];
const needed = missing('docker-registry', 'openssl');

/** An empty registry with further sections in its configuration, until the test ends, and a folder for it. */
async function registryWith(t: TestContext, sections: Sections = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'meshfit-mirror-'));
  await mkdir(join(folder, 'content'));
  const registry = await runDistribution(join(folder, 'content'), undefined, sections);
  t.after(async () => {
    await registry.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { registry, folder };
}

const manifestsIn = (requests: readonly string[]): readonly string[] =>
  requests.filter(line => line.includes('/manifests/'));

describe("a team's pull-through cache, as the page has it", { skip: needed }, () => {
  const authority = needed === false ? createAuthority() : undefined;

  /** The page's configuration with this machine's addresses and files in it. */
  const cacheOf = (t: TestContext, upstream: Distribution) => {
    const config = parse(exampleOf(page, 'config.yml'));
    assert.equal(config.proxy.remoteurl, 'https://registry-1.docker.io');
    assert.deepEqual(Object.keys(config.http.tls), ['certificate', 'key']);
    const identity = authority?.issue(['127.0.0.1']);
    assert.ok(identity !== undefined);
    const tls = { certificate: identity.certFile, key: identity.keyFile };
    return registryWith(t, { http: { tls }, proxy: { remoteurl: `http://${upstream.host}` } });
  };

  it('asks the registry once for everybody, and answers while the registry is away', async t => {
    const { registry: upstream } = await registryWith(t);
    await seed(upstream.host, shapes);
    const { registry: cache, folder } = await cacheOf(t, upstream);
    const member = () =>
      createAsker(
        { folder },
        {
          mirrors: { 'docker.io': `https://${cache.host}` },
          environment: { SSL_CERT_FILE: authority?.file },
        },
      );
    await upstream.requests();
    await cache.requests();
    const people = await Promise.all([member(), member(), member()]);
    for (const person of people)
      for (const image of images) assert.equal(await answer(person, image), 'linux/amd64 linux/arm64');

    const fetched = manifestsIn(await upstream.requests()).filter(line => line.startsWith('GET '));
    assert.equal(fetched.length, images.length, fetched.join('\n'));
    assert.equal(manifestsIn(await cache.requests()).length, images.length * people.length);
    await upstream.stop();
    const [fact] = await ask(await member(), images[0] ?? '');
    assert.equal(fact?.kind === 'known' && fact.by, `the mirror ${cache.host} of docker.io`);
  });

  it('is not believed by who does not trust its certificate', async t => {
    const { registry: upstream } = await registryWith(t);
    const { registry: cache, folder } = await cacheOf(t, upstream);
    await cache.requests();
    const stranger = await createAsker({ folder }, { mirrors: { 'docker.io': `https://${cache.host}` } });
    const why = `unreachable: the TLS certificate of the mirror ${cache.host} of docker.io is not trusted`;
    assert.ok((await answer(stranger, images[0] ?? '')).startsWith(why));
    assert.deepEqual(await cache.requests(), []);
  });
});

describe('a registry with a certificate of its own', { skip: needed }, () => {
  const authority = needed === false ? createAuthority() : undefined;

  it('is asked over TLS by who trusts the authority, also after it was restarted', async t => {
    const identity = authority?.issue(['127.0.0.1']);
    assert.ok(identity !== undefined);
    const tls = { certificate: identity.certFile, key: identity.keyFile };
    const { registry: plain, folder } = await registryWith(t);
    await seed(plain.host, shapes);
    const secure = await runDistribution(join(folder, 'content'), undefined, { http: { tls } });
    t.after(() => secure.close());
    const asker = await createAsker(
      { folder },
      {
        mirrors: { 'docker.io': `https://${secure.host}` },
        environment: { SSL_CERT_FILE: authority?.file },
      },
    );
    assert.equal(await answer(asker, images[0] ?? ''), 'linux/amd64 linux/arm64');
    await secure.stop();
    assert.match(await answer(asker, images[1] ?? ''), /^unreachable: /);
    await secure.start();
    asker.forget();
    assert.equal(await answer(asker, images[1] ?? ''), 'linux/amd64 linux/arm64');
  });
});

describe('a mirror without the internet, as the page has it', {
  skip: missing('docker-registry', 'skopeo'),
}, () => {
  it('has every platform after skopeo sync', async t => {
    const { registry: outside } = await registryWith(t);
    await seed(outside.host, shapes);
    const { registry: inside, folder } = await registryWith(t);
    const list = join(folder, 'istio.yml');
    const text = exampleOf(page, 'istio.yml').replace(
      'docker.io:\n',
      `${outside.host}:\n  tls-verify: false\n`,
    );
    await writeFile(list, text);
    const command = /^skopeo .*$/m.exec(exampleOf(page, 'sh'))?.[0] ?? '';
    const words = command
      .replace('istio.yml', list)
      .replace('mirror.example.com', inside.host)
      .split(' ')
      .slice(1);
    await promisify(execFile)('skopeo', [...words, '--dest-tls-verify=false']);
    await outside.stop();
    const asker = await createAsker({ folder }, { mirrors: { 'docker.io': `http://${inside.host}` } });
    for (const image of images) assert.equal(await answer(asker, image), 'linux/amd64 linux/arm64');
  });
});
