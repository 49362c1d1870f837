import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Credential } from '../../server/src/registry/credential';
import { type AskOptions, asked, imageOf, registryFor } from '../support/askRegistry';
import { type Authority, createAuthority, noAuthority } from '../support/authority';
import { type AskedProxy, fakeProxy, type ProxyAnswer } from '../support/fakeProxy';
import { fakeRegistry, index, serve } from '../support/fakeRegistry';

const skip = noAuthority();
const authority: Authority | undefined = skip === false ? createAuthority() : undefined;
const multi = index('linux/arm64');
const basic = (account: string) => `Basic ${Buffer.from(account).toString('base64')}`;

/** A registry that answers to the name quay.io, and a proxy in front of it. */
async function behindProxy(t: TestContext, answer?: (asked: AskedProxy) => ProxyAnswer) {
  const identity = authority?.issue(['quay.io']);
  const quay = await fakeRegistry(t, serve({ '1': multi, '2': multi }), identity);
  const proxy = await fakeProxy(t, answer ?? (() => ({ port: quay.port })));
  return { quay, proxy };
}

/** A client whose environment names this proxy, and that trusts the authority. */
const clientOf = (proxy: string, options: AskOptions = {}, environment: Record<string, string> = {}) =>
  registryFor([], {
    environment: { HTTPS_PROXY: proxy, SSL_CERT_FILE: authority?.file, ...environment },
    lookup: () => assert.fail('looked up'),
    ...options,
  });

test('a registry is asked through the proxy, over one connection, and its name is not looked up here', {
  skip,
}, async t => {
  const { quay, proxy } = await behindProxy(t);
  const registry = clientOf(`http://${proxy.host}`);
  assert.equal(await asked(registry, 'quay.io/a/b:1'), 'linux/arm64');
  assert.equal(await asked(registry, 'quay.io/a/b:2'), 'linux/arm64');
  assert.deepEqual(
    proxy.seen.map(({ line }) => line),
    ['CONNECT quay.io:443'],
  );
  assert.deepEqual([...new Set(quay.seen.map(({ headers }) => headers.host))], ['quay.io']);
});

