import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { asked, registryFor } from '../support/askRegistry';
import { type Authority, createAuthority } from '../support/authority';
import { fakeProxy } from '../support/fakeProxy';
import { fakeRegistry, index, serve } from '../support/fakeRegistry';
import { missing } from './programs';
import { runTinyproxy } from './tinyproxy';

const skip = missing('tinyproxy', 'openssl');

describe('a real proxy', { skip }, () => {
  const authority: Authority | undefined = skip === false ? createAuthority() : undefined;

  /** A registry that stands for ghcr.io, the way to it as the internet has it, and tinyproxy before it. */
  const world = async (t: TestContext, account?: string) => {
    const ghcr = await fakeRegistry(t, serve({ '1': index('linux/arm64') }), authority?.issue(['ghcr.io']));
    const internet = await fakeProxy(t, () => ({ port: ghcr.port }));
    return { ghcr, internet, proxy: await runTinyproxy(t, internet.host, account) };
  };
  const answer = (proxy: string, environment: Record<string, string> = {}) =>
    asked(
      registryFor([], {
        environment: { https_proxy: proxy, SSL_CERT_FILE: authority?.file, ...environment },
      }),
      'ghcr.io/istio/pilot:1',
    );

  it('leads to the registry, over one connection, with TLS from end to end', async t => {
    const { ghcr, proxy } = await world(t);
    assert.equal(await answer(`http://${proxy.host}`), 'linux/arm64');
    assert.deepEqual(await proxy.requests(), ['CONNECT ghcr.io:443']);
    assert.ok(ghcr.seen.every(({ headers }) => headers['proxy-authorization'] === undefined));
  });

  it('case 43: lets in who has the password, and the password ends there', async t => {
    const { ghcr, internet, proxy } = await world(t, 'bob:pr0xy');
    assert.equal(await answer(`http://bob:pr0xy@${proxy.host}`), 'linux/arm64');
    assert.ok(internet.seen.length > 0);
    const beyond = JSON.stringify([internet.seen, ghcr.seen.map(({ headers }) => headers)]);
    assert.ok(!beyond.includes(Buffer.from('bob:pr0xy').toString('base64')), beyond);
  });

  for (const [who, account, why] of [
    ['nobody', '', 'wants a name and a password (HTTP 407), which https_proxy does not give'],
    ['a wrong password', 'bob:wr0ng@', 'does not take the name and the password that it was given'],
  ] as const)
    it(`case 43: does not let in ${who}, and is named`, async t => {
      const { internet, proxy } = await world(t, 'bob:pr0xy');
      const said = await answer(`http://${account}${proxy.host}`);
      assert.ok(said.startsWith('unreachable: ghcr.io could not be asked: '), said);
      assert.ok(said.includes(`the proxy ${proxy.host} `) && !said.includes('wr0ng'), said);
      assert.ok(said.includes(why), said);
      assert.equal(internet.seen.length, 0);
    });

  it('case 43: is left aside for hosts of NO_PROXY', async t => {
    const { internet, proxy, ghcr } = await world(t);
    const registry = registryFor([], {
      environment: {
        HTTPS_PROXY: `http://${proxy.host}`,
        NO_PROXY: 'ghcr.io',
        SSL_CERT_FILE: authority?.file,
      },
      lookup: (_name, _options, callback) =>
        callback(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }), []),
    });
    const why = "unreachable: ghcr.io can't be reached: there is no such host name";
    assert.equal(await asked(registry, 'ghcr.io/istio/pilot:1'), why);
    assert.deepEqual([await proxy.requests(), internet.seen.length, ghcr.seen.length], [[], 0, 0]);
  });

  it('is named when it is stopped, or when it finds no way on', async t => {
    const proxy = await runTinyproxy(t, '127.0.0.1:9');
    const said = await answer(`http://${proxy.host}`);
    assert.match(
      said,
      new RegExp(
        `^unreachable: ghcr.io could not be asked: the proxy ${proxy.host} can't reach it \\(HTTP 50\\d\\)$`,
      ),
    );
  });
});
