import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ask, createAsker } from './asker';
import { account, hostsOf, useWorld, worldNeeds } from './world';

describe('the requests that a real registry sees', { skip: worldNeeds() }, () => {
  const world = useWorld();
  beforeEach(async () => {
    for (const { requests } of [world().anonymous, world().basic, world().token]) await requests();
    world().tokenServer.requests();
  });

  const pilot = 'GET /v2/istio/pilot/manifests';

  it('are one for an index, and none while the answer is remembered', async () => {
    const { host, requests } = world().anonymous;
    const registry = await createAsker(world(), { allowedHosts: [host] });
    await ask(registry, `${host}/istio/pilot:1.15.0`);
    assert.deepEqual(await requests(), [`${pilot}/1.15.0 200`]);
    const [again] = await ask(registry, `${host}/istio/pilot:1.15.0`);
    assert.equal(again?.kind, 'known');
    assert.deepEqual(await requests(), []);
  });

  it('are none for the digest of a tag that was asked for', async () => {
    const { host, requests } = world().anonymous;
    const registry = await createAsker(world(), { allowedHosts: [host] });
    const [fact] = await ask(registry, `${host}/istio/pilot:1.15.0`);
    assert.ok(fact?.kind === 'known');
    await ask(registry, `${host}/istio/pilot@${fact.digest}`);
    assert.equal((await requests()).length, 1);
  });

  it('are two for a single image, whose platform is in its config', async () => {
    const { host, requests } = world().anonymous;
    const registry = await createAsker(world(), { allowedHosts: [host] });
    await ask(registry, `${host}/istio/pilot:1.14.1`);
    const [manifest, config, ...others] = await requests();
    assert.equal(manifest, `${pilot}/1.14.1 200`);
    assert.match(config ?? '', /^GET \/v2\/istio\/pilot\/blobs\/sha256:[0-9a-f]{64} 200$/);
    assert.deepEqual(others, []);
  });

  it('are one for the same image asked for three times at once', async () => {
    const { host, requests } = world().anonymous;
    const registry = await createAsker(world(), { mirrors: { 'docker.io': `http://${host}` } });
    const image = 'istio/proxyv2:1.16.0';
    await Promise.all([ask(registry, image, `docker.io/${image}`), ask(registry, image)]);
    assert.equal((await requests()).length, 1);
  });

  it('are three with a token the first time and one afterwards', async () => {
    const { token, tokenServer } = world();
    const registry = await createAsker(world(), { allowedHosts: hostsOf(world(), 'token') });
    await ask(registry, `${token.host}/istio/pilot:1.15.0`);
    assert.deepEqual(await token.requests(), [`${pilot}/1.15.0 401`, `${pilot}/1.15.0 200`]);
    assert.deepEqual(tokenServer.requests(), ['- repository:istio/pilot:pull']);
    await ask(registry, `${token.host}/istio/pilot:absent`);
    assert.deepEqual(await token.requests(), [`${pilot}/absent 404`]);
    assert.deepEqual(tokenServer.requests(), []);
  });

  it('are two for another repository of a registry that is known to want tokens', async () => {
    const { token, tokenServer } = world();
    const registry = await createAsker(world(), { allowedHosts: hostsOf(world(), 'token') });
    await ask(registry, `${token.host}/istio/pilot:1.15.0`);
    await token.requests();
    tokenServer.requests();
    await ask(registry, `${token.host}/istio/proxyv2:1.16.0`);
    assert.deepEqual(await token.requests(), ['GET /v2/istio/proxyv2/manifests/1.16.0 200']);
    assert.deepEqual(tokenServer.requests(), ['- repository:istio/proxyv2:pull']);
  });

  it('share one token for many tags of a repository asked for at once', async () => {
    const { token, tokenServer } = world();
    const registry = await createAsker(world(), {
      allowedHosts: hostsOf(world(), 'token'),
      logins: { [token.host]: account },
    });
    const tags = ['1.15.0', '1.14.1', 'a', 'b', 'c', 'd'];
    await ask(registry, ...tags.map(tag => `${token.host}/istio/pilot:${tag}`));
    assert.deepEqual(tokenServer.requests(), ['alice repository:istio/pilot:pull']);
    const answered = (await token.requests()).filter(line => !line.endsWith(' 401'));
    assert.equal(answered.length, tags.length + 1);
  });

  it('are two with a password the first time and one afterwards', async () => {
    const { host, requests } = world().basic;
    const registry = await createAsker(world(), { allowedHosts: [host], logins: { [host]: account } });
    await ask(registry, `${host}/istio/pilot:1.15.0`);
    assert.deepEqual(await requests(), [`${pilot}/1.15.0 401`, `${pilot}/1.15.0 200`]);
    await ask(registry, `${host}/istio/proxyv2:1.16.0`);
    assert.deepEqual(await requests(), ['GET /v2/istio/proxyv2/manifests/1.16.0 200']);
  });

  it('are one HEAD for a tag that has grown old, and one for a token that reaches several repositories', async () => {
    const { token, tokenServer } = world();
    let time = Date.now();
    const options = { allowedHosts: hostsOf(world(), 'token'), now: () => time };
    const registry = await createAsker(world(), options);
    const images = ['istio/pilot:1.15.0', 'istio/proxyv2:1.16.0'].map(image => `${token.host}/${image}`);
    await ask(registry, ...images);
    assert.equal((await token.requests()).length, 3);
    assert.deepEqual(tokenServer.requests(), ['- repository:istio/pilot:pull repository:istio/proxyv2:pull']);
    time += 3_600_000;
    const [fact] = await ask(registry, ...images);
    assert.ok(fact?.kind === 'known' && fact.seen === time && fact.old === undefined);
    const methods = (await token.requests()).map(line => line.split(' ')[0]);
    assert.deepEqual(methods, ['HEAD', 'HEAD']);
  });

  it('do not go on after a wrong password', async () => {
    const { basic, token, tokenServer } = world();
    const logins = { [basic.host]: 'alice:wrong', [token.host]: 'alice:wrong' };
    const allowedHosts = [basic.host, ...hostsOf(world(), 'token')];
    const registry = await createAsker(world(), { allowedHosts, logins });
    await ask(registry, `${basic.host}/istio/pilot:1.15.0`, `${token.host}/istio/pilot:1.15.0`);
    assert.deepEqual(await basic.requests(), [`${pilot}/1.15.0 401`, `${pilot}/1.15.0 401`]);
    assert.deepEqual(await token.requests(), [`${pilot}/1.15.0 401`]);
    assert.equal(tokenServer.requests().length, 1);
  });
});
