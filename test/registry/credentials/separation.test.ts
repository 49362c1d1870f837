import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { parseImage } from '../../../server/src/core/image';
import { defaults } from '../../../server/src/defaults';
import type { Credentials } from '../../../server/src/registry/credential';
import { createRegistry, type RegistryOptions } from '../../../server/src/registry/index';
import { inWords } from '../../support/askRegistry';
import { type FakeRegistry, fakeRegistry, index, type Seen, serve } from '../../support/fakeRegistry';
import { login, type UserHome, userHome } from '../../support/userHome';

const content = serve({ '1': index('linux/arm64'), '2': index('linux/amd64') });
const skip = process.platform === 'win32' && 'the helpers of these tests are shell scripts';

const imageOf = (text: string) => {
  const parsed = parseImage(text);
  return parsed.kind === 'image' ? parsed.image : assert.fail(text);
};

/** The registry client as it runs for a user; `ask` loads images and gives the facts. */
function client(
  credentials: Credentials,
  allowedHosts: readonly string[] = [],
  { settings, ...options }: Partial<RegistryOptions> = {},
) {
  const registry = createRegistry({
    settings: { ...defaults, allowedHosts, ...settings },
    credentials,
    limits: { retryDelay: 1 },
    ...options,
  });
  const peek = (text: string) => inWords(registry.peek(imageOf(text)));
  const ask = async (...texts: readonly string[]) => {
    await registry.load(texts.map(text => ({ image: imageOf(text), depth: 'index' as const })));
    return texts.map(peek);
  };
  return { ask, peek };
}

const basic = (account: string) => `Basic ${Buffer.from(account).toString('base64')}`;

/** A registry that lets these accounts in. */
const withBasic = (t: TestContext, ...accounts: readonly string[]): Promise<FakeRegistry> =>
  fakeRegistry(t, request =>
    accounts.map(basic).includes(request.headers.authorization ?? '')
      ? content(request)
      : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } },
  );

/** The accounts that were sent, as `user:password`, in their order. */
const accountsIn = (seen: readonly Seen[]): readonly string[] =>
  seen.map(({ headers: { authorization = '' } }) =>
    Buffer.from(authorization.replace('Basic ', ''), 'base64').toString(),
  );

/** A helper that knows these registries, and notes in `~/asked` what it was asked for. */
function helperKnowing(home: UserHome, accounts: Readonly<Record<string, string>>): () => readonly string[] {
  const cases = Object.entries(accounts).map(([host, account]) => {
    const [username, secret] = account.split(':');
    return `${host}) echo '${JSON.stringify({ ServerURL: host, Username: username, Secret: secret })}';;`;
  });
  const otherwise = '*) echo "credentials not found in native keychain"; exit 1;;';
  home.helper(
    'test',
    `server=$(cat); echo "$server" >> "$HOME/asked"; case $server in ${cases.join(' ')} ${otherwise} esac`,
  );
  const file = join(home.folder, 'asked');
  return () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);
}

test('a registry that wants a password gets the one that a helper keeps, which is asked once', {
  skip,
}, async t => {
  const home = userHome(t);
  const fake = await withBasic(t, 'alice:p');
  const asked = helperKnowing(home, { [fake.host]: 'alice:p' });
  home.write('.docker/config.json', { auths: { [fake.host]: {} }, credsStore: 'test' });
  const { ask } = client(home.load().credentials);
  const images = [`${fake.host}/istio/pilot:1`, `${fake.host}/istio/proxyv2:2`];
  assert.deepEqual(await ask(...images), ['linux/arm64', 'linux/amd64']);
  assert.deepEqual(asked(), [fake.host]);
});

test('a helper that fails is named where the registry does not show an image', { skip }, async t => {
  const home = userHome(t);
  const fake = await withBasic(t, 'alice:p');
  home.write('.docker/config.json', { credHelpers: { [fake.host]: 'gone' } });
  const { ask } = client(home.load().credentials);
  const [said] = await ask(`${fake.host}/istio/pilot:1`);
  assert.match(said ?? '', /^denied: .*the credential helper docker-credential-gone is not on the PATH/);
});

test('case 41: a helper is asked for the registry of the image and for no other', { skip }, async t => {
  const home = userHome(t);
  const [a, b] = [await withBasic(t, 'alice:p'), await withBasic(t, 'bob:p')];
  const asked = helperKnowing(home, { [a.host]: 'alice:p', [b.host]: 'bob:p' });
  home.write('.docker/config.json', { auths: { [a.host]: {}, [b.host]: {} }, credsStore: 'test' });
  const { ask } = client(home.load().credentials);
  await ask(`${a.host}/istio/pilot:1`);
  assert.deepEqual(asked(), [a.host]);
  assert.deepEqual(await ask(`${b.host}/istio/pilot:1`), ['linux/arm64']);
  assert.deepEqual(
    [accountsIn(a.seen), accountsIn(b.seen)],
    [
      ['', 'alice:p'],
      ['', 'bob:p'],
    ],
  );
});

test('case 41: a token server of two registries sees the login of one only for that one', async t => {
  const home = userHome(t);
  const realm = await fakeRegistry(t, () => ({ body: '{"token":"T"}' }));
  const open = () =>
    fakeRegistry(t, (request, host) =>
      request.headers.authorization === 'Bearer T'
        ? content(request)
        : {
            status: 401,
            headers: { 'www-authenticate': `Bearer realm="http://${realm.host}/token",service="${host}"` },
          },
    );
  const [a, b] = [await open(), await open()];
  home.write('.docker/config.json', { auths: { [a.host]: login('alice:p') } });
  const { ask } = client(home.load().credentials, [realm.host, b.host]);
  assert.deepEqual(await ask(`${a.host}/x:1`, `${b.host}/x:1`), ['linux/arm64', 'linux/arm64']);
  const sent = realm.seen.map(({ path, headers }) => [path.includes(String(a.port)), headers.authorization]);
  assert.deepEqual(
    new Map(sent as [boolean, string | undefined][]),
    new Map([
      [true, basic('alice:p')],
      [false, undefined],
    ]),
  );
  assert.equal(realm.seen.length, 2);
});

