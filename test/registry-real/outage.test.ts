import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answer, ask, createAsker } from './asker';
import { account, hostsOf, useWorld, worldNeeds } from './world';

describe('a real registry that goes away and comes back', { skip: worldNeeds() }, () => {
  const world = useWorld();

  it('is unreachable in the meantime, and only it', async () => {
    const { anonymous, basic } = world();
    const registry = await createAsker(world(), {
      allowedHosts: [anonymous.host, basic.host],
      logins: { [basic.host]: account },
    });
    const seen = `${anonymous.host}/istio/pilot:1.15.0`;
    const wanted = `${anonymous.host}/istio/proxyv2:1.16.0`;
    assert.equal(await answer(registry, seen), 'linux/amd64 linux/arm64');
    await anonymous.stop();

    const started = Date.now();
    const [gone, other] = await ask(registry, wanted, `${basic.host}/istio/proxyv2:1.16.0`);
    assert.ok(gone?.kind === 'unreachable');
    assert.match(gone.why, /can't be reached|broke off/);
    assert.ok(gone.why.includes(anonymous.host), gone.why);
    assert.ok(gone.retryAt > started);
    assert.equal(other?.kind, 'known');
    assert.equal(await answer(registry, seen), 'linux/amd64 linux/arm64');

    await anonymous.start();
    registry.forget();
    assert.equal(
      registry.peek({ registry: anonymous.host, repository: 'istio/pilot', tag: '1.15.0' }).kind,
      'pending',
    );
    assert.equal(await answer(registry, wanted), 'linux/amd64 linux/arm64');
  });

  it('is unreachable too when only its token server is away', async () => {
    const { token, tokenServer } = world();
    const registry = await createAsker(world(), { allowedHosts: hostsOf(world(), 'token') });
    await tokenServer.close();
    const [fact] = await ask(registry, `${token.host}/istio/pilot:1.15.0`);
    assert.ok(fact?.kind === 'unreachable', fact?.kind);
    assert.ok(fact.why.includes(new URL(tokenServer.realm).host), fact.why);
  });
});
