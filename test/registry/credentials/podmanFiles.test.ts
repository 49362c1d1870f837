import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { authPlaces } from '../../../server/src/registry/credentials/authPlaces';
import { login, userHome } from '../../support/userHome';

const auths = (...keys: readonly [key: string, account: string][]) => ({
  auths: Object.fromEntries(keys.map(([key, account]) => [key, login(account)])),
});

test('the login of a namespace holds for what is below it, and the narrowest one counts', t => {
  const home = userHome(t);
  const file = auths(
    ['reg.example', 'all:1'],
    ['reg.example/team', 'team:1'],
    ['reg.example/team/app/pilot', 'app:1'],
    ['other.example/team', 'other:1'],
  );
  home.write('run/containers/auth.json', file);
  const { find } = home.load();
  const found = (registry: string, ...repositories: readonly string[]) =>
    repositories.map(repository => find(registry, repository));
  assert.deepEqual(found('reg.example', 'team/app/pilot', 'team/app', 'team', 'teams/app', 'app'), [
    'app:1',
    'team:1',
    'team:1',
    'all:1',
    'all:1',
  ]);
  assert.deepEqual(found('other.example', 'team/app', 'app'), ['other:1', 'none']);
});

test('Docker takes the login of a namespace for all of the registry, Podman does not', t => {
  const home = userHome(t);
  home.write('.docker/config.json', auths(['reg.example/team', 'docker:1']));
  assert.equal(home.load().find('reg.example', 'app'), 'docker:1');
});

test("files are asked one after the other, Podman's first", t => {
  const home = userHome(t);
  const places = {
    'run/containers/auth.json': 'runtime',
    '.config/containers/auth.json': 'config',
    '.docker/config.json': 'docker',
  };
  const hosts = ['a.example', 'b.example', 'c.example'];
  for (const [index, [path, name]] of Object.entries(places).entries())
    home.write(
      path,
      auths(...hosts.slice(0, index + 1).map(host => [host, `${name}:1`] as [string, string])),
    );
  home.write('.dockercfg', { 'https://d.example/v1/': login('legacy:1'), 'c.example': login('legacy:1') });
  const { find } = home.load();
  const found = [...hosts, 'd.example'].map(host => find(host));
  assert.deepEqual(found, ['runtime:1', 'config:1', 'docker:1', 'legacy:1']);
});

test("REGISTRY_AUTH_FILE stands for the files of Podman, and Docker's are asked after it", t => {
  const home = userHome(t);
  home.write('run/containers/auth.json', auths(['a.example', 'runtime:1']));
  home.write('.docker/config.json', auths(['b.example', 'docker:1']));
  const file = home.write('mine.json', auths(['c.example', 'mine:1']));
  const { find } = home.load({ env: { REGISTRY_AUTH_FILE: file } });
  assert.deepEqual(
    ['a.example', 'b.example', 'c.example'].map(host => find(host)),
    ['none', 'docker:1', 'mine:1'],
  );
});

test('an empty entry does not hide the login of a later file', t => {
  const home = userHome(t);
  home.write('run/containers/auth.json', { auths: { 'a.example': {} } });
  home.write('.docker/config.json', auths(['a.example', 'docker:1']));
  assert.equal(home.load().find('a.example'), 'docker:1');
});

test('DOCKER_AUTH_CONFIG comes before the file of Docker', t => {
  const home = userHome(t);
  home.write('.docker/config.json', auths(['a.example', 'file:1'], ['b.example', 'file:1']));
  const text = JSON.stringify(auths(['a.example', 'variable:1']));
  const { find } = home.load({ env: { DOCKER_AUTH_CONFIG: text } });
  assert.deepEqual([find('a.example'), find('b.example')], ['variable:1', 'file:1']);
  const broken = home.load({ env: { DOCKER_AUTH_CONFIG: '{"s3cret' } });
  assert.equal(broken.find('a.example'), 'file:1');
  assert.equal(
    broken.logged[0],
    'DOCKER_AUTH_CONFIG is not valid JSON; registries are asked without credentials',
  );
});

test('where the files are on each system', () => {
  const names = (env: Record<string, string>, platform: NodeJS.Platform) =>
    authPlaces({ HOME: '/h', USERPROFILE: '/h', ...env }, assert.fail, platform).map(({ name }) => name);
  const docker = ['/h/.docker/config.json', '/h/.dockercfg'];
  assert.deepEqual(names({ XDG_RUNTIME_DIR: '/r', XDG_CONFIG_HOME: '/c' }, 'linux'), [
    '/r/containers/auth.json',
    '/c/containers/auth.json',
    ...docker,
  ]);
  const own = `/run/containers/${process.getuid?.() ?? 0}/auth.json`;
  assert.deepEqual(names({}, 'linux'), [own, '/h/.config/containers/auth.json', ...docker]);
  assert.deepEqual(names({}, 'darwin'), ['/h/.config/containers/auth.json', ...docker]);
  assert.deepEqual(names({ DOCKER_CONFIG: '/d' }, 'win32').slice(1), ['/d/config.json', '/h/.dockercfg']);
});

test('case 38: a variable with a relative path is refused, and said so', t => {
  const home = userHome(t);
  home.write('.docker/config.json', auths(['a.example', 'home:1']));
  home.write('open/.docker/config.json', auths(['a.example', 'open:1']));
  const before = process.cwd();
  t.after(() => process.chdir(before));
  process.chdir(join(home.folder, 'open'));
  const { find, logged } = home.load({
    env: {
      DOCKER_CONFIG: '.docker',
      REGISTRY_AUTH_FILE: 'auth.json',
      XDG_RUNTIME_DIR: '.',
      XDG_CONFIG_HOME: '.',
    },
  });
  assert.equal(find('a.example'), 'none');
  assert.deepEqual(logged, [
    'REGISTRY_AUTH_FILE is not used: it is the relative path "auth.json", and only an absolute one is safe',
    'DOCKER_CONFIG is not used: it is the relative path ".docker", and only an absolute one is safe',
  ]);
});
