import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ask, createAsker } from './asker';
import { seed } from './seed';
import { account, hostsOf, useWorld, worldNeeds } from './world';

const repositories = ['pilot', 'proxyv2', 'install-cni', 'ztunnel', 'operator'].map(name => `fifty/${name}`);
const tags = Array.from({ length: 10 }, (_, minor) => `1.${15 + minor}.0`);
const names = repositories.flatMap(repository => tags.map(tag => `${repository}:${tag}`));

describe('fifty images of one host', { skip: worldNeeds() }, () => {
  const world = useWorld();
  before(async () => {
    const both = { form: 'docker list', platforms: ['linux/amd64', 'linux/arm64'] } as const;
    const images = repositories.flatMap(repository => tags.map(tag => ({ repository, tag, ...both })));
    await seed(world().anonymous.host, images);
    for (const { requests } of [world().anonymous, world().basic, world().token]) await requests();
  });

  it('need fifty requests where anybody may ask, and none when they are asked for again', async () => {
    const { host, requests } = world().anonymous;
    const registry = await createAsker(world(), { allowedHosts: [host] });
    const images = names.map(name => `${host}/${name}`);
    const facts = await ask(registry, ...images);
    assert.deepEqual(new Set(facts.map(({ kind }) => kind)), new Set(['known']));
    assert.equal((await requests()).length, 50);
    await ask(registry, ...images);
    assert.equal((await requests()).length, 0);
  });

  it('need 52 with tokens: one to be told where they are given, one token for all, and the images', async () => {
    const { token, tokenServer } = world();
    const registry = await createAsker(world(), { allowedHosts: hostsOf(world(), 'token') });
    tokenServer.requests();
    const facts = await ask(registry, ...names.map(name => `${token.host}/${name}`));
    assert.deepEqual(new Set(facts.map(({ kind }) => kind)), new Set(['known']));
    const [asked, tokens] = [await token.requests(), tokenServer.requests()];
    assert.deepEqual([asked.length, tokens.length], [51, 1]);
  });

  it('need 51 with a password', async () => {
    const { host, requests } = world().basic;
    const registry = await createAsker(world(), { allowedHosts: [host], logins: { [host]: account } });
    await ask(registry, ...names.map(name => `${host}/${name}`));
    assert.equal((await requests()).length, 51);
  });
});
