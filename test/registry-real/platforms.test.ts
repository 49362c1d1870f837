import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { formatPlatform, normalisePlatform, parsePlatform } from '../../server/src/core/platform';
import { answer, ask, createAsker } from './asker';
import { nameOf, shapes } from './shapes';
import { skopeoPlatforms, skopeoRaw } from './skopeo';
import { account, hostsOf, useWorld, worldNeeds } from './world';

/** `linux/arm64` for `linux/arm64/v8`. */
function normalised(text: string): string {
  const parsed = parsePlatform(text);
  if (parsed.kind === 'invalid') throw new Error(`${text}: ${parsed.why}`);
  return formatPlatform(normalisePlatform(parsed.platform));
}

const kinds = ['anonymous', 'basic', 'token'] as const;

describe('platforms, as Meshfit and as skopeo see them', { skip: worldNeeds() }, () => {
  const world = useWorld();

  const optionsFor = (kind: (typeof kinds)[number]) => {
    const logins = kind === 'anonymous' ? {} : { [world()[kind].host]: account };
    return { allowedHosts: hostsOf(world(), kind), logins };
  };

  const bySkopeo = async (image: string) => {
    const seen = await skopeoPlatforms(image, { credentials: account });
    return seen.map(normalised).join(' ');
  };

  for (const kind of kinds)
    for (const image of shapes.filter(({ shape }) => shape !== 'empty index')) {
      it(`agree on the ${image.shape} (${kind})`, async () => {
        const { host } = world()[kind];
        const expected = await bySkopeo(`${host}/${nameOf(image)}`);
        const direct = await createAsker(world(), optionsFor(kind));
        assert.equal(await answer(direct, `${host}/${nameOf(image)}`), expected);
        const mirrored = await createAsker(world(), {
          ...optionsFor(kind),
          mirrors: { 'docker.io': `http://${host}` },
        });
        assert.equal(await answer(mirrored, `docker.io/${nameOf(image)}`), expected);
        assert.equal(await answer(mirrored, nameOf(image)), expected);
      });
    }

  for (const kind of kinds)
    it(`of an empty index are none that a node can run (${kind})`, async () => {
      const image = `${world()[kind].host}/istio/odd:empty`;
      const registry = await createAsker(world(), optionsFor(kind));
      assert.equal(await answer(registry, image), 'invalid: the index has no entry');
    });

  it('come with the digest of what the registry sent, which can be asked for too', async () => {
    const { host } = world().anonymous;
    const registry = await createAsker(world(), { allowedHosts: [host] });
    const [fact] = await ask(registry, `${host}/istio/pilot:1.15.0`);
    const raw = await skopeoRaw(`${host}/istio/pilot:1.15.0`);
    const digest = `sha256:${createHash('sha256').update(raw).digest('hex')}`;
    assert.equal(fact?.kind === 'known' && fact.digest, digest);
    const fresh = await createAsker(world(), { allowedHosts: [host] });
    assert.equal(await answer(fresh, `${host}/istio/pilot@${digest}`), 'linux/amd64 linux/arm64');
  });

  it('serve two registries through one mirror', async () => {
    const mirror = `http://${world().anonymous.host}`;
    const registry = await createAsker(world(), { mirrors: { 'docker.io': mirror, 'ghcr.io': mirror } });
    assert.equal(await answer(registry, 'docker.io/istio/pilot:1.14.1'), 'linux/amd64');
    assert.equal(await answer(registry, 'ghcr.io/resf/istio/pilot:1.14.1'), 'linux/amd64 linux/arm64');
  });

  it('are not asked of a host that nobody has allowed', async () => {
    const { host, requests } = world().anonymous;
    await requests();
    const registry = await createAsker(world(), {});
    const [fact] = await ask(registry, `${host}/istio/pilot:1.15.0`);
    assert.deepEqual(fact, { kind: 'notAllowed', host });
    assert.deepEqual(await requests(), []);
  });
});

describe('what a real registry refuses', { skip: worldNeeds() }, () => {
  const world = useWorld();

  for (const kind of kinds)
    it(`is absent where the tag or the repository does not exist (${kind})`, async () => {
      const { host } = world()[kind];
      const registry = await createAsker(world(), {
        allowedHosts: hostsOf(world(), kind),
        logins: kind === 'anonymous' ? {} : { [host]: account },
      });
      const tag = await answer(registry, `${host}/istio/pilot:9.9.9`);
      assert.equal(tag, `absent: ${host} has no tag 9.9.9 of istio/pilot`);
      assert.match(await answer(registry, `${host}/istio/nothing:1.14.1`), /^absent: .*istio\/nothing/);
    });

  for (const kind of ['basic', 'token'] as const)
    it(`is denied with a wrong password (${kind})`, async () => {
      const { host } = world()[kind];
      const registry = await createAsker(world(), {
        allowedHosts: hostsOf(world(), kind),
        logins: { [host]: 'alice:wrong' },
      });
      const words = await answer(registry, `${host}/istio/pilot:1.15.0`);
      assert.match(words, /^denied: not found, or private: .* with the credentials stored for /);
      assert.ok(words.includes(host));
    });

  it('is denied without an account, with the command that helps', async () => {
    const { basic, token } = world();
    const registry = await createAsker(world(), { allowedHosts: [basic.host, ...hostsOf(world(), 'token')] });
    const closed = await answer(registry, `${basic.host}/istio/pilot:1.15.0`);
    assert.match(closed, /^denied: not found, or private: /);
    assert.ok(closed.includes(`docker login ${basic.host}`));
    assert.match(
      await answer(registry, `${token.host}/istio/odd:nowhere`),
      /^denied: not found, or private: /,
    );
    assert.equal(await answer(registry, `${token.host}/istio/pilot:1.15.0`), 'linux/amd64 linux/arm64');
  });

  it('is a token server without TLS that the user has not allowed', async () => {
    const { token, tokenServer } = world();
    tokenServer.requests();
    const registry = await createAsker(world(), {
      allowedHosts: [token.host],
      logins: { [token.host]: account },
    });
    assert.match(await answer(registry, `${token.host}/istio/pilot:1.15.0`), /^unreachable: .*token server/);
    assert.deepEqual(tokenServer.requests(), []);
  });
});
