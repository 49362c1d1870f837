import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { missing } from '../../registry-real/programs';
import { fakeRegistry, index, serve } from '../../support/fakeRegistry';
import { login, type UserHome, userHome } from '../../support/userHome';

/** Prepares a home for a registry, and gives variables of the environment. */
type Prepare = (home: UserHome, host: string) => Readonly<Record<string, string>>;

const known = 'cat > "$HOME/asked"; echo \'{"Username":"helper","Secret":"1"}\'';
const unknown = 'cat > "$HOME/asked"; echo "credentials not found in native keychain"; exit 1';
const podman = 'run/containers/auth.json';
const docker = '.docker/config.json';

const rows: readonly (readonly [what: string, account: string, prepare: Prepare])[] = [
  ['nothing', '', () => ({})],
  [
    'the narrowest namespace',
    'app:1',
    (home, host) => {
      const auths = {
        [host]: login('all:1'),
        [`${host}/team`]: login('team:1'),
        [`${host}/team/app`]: login('app:1'),
      };
      home.write(podman, { auths });
      return {};
    },
  ],
  [
    'another namespace',
    '',
    (home, host) => {
      home.write(podman, { auths: { [`${host}/tea`]: login('tea:1') } });
      return {};
    },
  ],
  [
    'files of both families',
    'podman:1',
    (home, host) => {
      home.write(docker, { auths: { [host]: login('docker:1') } });
      home.write(podman, { auths: { [host]: login('podman:1') } });
      return {};
    },
  ],
  [
    'the folder of configurations',
    'config:1',
    (home, host) => {
      home.write('c/containers/auth.json', { auths: { [host]: login('config:1') } });
      home.write(docker, { auths: { [host]: login('docker:1') } });
      return { XDG_CONFIG_HOME: join(home.folder, 'c') };
    },
  ],
  [
    'a URL as key',
    'docker:1',
    (home, host) => {
      home.write(docker, { auths: { [`https://${host}/v1/`]: login('docker:1') } });
      return {};
    },
  ],
  [
    'DOCKER_CONFIG',
    'mine:1',
    (home, host) => {
      home.write('mine/config.json', { auths: { [host]: login('mine:1') } });
      return { DOCKER_CONFIG: join(home.folder, 'mine') };
    },
  ],
  [
    'the old file',
    'legacy:1',
    (home, host) => {
      home.write('.dockercfg', { [`http://${host}/v1/`]: login('legacy:1') });
      return {};
    },
  ],
  [
    'REGISTRY_AUTH_FILE',
    'mine:1',
    (home, host) => {
      home.write(podman, { auths: { [host]: login('podman:1') } });
      return { REGISTRY_AUTH_FILE: home.write('mine.json', { auths: { [host]: login('mine:1') } }) };
    },
  ],
  [
    'a helper',
    'helper:1',
    (home, host) => {
      home.write(podman, { auths: { [host]: login('podman:1') }, credHelpers: { [host]: 'test' } });
      home.helper('test', known);
      return {};
    },
  ],
  [
    'a helper that knows nothing',
    'docker:1',
    (home, host) => {
      home.write(podman, { auths: { [host]: login('podman:1') }, credHelpers: { [host]: 'test' } });
      home.write(docker, { auths: { [host]: login('docker:1') } });
      home.helper('test', unknown);
      return {};
    },
  ],
];

const content = serve({ '1': index('linux/arm64') });

for (const [what, account, prepare] of rows)
  test(`skopeo sends what Meshfit finds: ${what}`, { skip: missing('skopeo') }, async t => {
    const home = userHome(t);
    const fake = await fakeRegistry(t, request =>
      request.headers.authorization === undefined && account !== ''
        ? { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } }
        : request.path === '/v2/'
          ? { body: '{}' }
          : content(request),
    );
    const env = prepare(home, fake.host);
    const asked = () => {
      const file = join(home.folder, 'asked');
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    };
    const image = `docker://${fake.host}/team/app:1`;
    const options = { env: { ...home.env, ...env } };
    await promisify(execFile)('skopeo', ['inspect', '--raw', '--tls-verify=false', image], options);
    const sent = fake.seen.at(-1)?.headers.authorization ?? '';
    assert.equal(Buffer.from(sent.replace('Basic ', ''), 'base64').toString(), account);
    const theirs = asked();
    assert.equal(await home.load({ env }).get(fake.host, 'team/app'), account || 'none');
    assert.equal(asked(), theirs);
  });
