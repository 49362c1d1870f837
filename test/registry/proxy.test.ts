import assert from 'node:assert/strict';
import test from 'node:test';
import type { ProxySettings } from '../../server/src/core/settings';
import { proxyChooser } from '../../server/src/registry/proxy';

const quay = new URL('https://quay.io/v2/');
const settings: ProxySettings = { url: '', noProxy: [], strictTls: true };
const basic = (account: string) => `Basic ${Buffer.from(account).toString('base64')}`;

/** The proxy of `quay.io` in words. */
function chosen(environment: Record<string, string>, more?: Partial<ProxySettings>) {
  const choice = proxyChooser(more && { ...settings, ...more }, environment)(quay);
  if (choice === undefined) return 'none';
  return 'unusable' in choice ? choice.unusable : `${choice.url.href} of ${choice.source}`;
}

test('HTTPS_PROXY comes before ALL_PROXY, capitals before small letters, the editor before all', () => {
  const environment = { https_proxy: 'http://b', all_proxy: 'http://d', ALL_PROXY: 'http://c' };
  assert.equal(chosen({}), 'none');
  assert.equal(chosen({ all_proxy: 'http://d' }), 'http://d/ of all_proxy');
  assert.equal(chosen(environment), 'http://b/ of https_proxy');
  assert.equal(chosen({ ...environment, HTTPS_PROXY: 'a:3128' }), 'http://a:3128/ of HTTPS_PROXY');
  assert.equal(chosen({ ...environment, HTTPS_PROXY: '' }), 'http://b/ of https_proxy');
  assert.equal(chosen(environment, { url: 'https://e:8443' }), 'https://e:8443/ of http.proxy');
  assert.equal(chosen(environment, {}), 'http://b/ of https_proxy');
  assert.equal(chosen({ HTTP_PROXY: 'http://b' }), 'none');
});

test("the editor's list of hosts without a proxy takes the place of NO_PROXY", () => {
  assert.equal(chosen({ HTTPS_PROXY: 'http://a', NO_PROXY: 'quay.io' }), 'none');
  assert.equal(chosen({ HTTPS_PROXY: 'http://a', no_proxy: 'quay.io' }, {}), 'none');
  const other = { noProxy: ['ghcr.io'] };
  assert.equal(chosen({ HTTPS_PROXY: 'http://a', NO_PROXY: 'quay.io' }, other), 'http://a/ of HTTPS_PROXY');
  assert.equal(chosen({}, { url: 'http://a', noProxy: ['ghcr.io', 'quay.io'] }), 'none');
});

test('name and password leave the address', () => {
  const choice = proxyChooser(undefined, {
    HTTPS_PROXY: 'http://al%40ice:p%C3%A4ss:word@proxy.example:3128',
  })(quay);
  const url = new URL('http://proxy.example:3128/');
  const authorization = basic('al@ice:päss:word');
  assert.deepEqual(choice, { url, name: 'proxy.example:3128', source: 'HTTPS_PROXY', authorization });
});

test('what the editor sends along beats the password in the address', () => {
  const given = { ...settings, url: 'http://a:b@proxy.example', authorization: 'Basic eDp5' };
  const choice = proxyChooser(given, {})(quay);
  assert.equal(choice && 'authorization' in choice && choice.authorization, 'Basic eDp5');
});

test('a proxy that can not be used is said to be so, without its password', () => {
  const kind = 'only http and https proxies can be used';
  assert.equal(
    chosen({ ALL_PROXY: 'socks5://a:s3cret@b' }),
    `the proxy in ALL_PROXY is of the kind socks5; ${kind}`,
  );
  assert.equal(chosen({ HTTPS_PROXY: 'http://a:s3cret@:x' }), 'the proxy in HTTPS_PROXY is not an address');
  assert.equal(
    chosen({ HTTPS_PROXY: 'http://a:%zz@b' }),
    "the name and password of the proxy in HTTPS_PROXY can't be read",
  );
  assert.equal(
    chosen({}, { url: 'http://a', authorization: 'x\r\nHost: evil' }),
    'the value of http.proxyAuthorization can not be sent in a header',
  );
});