test("case 43: the proxy's password goes to the proxy only, and the registry's to the registry only", {
  skip,
}, async t => {
  const identity = authority?.issue(['quay.io']);
  const answer = serve({ '1': multi });
  const challenge = { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
  const quay = await fakeRegistry(
    t,
    seen => (seen.headers.authorization ? answer(seen) : challenge),
    identity,
  );
  const proxy = await fakeProxy(t, () => ({ port: quay.port }));
  const alice: Credential = { kind: 'password', username: 'alice', password: 's3cret' };
  const registry = clientOf(`http://bob:pr0xy@${proxy.host}`, { credentials: () => alice });
  assert.equal(await asked(registry, 'quay.io/a/b:1'), 'linux/arm64');
  assert.equal(proxy.seen[0]?.headers['proxy-authorization'], basic('bob:pr0xy'));
  assert.equal(proxy.seen[0]?.headers.authorization, undefined);
  assert.equal(quay.seen.at(-1)?.headers.authorization, basic('alice:s3cret'));
  assert.ok(quay.seen.every(({ headers }) => headers['proxy-authorization'] === undefined));
});

test("the editor's proxy beats the environment's, and its authorization is sent as it is", {
  skip,
}, async t => {
  const { proxy } = await behindProxy(t);
  const settings = { url: `http://${proxy.host}`, noProxy: [], strictTls: true, authorization: 'Custom abc' };
  const registry = clientOf('http://127.0.0.1:9', { proxy: settings });
  assert.equal(await asked(registry, 'quay.io/a/b:1'), 'linux/arm64');
  assert.equal(proxy.seen[0]?.headers['proxy-authorization'], 'Custom abc');
});

test('a proxy that is itself reached over TLS', { skip }, async t => {
  const quay = await fakeRegistry(t, serve({ '1': multi }), authority?.issue(['quay.io']));
  const proxy = await fakeProxy(t, () => ({ port: quay.port }), authority?.issue(['127.0.0.1']));
  assert.equal(await asked(clientOf(`https://${proxy.host}`), 'quay.io/a/b:1'), 'linux/arm64');
  const strange = clientOf(`https://${proxy.host}`, {}, { SSL_CERT_FILE: '' });
  const why = `unreachable: quay.io could not be asked: the TLS certificate of the proxy ${proxy.host} is not trusted`;
  assert.ok((await asked(strange, 'quay.io/a/b:1')).startsWith(why));
});

test('case 43: NO_PROXY leads past the proxy', { skip }, async t => {
  const { proxy } = await behindProxy(t);
  const names: string[] = [];
  const registry = clientOf(`http://${proxy.host}`, {
    environment: { HTTPS_PROXY: `http://${proxy.host}`, NO_PROXY: '.io' },
    lookup: (name, _options, callback) => {
      names.push(name);
      callback(Object.assign(new Error('gone'), { code: 'ENOTFOUND' }), []);
    },
  });
  const why = "unreachable: quay.io can't be reached: there is no such host name";
  assert.equal(await asked(registry, 'quay.io/a/b:1'), why);
  assert.deepEqual([names, proxy.seen.length], [['quay.io'], 0]);
});

test('case 43: this machine is never asked through the proxy', async t => {
  const proxy = await fakeProxy(t, () => 'nothing');
  const fake = await fakeRegistry(t, serve({ '1': multi }));
  const registry = registryFor([fake.host], {
    environment: {
      HTTPS_PROXY: `http://${proxy.host}`,
      ALL_PROXY: `http://${proxy.host}`,
      HTTP_PROXY: `http://${proxy.host}`,
    },
  });
  assert.equal(await asked(registry, `${fake.host}/a/b:1`), 'linux/arm64');
  assert.equal(proxy.seen.length, 0);
});

const http = (status: string, ...lines: readonly string[]) =>
  `${[`HTTP/1.1 ${status}`, ...lines].join('\r\n')}\r\n\r\n`;
const html = 'Content-Type: text/html';

const refusals: readonly (readonly [name: string, says: string, why: RegExp, tries: number])[] = [
  [
    '407',
    http('407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="x"'),
    /wants a name and a password \(HTTP 407\), which HTTPS_PROXY does not give$/,
    1,
  ],
  ['403', http('403 Filtered', html), /does not let us through \(HTTP 403\)$/, 1],
  ['502', http('502 Bad Gateway'), /can't reach it \(HTTP 502\)$/, 3],
  [
    'a sign-in page',
    `${http('200 OK', html)}<html>Sign in</html>`,
    /answers with a web page \(to sign in\?\)$/,
    1,
  ],
  [
    'something else than TLS',
    `${http('200 OK')}<html>Sign in</html>`,
    /the host behind the proxy PROXY broke off the connection$/,
    3,
  ],
  ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', /does not speak HTTP as it should$/, 1],
  ['half an answer', 'HTTP/1.1 200 O', /the proxy PROXY could not be asked: /, 1],
];

for (const [name, says, why, tries] of refusals) {
  test(`case 43: the proxy answers CONNECT with ${name}`, async t => {
    const proxy = await fakeProxy(t, () => ({ says }));
    const said = await asked(clientOf(`http://${proxy.host}`), 'quay.io/a/b:1');
    const words = said.replaceAll(proxy.host, 'PROXY');
    assert.ok(words.startsWith('unreachable: quay.io could not be asked: the '), words);
    assert.match(words, /proxy PROXY/);
    assert.match(words, why);
    assert.equal(proxy.seen.length, tries);
  });
}

test('case 43: a wrong password is told without the password, and the other images do not ask again', async t => {
  const proxy = await fakeProxy(t, () => ({ says: http('407 Proxy Authentication Required') }));
  const registry = clientOf(`http://bob:pr0xy@${proxy.host}`);
  const why = `unreachable: quay.io could not be asked: the proxy ${proxy.host} does not take the name and the password that it was given (HTTP 407)`;
  assert.equal(await asked(registry, 'quay.io/a/b:1'), why);
  assert.equal(await asked(registry, 'quay.io/c/d:1'), why);
  assert.equal(proxy.seen.length, 1);
});

test('case 43: a proxy that is down, that is silent, or that can not be used', async t => {
  const gone = await fakeProxy(t, () => 'nothing');
  const down = await asked(clientOf('http://127.0.0.1:1'), 'quay.io/a/b:1');
  assert.equal(
    down,
    "unreachable: quay.io could not be asked: the proxy 127.0.0.1:1 can't be reached: it refuses connections",
  );
  const silent = await asked(clientOf(`http://${gone.host}`, { limits: { connect: 50 } }), 'quay.io/a/b:1');
  assert.equal(
    silent,
    `unreachable: quay.io could not be asked: no connection through the proxy ${gone.host} within 0.05 s`,
  );
  const socks = await asked(clientOf('socks5://bob:pr0xy@127.0.0.1:1'), 'quay.io/a/b:1');
  assert.equal(
    socks,
    'unreachable: quay.io could not be asked: the proxy in HTTPS_PROXY is of the kind socks5; only http and https proxies can be used',
  );
});

test('a certificate that nobody vouches for is told with the proxy', { skip }, async t => {
  const { quay, proxy } = await behindProxy(t);
  const said = await asked(clientOf(`http://${proxy.host}`, {}, { SSL_CERT_FILE: '' }), 'quay.io/a/b:1');
  assert.match(
    said,
    /^unreachable: quay.io could not be asked: the TLS certificate of the host behind the proxy .* is not trusted/,
  );
  assert.equal(quay.seen.length, 0);
});

test('http.proxyStrictSSL: false trusts what is behind the proxy, says so, and nothing else', {
  skip,
}, async t => {
  const { quay, proxy } = await behindProxy(t);
  const log: string[] = [];
  const settings = { url: `http://${proxy.host}`, noProxy: ['direct.example'], strictTls: false };
  const options: AskOptions = { proxy: settings, environment: {}, log: message => void log.push(message) };
  assert.equal(await asked(clientOf('', options), 'quay.io/a/b:1'), 'linux/arm64');
  assert.deepEqual(log, [
    `certificates are not checked behind the proxy ${proxy.host}, because http.proxyStrictSSL is off`,
  ]);
  const mirrors = { 'quay.io': `https://127.0.0.1:${quay.port}` };
  assert.match(
    await asked(clientOf('', { ...options, mirrors }), 'quay.io/a/b:1'),
    /TLS certificate .* is not trusted/,
  );
});

test('case 4: an address inside a private network is not asked through the proxy either', async t => {
  const proxy = await fakeProxy(t, () => 'nothing');
  for (const address of ['169.254.169.254', '10.0.0.1', '[fd00:ec2::254]']) {
    const credentials = () => undefined;
    const fake = await fakeRegistry(t, () => ({ status: 302, headers: { location: `https://${address}/` } }));
    const registry = registryFor([fake.host], {
      credentials,
      environment: { HTTPS_PROXY: `http://${proxy.host}` },
    });
    assert.match(await asked(registry, `${fake.host}/a/b:1`), /inside a private network or on this machine/);
  }
  assert.equal(proxy.seen.length, 0);
});

test('a lookup that is given up leaves the proxy at once, at every stage', { skip }, async t => {
  const silent = await fakeRegistry(t, () => () => {}, authority?.issue(['quay.io']));
  const noTls = await fakeProxy(t, () => 'nothing');
  const stages: readonly (readonly [ProxyAnswer, () => boolean])[] = [
    ['nothing', () => true],
    [{ port: Number(noTls.host.split(':')[1]) }, () => noTls.connections() > 0],
    [{ port: silent.port }, () => silent.seen.length > 0],
  ];
  for (const [answer, reached] of stages) {
    const proxy = await fakeProxy(t, () => answer);
    const controller = new AbortController();
    const loading = clientOf(`http://${proxy.host}`).load([imageOf('quay.io/a/b:1')], controller.signal);
    await until(() => proxy.seen.length === 1 && reached());
    controller.abort();
    await loading;
    await until(() => proxy.connections() === 0);
  }
});

async function until(done: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!done() && performance.now() < deadline) await turn();
  assert.ok(done());
}
