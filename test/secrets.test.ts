import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fakeProxy } from './support/fakeProxy';
import {
  type Answer,
  config,
  descriptor,
  type FakeRegistry,
  fakeRegistry,
  image,
  index,
  type Seen,
} from './support/fakeRegistry';
import { startSession } from './support/languageServer';
import { login, userHome } from './support/userHome';

/** Every secret of the user's, and the access token that token servers give. In lower case, as a host's name is shown. */
const secrets = {
  password: 'hunter2basic7f3a',
  identity: 'hunter2identity9c1e',
  token: 'hunter2token4b8d',
  helper: 'hunter2helper5e2f',
  access: 'hunter2access6a0b',
  proxy: 'hunter2proxy1d9c',
} as const;
type Name = keyof typeof secrets;

/** What a server makes of a secret that it was told. */
type Trick = (secret: string, request: Seen, host: string) => Answer;

const json = (value: unknown, status = 200): Answer => ({ status, body: JSON.stringify(value) });
const challenge = (value: string): Answer => ({ status: 401, headers: { 'www-authenticate': value } });
const leadTo = (location: string): Answer => ({ status: 302, headers: { location } });

const tricks = {
  error: secret => json({ errors: [{ code: secret, message: `${'x'.repeat(190)} ${secret}` }] }, 400),
  location: secret => leadTo(`https://${secret}.example/?${secret}`),
  longLocation: secret => leadTo(`https://${'a.'.repeat(45)}${secret}.example/`),
  scheme: secret => leadTo(`${secret}:x`),
  realm: secret => challenge(`Bearer realm="https://${secret}.example/${secret}",service="${secret}"`),
  ownRealm: (secret, _, host) => challenge(`Bearer realm="http://${host}/token/${secret}",scope="${secret}"`),
  platform: secret =>
    index({ ...descriptor(lying(secret)), platform: { os: secret, architecture: 'arm64' } }),
  kind: secret => json({ mediaType: secret }),
  artifact: secret => json({ artifactType: secret, config: descriptor(config('linux/arm64')), layers: [] }),
  tags: (secret, { path }) =>
    path.includes('/tags/list')
      ? json({ tags: [`1.1-${secret}`] })
      : json({ errors: [{ code: 'MANIFEST_UNKNOWN', message: secret }] }, 404),
  headers: secret => ({
    ...index('linux/arm64'),
    headers: { etag: secret, 'docker-content-digest': secret, warning: `299 - "${secret}"` },
  }),
  child: (secret, { path }) =>
    [lying(secret), config(`linux/${secret}`)].find(({ digest }) => path.endsWith(digest)) ??
    index({ ...descriptor(lying(secret)), platform: { os: 'linux', architecture: 'arm64' } }),
  later: secret => ({ status: 429, headers: { 'retry-after': secret }, body: secret }),
  broken: secret => response => void response.socket?.end(`HTTP/1.1 200 ${secret}\r\n${secret}\r\n\r\n`),
  text: secret => ({ body: secret, headers: { 'content-type': secret } }),
} satisfies Readonly<Record<string, Trick>>;

/** An image whose config says the secret. */
const lying = (secret: string) => image(config(`linux/${secret}`));

/** How the user is known to a registry, the secrets that it gets to know so, and whether it gives tokens. */
const logins: readonly (readonly [Name, object | string, readonly Name[], bearer: boolean])[] = [
  ['password', login(`alice:${secrets.password}`), ['password'], false],
  ['password', login(`alice:${secrets.password}`), ['password', 'access'], true],
  ['identity', { identitytoken: secrets.identity }, ['identity', 'access'], true],
  ['token', { registrytoken: secrets.token }, ['token'], false],
  ['helper', 'vault', ['helper'], false],
];

/** Asks the user to sign in, and then does its trick. */
const evil = (t: TestContext, trick: Trick, secret: string, bearer: boolean): Promise<FakeRegistry> =>
  fakeRegistry(t, (request, host) => {
    if (request.path.startsWith('/token'))
      return json({ access_token: secrets.access, refresh_token: secrets.identity });
    const wanted = bearer ? `Bearer realm="http://${host}/token"` : 'Basic realm="r"';
    return request.headers.authorization === undefined ? challenge(wanted) : trick(secret, request, host);
  });

