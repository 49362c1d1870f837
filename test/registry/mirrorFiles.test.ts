import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { type TestContext } from 'node:test';
import fc from 'fast-check';
import type { MirrorFile } from '../../server/src/core/settings';
import { containerdMirrors } from '../../server/src/registry/containerdMirrors';
import { containersMirrors } from '../../server/src/registry/containersMirrors';
import { dockerMirrors } from '../../server/src/registry/dockerMirrors';
import { repositoryAt, resolveEndpoints, urlAt } from '../../server/src/registry/endpoint';
import type { MirrorRules } from '../../server/src/registry/mirror';
import { loadMirrorRules, mirrorPlaces } from '../../server/src/registry/mirrorFiles';
import { asked, imageOf, registryFor } from '../support/askRegistry';
import { fakeRegistry, index, serve } from '../support/fakeRegistry';
import { exampleOf } from '../support/page';

/** Where images are asked for when a home folder and a root folder hold these files, and what the log says. */
function withFiles(t: TestContext, kind: MirrorFile, files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'mirrors-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const usual = mirrorPlaces(join(folder, 'home'), '');
  const moved = (path: string) => (path.startsWith('/etc/') ? join(folder, path) : path);
  const log: string[] = [];
  const rules = loadMirrorRules([kind], message => log.push(message.replaceAll(folder, '')), {
    docker: usual.docker.map(moved),
    containers: usual.containers.map(moved),
    containersFolders: usual.containersFolders.map(moved),
    containerd: moved(usual.containerd),
  });
  return { rules, log, where: (image: string) => where(image, rules) };
}

/** The URLs of an image's manifest in the order in which they are asked. */
function where(text: string, mirrorRules: readonly MirrorRules[]): readonly string[] {
  const image = imageOf(text);
  const hosts = {
    mirrors: {},
    mirrorRules,
    allowedHosts: [],
    mirrorFallback: true,
    hasCredentials: () => false,
  };
  const resolved = resolveEndpoints(image, { ...hosts, network: 'on' });
  if (resolved.kind === 'unusable') return [resolved.why];
  if (resolved.kind === 'notAllowed') return [`not allowed: ${resolved.host}`];
  return resolved.endpoints.map(
    endpoint =>
      urlAt(endpoint, repositoryAt(endpoint, image.repository), `manifests/${image.digest ?? image.tag}`)
        .href,
  );
}

const digest = `sha256:${'a'.repeat(64)}`;
const hub = 'https://registry-1.docker.io/v2/istio/pilot/manifests/1';

test("Docker's registry-mirrors are mirrors of Docker Hub only", t => {
  const daemon = JSON.stringify({
    'registry-mirrors': ['https://a.example/', 'https://b.example:5000'],
    'insecure-registries': ['quay.io', '10.0.0.0/8'],
  });
  const { where: at, log } = withFiles(t, 'docker', { 'etc/docker/daemon.json': daemon });
  const mirrors = [
    'https://a.example/v2/istio/pilot/manifests/1',
    'https://b.example:5000/v2/istio/pilot/manifests/1',
  ];
  assert.deepEqual(at('istio/pilot:1'), [...mirrors, hub]);
  assert.deepEqual(at('quay.io/a/b:1'), ['https://quay.io/v2/a/b/manifests/1']);
  assert.deepEqual(at('10.0.0.1/a/b:1'), ['not allowed: 10.0.0.1']);
  assert.deepEqual(log, []);
});

test("the user's daemon.json comes before the system's, and what can't be used is told once", t => {
  const file = (...mirrors: readonly string[]) => JSON.stringify({ 'registry-mirrors': mirrors });
  const { where: at, log } = withFiles(t, 'docker', {
    'etc/docker/daemon.json': file('http://plain.example', 'http://127.0.0.1:5000'),
    'home/.docker/daemon.json': file('https://mine.example'),
    'home/.config/docker/daemon.json': '{',
  });
  assert.deepEqual(at('istio/pilot:1'), [
    'https://mine.example/v2/istio/pilot/manifests/1',
    'http://127.0.0.1:5000/v2/istio/pilot/manifests/1',
    hub,
  ]);
  assert.deepEqual(log, [
    '/home/.config/docker/daemon.json is not used: it is not written as such a file should be',
    '/etc/docker/daemon.json: the mirror "http://plain.example" is not used: it is not an https URL without a password',
  ]);
});

const registriesConf = `
unqualified-search-registries = ["docker.io"]

[[registry]]
prefix = "docker.io"
location = "docker.io"

[[registry.mirror]]
location = "mirror.example/hub"

[[registry.mirror]]
location = "digests.example"
pull-from-mirror = "digest-only"
insecure = true

[[registry.mirror]]
location = "tags.example:5000"
pull-from-mirror = "tag-only"

[[registry]]
prefix = "docker.io/istio/private"
blocked = true

[[registry]]
prefix = "example.com/foo"
location = "internal.example/bar/foo"

[[registry]]
prefix = "*.example.net"
location = "mirror.example/net"

[[registry]]
location = "old.example"
mirror-by-digest-only = true
[[registry.mirror]]
location = "127.0.0.1:5000/old"
`;

