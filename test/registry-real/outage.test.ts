import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answer, ask, createAsker } from './asker';
import { waitUntil } from './waitUntil';
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

  it('may be stopped in the middle of many lookups: each of them ends', async () => {
    const { anonymous } = world();
    const registry = await createAsker(world(), { allowedHosts: [anonymous.host] });
    const tags = Array.from({ length: 200 }, (_, n) => `${anonymous.host}/istio/pilot:none${n}`);
    await anonymous.requests();
    const asking = ask(registry, `${anonymous.host}/istio/pilot:1.15.0`, ...tags);
    // Ended when the first answers are there.
    await waitUntil('the first answer', async () =>
      (await anonymous.requests()).length > 0 ? true : undefined,
    );
    await anonymous.stop();
    const facts = await asking;
    await anonymous.start();
    const kinds = new Set(facts.map(({ kind }) => kind));
    assert.ok(kinds.has('unreachable'), [...kinds].join(' '));
    assert.ok(
      [...kinds].every(kind => ['known', 'absent', 'unreachable'].includes(kind)),
      [...kinds].join(' '),
    );
    registry.forget();
    assert.equal(await answer(registry, `${anonymous.host}/istio/proxyv2:1.16.0`), 'linux/amd64 linux/arm64');
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
