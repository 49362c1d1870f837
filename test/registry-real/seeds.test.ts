import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildImage } from '../../demo/content';
import { nameOf, shapes } from './shapes';
import { skopeoPlatforms, skopeoRaw } from './skopeo';
import { account, useWorld, worldNeeds } from './world';

describe('what is stored in a real registry', { skip: worldNeeds() }, () => {
  const world = useWorld();

  for (const image of shapes) {
    it(`is the ${image.shape} byte by byte`, async () => {
      const raw = await skopeoRaw(`${world().anonymous.host}/${nameOf(image)}`);
      assert.equal(raw, buildImage(image).top.bytes.toString());
    });

    it(`shows skopeo the platforms of the ${image.shape}, whoever it asks as`, async () => {
      const { anonymous, basic, token } = world();
      const credentials = { credentials: account };
      assert.deepEqual(await skopeoPlatforms(`${anonymous.host}/${nameOf(image)}`), image.platforms);
      assert.deepEqual(await skopeoPlatforms(`${basic.host}/${nameOf(image)}`, credentials), image.platforms);
      assert.deepEqual(await skopeoPlatforms(`${token.host}/${nameOf(image)}`, credentials), image.platforms);
    });
  }

  it('is closed to a wrong password, and to nobody where an account is needed', async () => {
    const image = `${world().basic.host}/istio/pilot:1.15.0`;
    await assert.rejects(skopeoPlatforms(image, { credentials: 'alice:wrong' }), /unauthorized|401/i);
    await assert.rejects(skopeoPlatforms(image), /unauthorized|401|authentication required/i);
    const odd = `${world().token.host}/istio/odd:empty`;
    await assert.rejects(skopeoPlatforms(odd), /denied|unauthorized/i);
  });

  it('is counted in the access log', async () => {
    const { host, requests } = world().anonymous;
    await requests();
    for (const tag of ['1.15.0', 'absent'])
      await (await fetch(`http://${host}/v2/istio/pilot/manifests/${tag}`)).text();
    const seen = await requests();
    assert.deepEqual(seen, [
      'GET /v2/istio/pilot/manifests/1.15.0 200',
      'GET /v2/istio/pilot/manifests/absent 404',
    ]);
  });

  it('outlives a restart of the registry', async () => {
    const { host, stop, start, requests } = world().anonymous;
    const image = `${host}/istio/pilot:1.15.0`;
    await stop();
    await assert.rejects(skopeoPlatforms(image), /connection refused/);
    await start();
    assert.deepEqual(await skopeoPlatforms(image), ['linux/amd64', 'linux/arm64']);
    assert.ok((await requests()).includes('GET /v2/istio/pilot/manifests/1.15.0 200'));
  });
});