const containersRows: readonly (readonly [image: string, where: readonly string[]])[] = [
  [
    'istio/pilot:1',
    [
      'https://mirror.example/v2/hub/istio/pilot/manifests/1',
      'https://tags.example:5000/v2/istio/pilot/manifests/1',
      hub,
    ],
  ],
  [
    `istio/pilot@${digest}`,
    [
      `https://mirror.example/v2/hub/istio/pilot/manifests/${digest}`,
      `https://digests.example/v2/istio/pilot/manifests/${digest}`,
      `https://registry-1.docker.io/v2/istio/pilot/manifests/${digest}`,
    ],
  ],
  ['istio/private:1', ['docker.io/istio/private is blocked by registries.conf']],
  ['istio/private/inner:1', ['docker.io/istio/private is blocked by registries.conf']],
  ['example.com/foo/image:1', ['https://internal.example/v2/bar/foo/image/manifests/1']],
  ['example.com/foo:1', ['https://internal.example/v2/bar/foo/manifests/1']],
  ['example.com/foobar:1', ['not allowed: example.com']],
  ['a.b.example.net/x/y:1', ['https://mirror.example/v2/net/x/y/manifests/1']],
  ['example.net/x/y:1', ['not allowed: example.net']],
  ['old.example/x/y:1', ['not allowed: old.example']],
  [`old.example/x/y@${digest}`, [`http://127.0.0.1:5000/v2/old/x/y/manifests/${digest}`]],
];

for (const [image, expected] of containersRows) {
  test(`registries.conf: ${image}`, t => {
    const { where: at, log } = withFiles(t, 'containers', {
      'etc/containers/registries.conf': registriesConf,
    });
    assert.deepEqual(at(image), expected);
    assert.deepEqual(log, []);
  });
}

test("the user's registries.conf takes the place of the system's, files of registries.conf.d that of single names", t => {
  const mirror = (prefix: string, location: string) =>
    `[[registry]]\nprefix = "${prefix}"\nlocation = "${location}"\n`;
  const { where: at, log } = withFiles(t, 'containers', {
    'etc/containers/registries.conf':
      mirror('docker.io', 'system.example') + mirror('quay.io', 'system.example'),
    'home/.config/containers/registries.conf':
      mirror('docker.io', 'user.example') + mirror('ghcr.io', 'user.example'),
    'etc/containers/registries.conf.d/10-a.conf': mirror('ghcr.io', 'first.example'),
    'etc/containers/registries.conf.d/20-b.conf': mirror('ghcr.io', 'second.example'),
    'etc/containers/registries.conf.d/readme': 'no configuration',
    'home/.config/containers/registries.conf.d/30-c.conf': '[[registry]]\nmirrors',
  });
  assert.deepEqual(at('docker.io/a/b:1'), ['https://user.example/v2/a/b/manifests/1']);
  assert.deepEqual(at('quay.io/a/b:1'), ['https://quay.io/v2/a/b/manifests/1']);
  assert.deepEqual(at('ghcr.io/a/b:1'), ['https://second.example/v2/a/b/manifests/1']);
  assert.deepEqual(log, [
    '/home/.config/containers/registries.conf.d/30-c.conf is not used: it is not written as such a file should be',
  ]);
});

const hosts = (...lines: readonly string[]) => `${lines.join('\n')}\n`;

test("containerd's hosts are asked in the order of the file, and told whose images they are asked for", t => {
  const { where: at, log } = withFiles(t, 'containerd', {
    'etc/containerd/certs.d/docker.io/hosts.toml': hosts(
      'server = "https://registry-1.docker.io"',
      '[host."https://z.example"]',
      'capabilities = ["pull", "resolve"]',
      '[host."https://b.example/team"]',
      '[host."https://c.example/v2/proxy"]',
      'capabilities = ["resolve"]',
      'override_path = true',
      '[host."https://digests.example"]',
      'capabilities = ["pull"]',
      '[host."https://push.example"]',
      'capabilities = ["push"]',
      '[host."http://plain.example"]',
      '[host."http://localhost:5000"]',
      'ca = "/etc/certs/mirror.pem"',
      'skip_verify = true',
    ),
  });
  assert.deepEqual(at('istio/pilot:1'), [
    'https://z.example/v2/istio/pilot/manifests/1?ns=docker.io',
    'https://b.example/team/v2/istio/pilot/manifests/1?ns=docker.io',
    'https://c.example/v2/proxy/istio/pilot/manifests/1?ns=docker.io',
    'http://localhost:5000/v2/istio/pilot/manifests/1?ns=docker.io',
    hub,
  ]);
  assert.equal(
    at(`istio/pilot@${digest}`)[2],
    `https://digests.example/v2/istio/pilot/manifests/${digest}?ns=docker.io`,
  );
  const file = '/etc/containerd/certs.d/docker.io/hosts.toml';
  assert.deepEqual(log, [
    `${file}: the host "http://plain.example" is not used: it is not an https URL without a password`,
    `${file}: the "ca" of http://localhost:5000 is not used; name the file in NODE_EXTRA_CA_CERTS instead`,
  ]);
});

