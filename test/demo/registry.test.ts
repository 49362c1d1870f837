import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { mediaTypes } from '../../demo/content';
import type { RunningRegistry } from '../../demo/registry';
import { startRegistry } from '../../demo/registry';
import { missing } from '../registry-real/programs';
import { skopeoPlatforms } from '../registry-real/skopeo';

interface Entry {
  readonly digest: string;
  readonly platform: { readonly os: string; readonly architecture: string };
  readonly annotations?: { readonly [name: string]: string };
}

interface Manifest {
  readonly manifests?: readonly Entry[];
  readonly config?: { readonly digest: string };
}

/** The members that the answers in these tests have, each in some of them. */
interface Body {
  readonly manifests: readonly [Entry, Entry, ...Entry[]];
  readonly errors: readonly [{ readonly code: string; readonly message: string }];
  readonly tags: readonly string[];
  readonly token: string;
  readonly access_token: string;
  readonly expires_in: number;
}

const bodyOf = async (answer: Response) => (await answer.json()) as Body;

const acceptAll = { Accept: Object.values(mediaTypes).join(', ') };

describe('the demo registry without authentication', () => {
  let registry: RunningRegistry;
  before(async () => {
    registry = await startRegistry();
  });
  after(() => registry.close());
  const get = (path: string, init?: RequestInit) =>
    fetch(registry.url + path, { headers: acceptAll, ...init });

  it('starts in less than 50 ms', async () => {
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const start = performance.now();
      const another = await startRegistry();
      times.push(performance.now() - start);
      await another.close();
    }
    assert.ok(Math.min(...times) < 50, `took ${times} ms`);
  });

  for (const [image, form, platforms] of [
    ['istio/pilot:1.14.1', 'docker image', ['linux/amd64']],
    ['istio/proxyv2:1.13.9-distroless', 'docker image', ['linux/amd64']],
    ['istio/pilot:1.15.0', 'docker list', ['linux/amd64', 'linux/arm64']],
    ['istio/ztunnel:1.24.2-distroless', 'docker list', ['linux/amd64', 'linux/arm64']],
    ['resf/istio/install-cni:1.14.3', 'oci index', ['linux/amd64', 'linux/arm64']],
    ['querycapistio/proxyv2:1.10.2', 'oci index', ['linux/amd64', 'linux/arm64']],
  ] as const)
    it(`serves ${image} as a ${form} of ${platforms.join(' and ')}`, async () => {
      const [name = '', tag = ''] = image.split(':');
      const answer = await get(`/v2/${name}/manifests/${tag}`);
      assert.equal(answer.headers.get('content-type'), mediaTypes[form]);
      const bytes = Buffer.from(await answer.arrayBuffer());
      const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      assert.equal(answer.headers.get('docker-content-digest'), digest);
      const { manifests, config } = JSON.parse(bytes.toString()) as Manifest;
      const single = async () => {
        const blob = await get(`/v2/${name}/blobs/${config?.digest}`);
        return [{ platform: (await blob.json()) as Entry['platform'] }];
      };
      const entries: readonly Pick<Entry, 'platform' | 'annotations'>[] = manifests ?? (await single());
      const images = entries.filter(entry => entry.annotations === undefined);
      const seen = images.map(({ platform: { os, architecture } }) => `${os}/${architecture}`);
      assert.deepEqual(seen, platforms);
    });

  it('serves a child by digest to a client that has not asked for its tag', async () => {
    const list = await bodyOf(await get('/v2/istio/pilot/manifests/1.16.0'));
    const fresh = await startRegistry();
    const path = `/v2/istio/pilot/manifests/${list.manifests[1].digest}`;
    const child = await fetch(fresh.url + path, { headers: acceptAll });
    await fresh.close();
    assert.equal(child.status, 200);
    assert.equal(child.headers.get('docker-content-digest'), list.manifests[1].digest);
  });

  it('marks the provenance entries of community builds', async () => {
    const index = await bodyOf(await get('/v2/resf/istio/pilot/manifests/1.14.1'));
    const marked = index.manifests.filter(
      entry => entry.annotations?.['vnd.docker.reference.type'] === 'attestation-manifest',
    );
    assert.deepEqual(
      marked.map(entry => entry.platform),
      Array(2).fill({ architecture: 'unknown', os: 'unknown' }),
    );
    const subject = marked[0]?.annotations?.['vnd.docker.reference.digest'];
    assert.equal(subject, index.manifests[0].digest);
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    const path = '/v2/istio/pilot/manifests/1.14.1';
    const got = await get(path);
    const size = (await got.arrayBuffer()).byteLength;
    const head = await get(path, { method: 'HEAD' });
    assert.equal(head.headers.get('content-length'), String(size));
    assert.equal(head.headers.get('etag'), got.headers.get('etag'));
    assert.equal(await head.text(), '');
  });

  it('answers 304 when the client has the current manifest, 200 when it has another one', async () => {
    const path = '/v2/istio/pilot/manifests/1.14.1';
    const etag = (await get(path)).headers.get('etag') ?? '';
    const same = await get(path, { headers: { ...acceptAll, 'If-None-Match': etag } });
    assert.equal(same.status, 304);
    assert.equal(await same.text(), '');
    const other = await get(path, { headers: { ...acceptAll, 'If-None-Match': '"sha256:0"' } });
    assert.equal(other.status, 200);
  });

  for (const [path, status, code] of [
    ['/v2/istio/pilot/manifests/1.14.99', 404, 'MANIFEST_UNKNOWN'],
    ['/v2/resf/istio/pilot/manifests/1.14.4', 404, 'MANIFEST_UNKNOWN'],
    [`/v2/istio/pilot/manifests/sha256:${'0'.repeat(64)}`, 404, 'MANIFEST_UNKNOWN'],
    ['/v2/istio/nothing/manifests/1.14.1', 404, 'NAME_UNKNOWN'],
    ['/v2/istio/nothing/tags/list', 404, 'NAME_UNKNOWN'],
    [`/v2/istio/pilot/blobs/sha256:${'0'.repeat(64)}`, 404, 'BLOB_UNKNOWN'],
    ['/v2/istio/pilot/tags/list?n=x', 400, 'PAGINATION_NUMBER_INVALID'],
    ['/v2/%zz', 404, 'UNSUPPORTED'],
  ] as const)
    it(`answers ${path.slice(0, 60)} with ${status} ${code}`, async () => {
      const answer = await get(path);
      assert.equal(answer.status, status);
      assert.equal((await bodyOf(answer)).errors[0].code, code);
    });

  it('refuses to be written to', async () => {
    assert.equal((await get('/v2/istio/pilot/blobs/uploads/', { method: 'POST' })).status, 405);
  });

  it('hides an OCI index from a client that does not accept one', async () => {
    const answer = await get('/v2/resf/istio/pilot/manifests/1.14.1', {
      headers: { Accept: `*/*, ${mediaTypes['docker list']}` },
    });
    assert.equal(answer.status, 404);
    assert.match((await bodyOf(answer)).errors[0].message, /OCI index found/);
  });

  it('answers a client that knows no lists with the amd64 image of a Docker list', async () => {
    const path = '/v2/istio/pilot/manifests/1.15.0';
    const list = await bodyOf(await get(path));
    const answer = await get(path, { headers: { Accept: mediaTypes['docker image'] } });
    assert.equal(answer.headers.get('docker-content-digest'), list.manifests[0].digest);
  });

  it('lists every tag once over linked pages', async () => {
    const whole = await bodyOf(await get('/v2/istio/pilot/tags/list'));
    const tags: string[] = [];
    let next: string | undefined = '/v2/istio/pilot/tags/list?n=100';
    while (next !== undefined) {
      const page = await get(next);
      tags.push(...(await bodyOf(page)).tags);
      next = /^<([^>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
    }
    assert.deepEqual(tags, whole.tags);
    assert.ok(tags.includes('1.14.1') && tags.includes('1.15.0-distroless') && tags.length > 300);
  });

  it('tells which requests it got', async () => {
    const fresh = await startRegistry();
    await fetch(`${fresh.url}/v2/`);
    await fetch(`${fresh.url}/v2/istio/pilot/tags/list?n=1`, { method: 'HEAD' });
    await fresh.close();
    assert.deepEqual(fresh.requests(), [
      { method: 'GET', path: '/v2/' },
      { method: 'HEAD', path: '/v2/istio/pilot/tags/list?n=1' },
    ]);
  });

  it('waits the given time before each answer', async () => {
    const slow = await startRegistry({ delay: 40 });
    const start = performance.now();
    await fetch(`${slow.url}/v2/`);
    const elapsed = performance.now() - start;
    await slow.close();
    assert.ok(elapsed >= 39, `took ${elapsed} ms`);
  });

  it('shows skopeo the platforms of both vocabularies', { skip: missing('skopeo') }, async () => {
    const host = new URL(registry.url).host;
    assert.deepEqual(await skopeoPlatforms(`${host}/istio/pilot:1.14.1`), ['linux/amd64']);
    assert.deepEqual(await skopeoPlatforms(`${host}/istio/pilot:1.15.0`), ['linux/amd64', 'linux/arm64']);
    const community = await skopeoPlatforms(`${host}/resf/istio/pilot:1.14.1`);
    assert.deepEqual(community, ['linux/amd64', 'linux/arm64']);
  });
});

describe('the demo registry with tokens', () => {
  let registry: RunningRegistry;
  before(async () => {
    registry = await startRegistry({ auth: true });
  });
  after(() => registry.close());
  const pilot = '/v2/istio/pilot/manifests/1.14.1';
  const get = (path: string, token?: string) =>
    fetch(registry.url + path, {
      headers: { ...acceptAll, ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) },
    });
  const tokenFor = async (...scopes: readonly string[]) => {
    const query = scopes.map(scope => `scope=${encodeURIComponent(scope)}`).join('&');
    return (await bodyOf(await get(`/token?${query}`))).token;
  };

  it('says where to get a token, and for what', async () => {
    const answer = await get(pilot);
    assert.equal(answer.status, 401);
    assert.equal((await bodyOf(answer)).errors[0].code, 'UNAUTHORIZED');
    const challenge = `Bearer realm="${registry.url}/token",service="registry.demo",scope="repository:istio/pilot:pull"`;
    assert.equal(answer.headers.get('www-authenticate'), challenge);
  });

  it('gives a new token for five minutes each time', async () => {
    const [first, second] = [await get('/token'), await get('/token')];
    const [one, two] = [await bodyOf(first), await bodyOf(second)];
    assert.equal(one.expires_in, 300);
    assert.equal(one.access_token, one.token);
    assert.notEqual(one.token, two.token);
  });

  it('answers for the scope of the token only', async () => {
    const token = await tokenFor('repository:istio/pilot:pull');
    assert.equal((await get(pilot, token)).status, 200);
    const other = await get('/v2/istio/proxyv2/manifests/1.14.1', token);
    assert.equal(other.status, 401);
    assert.match(other.headers.get('www-authenticate') ?? '', /error="insufficient_scope"/);
  });

  it('grants several scopes with one token', async () => {
    const token = await tokenFor('repository:istio/pilot:pull', 'repository:istio/proxyv2:pull');
    assert.equal((await get(pilot, token)).status, 200);
    assert.equal((await get('/v2/istio/proxyv2/manifests/1.14.1', token)).status, 200);
  });

  it('does not tell an unknown repository from a private one', async () => {
    const token = await tokenFor('repository:istio/nothing:pull');
    assert.equal((await get('/v2/istio/nothing/manifests/1.14.1', token)).status, 401);
  });

  it('refuses an invented token and a scope without pull', async () => {
    assert.equal((await get(pilot, 'invented')).status, 401);
    assert.equal((await get(pilot, await tokenFor('repository:istio/pilot:push'))).status, 401);
  });

  it('lets skopeo in', { skip: missing('skopeo') }, async () => {
    const image = `${new URL(registry.url).host}/resf/istio/pilot:1.14.1`;
    assert.deepEqual(await skopeoPlatforms(image), ['linux/amd64', 'linux/arm64']);
  });
});