/** A user who has signed in at a registry for every trick and every secret, and has a proxy to everybody else. */
async function world(t: TestContext) {
  const home = userHome(t);
  const auths: Record<string, unknown> = {};
  const credHelpers: Record<string, unknown> = {};
  for (const trick of Object.values<Trick>(tricks))
    for (const [, stored, told, bearer] of logins)
      for (const name of told) {
        const { host } = await evil(t, trick, secrets[name], bearer);
        (typeof stored === 'string' ? credHelpers : auths)[host] = stored;
      }
  home.helper('vault', `echo ${secrets.helper} >&2; echo '{"Username":"bob","Secret":"${secrets.helper}"}'`);
  home.write('.docker/config.json', { auths, credHelpers });
  const proxy = await fakeProxy(t, () => ({
    says: `HTTP/1.1 407 ${secrets.proxy}\r\nproxy-authenticate: ${secrets.proxy}\r\n\r\n${secrets.proxy}`,
  }));
  const cache = join(home.folder, 'cache');
  mkdirSync(cache);
  const HTTPS_PROXY = `http://alice:${secrets.proxy}@${proxy.host}`;
  const hosts = [...Object.keys(auths), ...Object.keys(credHelpers), 'registry.example'];
  return { cache, env: { ...process.env, ...home.env, HTTPS_PROXY, MESHFIT_CACHE_DIR: cache }, hosts };
}

/** Fails where a text holds a secret, as it is or as it is sent. */
function assertNone(text: string, where: string): void {
  const lower = text.toLowerCase();
  for (const secret of Object.values(secrets))
    for (const form of [secret, ...['alice', 'bob'].map(user => btoa(`${user}:${secret}`).toLowerCase())]) {
      const at = lower.indexOf(form.slice(0, 10));
      assert.equal(at, -1, `${where} holds a secret: ${text.slice(Math.max(at - 200, 0), at + 50)}`);
    }
}

function assertNoneIn(cache: string): void {
  for (const name of readdirSync(cache)) assertNone(readFileSync(join(cache, name), 'utf8'), name);
}

const skip = process.platform === 'win32' && 'the helpers of these tests are shell scripts';
const options = { skip, timeout: 60_000 };

test(
  'case 41: no secret is printed by the command line or kept by its cache, whatever servers say back',
  options,
  async t => {
    const { env, cache, hosts } = await world(t);
    const images = hosts.map(host => `${host}/team/app:1`);
    const words = ['platforms', '--verify', '--allow-host', 'registry.example', ...images];
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/src/cli/main.ts', ...words], { env });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', chunk => {
        printed += chunk;
      });
    await once(child, 'close');
    assert.equal(printed.match(/^\S+\/team\/app/gm)?.length, images.length);
    assertNone(printed, 'what is printed');
    assert.ok(readdirSync(cache).length > 0);
    assertNoneIn(cache);
  },
);

test('case 41: no secret is told to an editor or logged, whatever servers say back', options, async t => {
  const { env, cache: cacheFolder, hosts } = await world(t);
  const settings = { networkVia: 'server', 'registries.allowed': ['registry.example'] };
  const session = await startSession(settings, undefined, { cacheFolder, trusted: true }, { env });
  t.after(session.stop);
  const { connection } = session;
  const told: string[] = [];
  const tell = (...said: readonly unknown[]): void => void told.push(JSON.stringify(said));
  for (const method of ['textDocument/publishDiagnostics', 'window/logMessage', 'window/showMessage'])
    connection.onNotification(method, tell);
  const textDocument = { uri: 'file:///workspace/install.sh' };
  const lines = hosts.map(host => `istioctl install --set hub=${host}/team --set tag=1`);
  await session.open(textDocument.uri, lines.join('\n'), 'shellscript');
  tell(await connection.sendRequest('meshfit/verify', { textDocument }));
  for (const line of lines.keys())
    tell(
      await connection.sendRequest('textDocument/hover', { textDocument, position: { line, character: 12 } }),
    );
  tell(await connection.sendRequest('meshfit/contacts'));
  for (const host of hosts)
    assert.ok(
      told.some(text => text.includes(`${host}/team/pilot:1`)),
      host,
    );
  assertNone(told.join('\n'), 'what the editor is told');
  assertNoneIn(cacheFolder);
});
