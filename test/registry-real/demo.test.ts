import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { buildImage, mediaTypes } from '../../demo/content';
import type { RunningRegistry } from '../../demo/registry';
import { startRegistry } from '../../demo/registry';
import { nameOf, shapes } from './shapes';
import { useWorld, worldNeeds } from './world';

describe('the demo registry beside a real one with the same content', { skip: worldNeeds() }, () => {
  const world = useWorld();
  let demo: RunningRegistry;
  before(async () => {
    demo = await startRegistry({ images: shapes });
  });
  after(() => demo.close());

  /** What a client can see of an answer; error details and the order of tags are the registry's own affair. */
  async function seen(origin: string, path: string, init: RequestInit) {
    const answer = await fetch(origin + path, init);
    const text = await answer.text();
    const header = (name: string) => answer.headers.get(name);
    const failed = answer.status >= 400 && text !== '';
    return {
      status: answer.status,
      type: header('content-type')?.split(';')[0],
      digest: header('docker-content-digest'),
      etag: header('etag'),
      length: answer.status === 200 ? header('content-length') : undefined,
      text: failed ? JSON.parse(text).errors[0].code : answer.status === 200 ? text : '',
    };
  }

  async function assertSame(path: string, headers: { readonly [name: string]: string }, method = 'GET') {
    const init = { method, headers: { ...headers } };
    const real = await seen(`http://${world().anonymous.host}`, path, init);
    assert.deepEqual(await seen(demo.url, path, init), real);
  }

  const accept = { Accept: Object.values(mediaTypes).join(', ') };
  const absent = `sha256:${'0'.repeat(64)}`;

  for (const image of shapes) {
    const { top, blobs } = buildImage(image);
    const path = `/v2/${image.repository}/manifests`;
    it(`answers alike for the ${image.shape} (${nameOf(image)})`, async () => {
      for (const method of ['GET', 'HEAD']) {
        await assertSame(`${path}/${image.tag}`, accept, method);
        await assertSame(`${path}/${top.digest}`, accept, method);
      }
      await assertSame(`${path}/${image.tag}`, { ...accept, 'If-None-Match': `"${top.digest}"` });
      await assertSame(`${path}/${image.tag}`, { ...accept, 'If-None-Match': `"${absent}"` });
      const blob = blobs[0];
      if (blob !== undefined) await assertSame(`/v2/${image.repository}/blobs/${blob.digest}`, {});
    });
  }

  it('hides OCI manifests alike from clients that do not accept them', async () => {
    for (const name of ['istio/proxyv2/manifests/1.16.0', 'istio/operator/manifests/1.14.1'])
      for (const types of ['*/*', mediaTypes['docker list'], mediaTypes['docker image']])
        await assertSame(`/v2/${name}`, { Accept: types });
  });

  it('picks the same image of a Docker list for clients that know no lists', async () => {
    await assertSame('/v2/istio/pilot/manifests/1.15.0', { Accept: mediaTypes['docker image'] });
  });

  it('refuses alike what is not there', async () => {
    await assertSame('/v2/istio/pilot/manifests/9.9.9', accept);
    await assertSame(`/v2/istio/pilot/manifests/${absent}`, accept);
    await assertSame(`/v2/istio/pilot/blobs/${absent}`, {});
    await assertSame('/v2/istio/nothing/tags/list', {});
  });
});