test('case 41: each part of a registry gets its own login', async t => {
  const home = userHome(t);
  const fake = await withBasic(t, 'alice:p', 'bob:p');
  home.write('run/containers/auth.json', {
    auths: { [`${fake.host}/a`]: login('alice:p'), [`${fake.host}/b`]: login('bob:p') },
  });
  const { ask } = client(home.load().credentials);
  await ask(`${fake.host}/a/x:1`);
  await ask(`${fake.host}/b/x:1`);
  await ask(`${fake.host}/c/x:1`);
  const sent = fake.seen.map(({ path }, place) => `${path.split('/')[2]} ${accountsIn(fake.seen)[place]}`);
  assert.deepEqual(
    sent.filter(text => text.includes(':')),
    ['a alice:p', 'b bob:p'],
  );
});

test('case 41: what one account saw is not told to another, nor to nobody', async t => {
  const home = userHome(t);
  let time = 1e12;
  const now = () => time;
  const fake = await withBasic(t, 'alice:p');
  const signIn = (...accounts: readonly string[]) => {
    time += 2000;
    const entries = accounts.map(account => [fake.host, login(account)]);
    home.write('.docker/config.json', { auths: Object.fromEntries(entries) });
  };
  signIn('alice:p');
  const image = `${fake.host}/istio/pilot:1`;
  const { ask, peek } = client(home.load({ now }).credentials, [fake.host], { now });
  assert.deepEqual(await ask(image), ['linux/arm64']);
  signIn();
  assert.equal(peek(image), 'pending');
  assert.match((await ask(image))[0] ?? '', /^denied: /);
  signIn('bobby:pp');
  assert.equal(peek(image), 'pending');
  assert.match((await ask(image))[0] ?? '', /^denied: /);
  signIn('alice:p');
  assert.equal(peek(image), 'linux/arm64');
});

test('a login makes a registry one that may be asked, at once', async t => {
  const home = userHome(t);
  let time = 1e12;
  const now = () => time;
  const fake = await withBasic(t, 'alice:p');
  const { ask } = client(home.load({ now }).credentials, [], { now });
  const image = `${fake.host}/istio/pilot:1`;
  assert.deepEqual(await ask(image), [`notAllowed: ${fake.host}`]);
  home.write('.docker/config.json', { auths: { [fake.host]: login('alice:p') } });
  time += 2000;
  assert.deepEqual(await ask(image), ['linux/arm64']);
});

test('after a login a helper is asked again', { skip }, async t => {
  const home = userHome(t);
  let time = 1e12;
  const asked = helperKnowing(home, {});
  home.write('.docker/config.json', { credsStore: 'test' });
  const { get, find } = home.load({ now: () => time });
  assert.equal(await get('reg.example'), 'none');
  home.write('.docker/config.json', { auths: { 'reg.example': {} }, credsStore: 'test' });
  time += 2000;
  assert.equal(find('reg.example'), 'not known');
  await get('reg.example');
  assert.deepEqual(asked(), ['reg.example', 'reg.example']);
});

test('in Restricted Mode no file is read and no helper is run', { skip }, async t => {
  for (const network of ['untrusted', 'off'] as const) {
    const home = userHome(t);
    home.write('run/containers/auth.json', 'broken');
    home.write('.docker/config.json', { credsStore: 'test' });
    const asked = helperKnowing(home, {});
    const { credentials, logged } = home.load();
    const { ask } = client(credentials, ['ghcr.io'], { settings: { ...defaults, network } });
    assert.deepEqual(await ask('ghcr.io/x:1', 'docker.io/istio/pilot:1'), ['offline', 'offline']);
    assert.deepEqual([asked(), logged], [[], []]);
  }
});

test('case 38: nothing in the open folder is read or run', { skip }, async t => {
  const home = userHome(t);
  const open = join(home.folder, 'open');
  const fake = await withBasic(t, 'evil:p');
  const evil = { auths: { [fake.host]: login('evil:p') }, credsStore: 'evil' };
  for (const path of [
    '.docker/config.json',
    'config.json',
    '.config/containers/auth.json',
    'containers/auth.json',
  ])
    home.write(`open/${path}`, evil);
  home.write('open/.env', `DOCKER_CONFIG=${open}/.docker`);
  home.write('open/.dockercfg', evil.auths);
  home.write('.docker/config.json', { credsStore: 'evil' });
  for (const folder of ['open', 'open/bin', 'open/node_modules/.bin'])
    home.helper('evil', 'touch "$HOME/ran"; echo \'{"Username":"evil","Secret":"p"}\'', folder);
  const before = process.cwd();
  t.after(() => process.chdir(before));
  process.chdir(open);
  const PATH = ['', '.', 'bin', './bin', `${open}/node_modules/.bin`, '/usr/bin', '/bin'].join(':');
  const { credentials } = home.load({ env: { PATH }, folders: () => [process.cwd()] });
  const [said] = await client(credentials, [fake.host]).ask(`${fake.host}/x:1`);
  assert.match(said ?? '', /docker-credential-evil is not on the PATH; what is in .* is not run/);
  assert.deepEqual(new Set(accountsIn(fake.seen)), new Set(['']));
  assert.equal(existsSync(join(home.folder, 'ran')), false);
});
