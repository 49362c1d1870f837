import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { login, userHome } from '../../support/userHome';

const config = '.docker/config.json';

/** A user with this `~/.docker/config.json`. */
function load(t: TestContext, content: unknown) {
  const home = userHome(t);
  home.write(config, content);
  return home.load();
}

test('case 40: a login is found under the name that references use, whatever the form of its key', t => {
  const keys = {
    'https://index.docker.io/v1/': 'hub',
    'ghcr.io': 'plain',
    'https://reg.example:5000/v2/': 'port',
    'http://Upper.example': 'upper',
    'slash.example/': 'slash',
    'version.example/v1/': 'version',
    'https://path.example/some/path': 'path',
    'default.example:443': 'default',
    '[::1]:5000': 'six',
  };
  const auths = Object.fromEntries(Object.entries(keys).map(([key, user]) => [key, login(`${user}:p:w`)]));
  const { find, logged } = load(t, { auths });
  const found = (...hosts: readonly string[]) => hosts.map(host => find(host).replace(':p:w', ''));
  assert.deepEqual(found('docker.io', 'index.docker.io', 'ghcr.io'), ['hub', 'hub', 'plain']);
  assert.deepEqual(found('reg.example:5000', 'reg.example', 'upper.example'), ['port', 'none', 'upper']);
  assert.deepEqual(found('slash.example', 'version.example', 'path.example'), ['slash', 'version', 'path']);
  assert.deepEqual(found('default.example', '[::1]:5000', 'evil.example'), ['default', 'six', 'none']);
  assert.deepEqual(logged, []);
});

test('case 40: of two keys for one registry the usual one counts, and the tokens beside a login at the Hub do not', t => {
  const { find } = load(t, {
    auths: {
      'https://index.docker.io/v1/access-token': login('hub:access'),
      'index.docker.io': login('hub:old'),
      'https://index.docker.io/v1/': login('hub:new'),
      'https://reg.example': login('reg:old'),
      'reg.example': login('reg:new'),
    },
  });
  assert.deepEqual([find('docker.io'), find('reg.example')], ['hub:new', 'reg:new']);
});

test('every kind of entry that Docker knows', t => {
  const { find, logged } = load(t, {
    auths: {
      'a.example': { ...login('x:y'), identitytoken: 'TOKEN' },
      'b.example': login('<token>:TOKEN'),
      'c.example': {},
      'd.example': login('user:pw\0\0'),
      'e.example': { username: 'user', password: 'pw' },
      'f.example': { ...login('x:y'), registrytoken: 'ACCESS' },
      'g.example': { auth: '', email: 'me@example.com' },
    },
  });
  const found = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(host => find(`${host}.example`));
  const tokens = ['identity TOKEN', 'identity TOKEN'];
  assert.deepEqual(found, [...tokens, 'none', 'user:pw', 'user:pw', 'registry token ACCESS', 'none']);
  assert.deepEqual(logged, []);
});

test('case 40: an entry that is broken is named without its secret, and the others count', t => {
  const { find, logged } = load(t, {
    auths: {
      'a.example': { auth: '§§s3cret' },
      'b.example': login('s3cret'),
      'c.example': 5,
      'd.example': login('x:y'),
      'e.example': { registrytoken: 's3cret\r\nX: y' },
    },
  });
  assert.equal(
    find('a.example'),
    "failed: the entry for a.example in ~/.docker/config.json can't be read (docker login a.example)",
  );
  assert.equal(find('d.example'), 'x:y');
  assert.equal(
    logged[0],
    '~/.docker/config.json has an entry for a.example that can\'t be read; run "docker login a.example" again',
  );
  assert.equal(logged.length, 4);
  assert.doesNotMatch(logged.join(), /s3cret/);
});

const unusable = [
  ['{', 'is not valid JSON; registries are asked without credentials'],
  ['[]', 'is not valid JSON; registries are asked without credentials'],
  ['{"auths":[]}', 'has an entry "auths" that is a list; it is not used'],
  ['{"auths":5}', 'has an entry "auths" that is no object; it is not used'],
  [
    '{"credHelpers":{"a.example":5}}',
    'names a credential helper for a.example that is no text; it is not used',
  ],
  ['{"credsStore":{}}', 'has an entry "credsStore" that is no text; it is not used'],
  [' '.repeat(2_000_000), 'is not used: it is not a regular file of at most 1 MiB'],
] as const;

for (const [text, warning] of unusable) {
  test(`case 40: a configuration of ${JSON.stringify(text.slice(0, 20))} is told once`, t => {
    const { find, logged, credentials } = load(t, text);
    assert.deepEqual([find('docker.io'), credentials.has('docker.io')], ['none', false]);
    assert.deepEqual(logged, [`~/.docker/config.json ${warning}`]);
  });
}

test('case 40: a byte order mark does not matter, and neither does the absence of a file', t => {
  assert.equal(
    load(t, `\uFEFF${JSON.stringify({ auths: { 'a.example': login('x:y') } })}`).find('a.example'),
    'x:y',
  );
  const absent = userHome(t).load({ env: { HOME: '/dev/null/nowhere' } });
  assert.deepEqual([absent.find('a.example'), absent.logged], ['none', []]);
});

test('case 40: a device in place of the file is not read', t => {
  const home = userHome(t);
  symlinkSync('/dev/zero', join(home.folder, 'config.json'));
  const { find, logged } = home.load({ env: { DOCKER_CONFIG: home.folder } });
  assert.equal(find('docker.io'), 'none');
  assert.deepEqual(logged, ['~/config.json is not used: it is not a regular file of at most 1 MiB']);
});

test('case 40: a key like __proto__ is a name like any other', t => {
  const { find } = load(t, `{"auths":{"__proto__":${JSON.stringify(login('x:y'))}}}`);
  assert.deepEqual([find('toString'), find('docker.io'), find('__proto__')], ['none', 'none', 'x:y']);
});

test('which registries the user has', t => {
  const { credentials } = load(t, {
    auths: { 'marked.example': {}, 'team.example/team': login('x:y'), 'https://index.docker.io/v1/': {} },
    credHelpers: { 'helper.example': 'nowhere' },
    credsStore: 'nowhere',
  });
  const hosts = [
    'marked.example',
    'team.example',
    'docker.io',
    'helper.example',
    'HELPER.example',
    'ghcr.io',
  ];
  assert.deepEqual(hosts.map(credentials.has), [true, true, true, true, true, false]);
});

test('a file that has changed is read again, and looked at every 2 s at most', t => {
  const home = userHome(t);
  let time = 0;
  const file = home.write(config, { auths: { 'a.example': login('old:1') } });
  const { find, credentials, logged } = home.load({ now: () => time });
  assert.equal(find('a.example'), 'old:1');
  writeFileSync(file, JSON.stringify({ auths: { 'a.example': login('newer:12') } }));
  time = 1999;
  assert.equal(find('a.example'), 'old:1');
  time = 2000;
  assert.equal(find('a.example'), 'newer:12');
  writeFileSync(file, '{');
  time = 4000;
  assert.deepEqual([find('a.example'), find('a.example'), logged.length], ['none', 'none', 1]);
  writeFileSync(file, JSON.stringify({ auths: { 'a.example': login('again:123') } }));
  credentials.forget();
  assert.equal(find('a.example'), 'again:123');
});