test('containerd: ports in the names of folders, _default for all others, another server', t => {
  const { where: at } = withFiles(t, 'containerd', {
    'etc/containerd/certs.d/registry.example_5000_/hosts.toml': 'server = "https://other.example"',
    'etc/containerd/certs.d/_default/hosts.toml': hosts('[host."https://all.example"]'),
    'etc/containerd/certs.d/quay.io/ca.crt': '',
    'etc/containerd/certs.d/empty.example/hosts.toml': '',
  });
  const other = 'https://other.example/v2/a/b/manifests/1?ns=registry.example%3A5000';
  assert.deepEqual(at('registry.example:5000/a/b:1'), [other]);
  assert.deepEqual(at('ghcr.io/a/b:1'), [
    'https://all.example/v2/a/b/manifests/1?ns=ghcr.io',
    'https://ghcr.io/v2/a/b/manifests/1',
  ]);
  assert.deepEqual(at('empty.example/a/b:1'), ['not allowed: empty.example']);
});

const example = (name: string) => exampleOf('mirrors-and-proxies.md', name);

test('the examples of the page do what it says', t => {
  const { where: docker, log } = withFiles(t, 'docker', { 'etc/docker/daemon.json': example('daemon.json') });
  assert.deepEqual(docker('istio/pilot:1'), ['https://mirror.example.com/v2/istio/pilot/manifests/1', hub]);
  const conf = { 'etc/containers/registries.conf': example('registries.conf') };
  const { where: containers, log: more } = withFiles(t, 'containers', conf);
  assert.deepEqual(containers('istio/pilot:1'), [
    'https://mirror.example.com/v2/hub/istio/pilot/manifests/1',
    hub,
  ]);
  assert.equal(containers(`istio/pilot@${digest}`).length, 1);
  assert.match(containers('a.internal.example.com/b:1')[0] ?? '', /is blocked by registries.conf$/);
  assert.deepEqual([...log, ...more], []);
});

test("the page's example for containerd does what it says", t => {
  const name = 'docker.io/hosts.toml';
  const { where: at, log } = withFiles(t, 'containerd', {
    [`etc/containerd/certs.d/${name}`]: example(name),
  });
  assert.deepEqual(at('istio/pilot:1'), [
    'https://mirror.example.com/v2/istio/pilot/manifests/1?ns=docker.io',
    'https://harbor.example.com/v2/hub-proxy/istio/pilot/manifests/1?ns=docker.io',
    hub,
  ]);
  assert.deepEqual(log, []);
});

test('a mirror of a file is asked, also without TLS on this machine, and the registry where it fails', async t => {
  const own = await fakeRegistry(t, serve({ '1': index('linux/arm64') }));
  const mirror = await fakeRegistry(t, serve({}));
  const text = `[[registry]]\nlocation = "${own.host}"\n[[registry.mirror]]\nlocation = "${mirror.host}/x"\n`;
  const { rules: mirrorRules } = withFiles(t, 'containers', { 'etc/containers/registries.conf': text });
  const registry = registryFor([own.host], { mirrorRules, mirrorFallback: true });
  assert.equal(await asked(registry, `${own.host}/a/b:1`), 'linux/arm64');
  assert.equal(mirror.log(), 'GET /v2/x/a/b/manifests/1');
});

test('no files, no rules, no complaints', t => {
  for (const kind of ['docker', 'containers', 'containerd'] as const) {
    const { rules, log } = withFiles(t, kind, {});
    assert.deepEqual([rules, log], [[[]], []]);
  }
});

test('a file that is too long, or that is a folder, is told and not read', t => {
  const { rules, log } = withFiles(t, 'docker', {
    'etc/docker/daemon.json': ' '.repeat(1024 * 1024 + 1),
    'home/.docker/daemon.json/x': '',
  });
  assert.deepEqual(rules, [[]]);
  assert.deepEqual(log, [
    '/home/.docker/daemon.json is not used: it is not a file',
    '/etc/docker/daemon.json is not used: it is too long',
  ]);
});

test('no text makes the readers stumble, nor a value of an unexpected kind', () => {
  const ignore = (): void => {};
  const value = fc.constantFrom(
    '1',
    '"x"',
    '[]',
    '[1]',
    '{}',
    'true',
    '[["a"]]',
    '{ a = 1 }',
    '"://"',
    '"a/b"',
  );
  const key = fc.constantFrom(
    'registry',
    'host',
    'server',
    'prefix',
    'location',
    '[[registry]]\nmirror',
    '[host."x"]\nca',
  );
  const lines = fc.array(
    fc.tuple(key, value).map(([name, given]) => `${name} = ${given}`),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        lines.map(all => all.join('\n')),
      ),
      text => {
        containersMirrors(text, 'x', ignore);
        containerdMirrors(text, 'x', ignore);
        dockerMirrors(text, ignore);
      },
    ),
  );
});
