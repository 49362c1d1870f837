import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { loadCredentials } from '../../server/src/registry/credentials';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Reads a config.json with this content; `warnings` are without the folder's name. */
function load(t: test.TestContext, content: unknown, prepare: (file: string) => void = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'docker-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'config.json');
  if (content !== undefined)
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  prepare(file);
  const warnings: string[] = [];
  const credentials = loadCredentials({ DOCKER_CONFIG: folder }, message =>
    warnings.push(message.replace(file, 'FILE')),
  );
  /** `user:password`, the kind, or nothing. */
  const find = (registry: string) => {
    const stored = credentials.peek(registry, 'istio/pilot');
    const found = stored?.kind === 'credential' ? stored.credential : stored;
    if (found?.kind === 'password') return `${found.username}:${found.password}`;
    if (found?.kind === 'identity') return `identity ${found.token}`;
    return found?.kind === 'none' ? undefined : found?.kind;
  };
  return { find, warnings };
}

test('a password is found under the name that references use', t => {
  const keys = {
    'https://index.docker.io/v1/': 'hub',
    'ghcr.io': 'plain',
    'https://reg.example:5000/v2/': 'port',
    'http://Upper.example': 'upper',
    'reg.example/team': 'namespace',
  };
  const auths = Object.fromEntries(
    Object.entries(keys).map(([key, user]) => [key, { auth: base64(`${user}:p:w`) }]),
  );
  const { find, warnings } = load(t, { auths });
  const hosts = ['docker.io', 'ghcr.io', 'reg.example:5000', 'upper.example', 'reg.example', 'evil.example'];
  assert.deepEqual(hosts.map(find), ['hub:p:w', 'plain:p:w', 'port:p:w', 'upper:p:w', undefined, undefined]);
  assert.deepEqual(warnings, []);
});

test('tokens and helpers are told apart from passwords', t => {
  const auths = {
    'a.example': { auth: base64('x:y'), identitytoken: 'TOKEN' },
    'b.example': { auth: base64('<token>:TOKEN') },
    'c.example': {},
    'd.example': { auth: base64('user:pw\0\0') },
    'e.example': { auth: base64('x:y') },
  };
  const { find, warnings } = load(t, {
    auths,
    credsStore: '../../evil',
    credHelpers: { 'e.example': ';calc', 'f.example': '/bin/evil' },
  });
  const hosts = ['a', 'b', 'c', 'd', 'e', 'f'].map(host => find(`${host}.example`));
  const helper = 'failed';
  assert.deepEqual(hosts, ['identity TOKEN', 'identity TOKEN', helper, 'user:pw', helper, helper]);
  assert.deepEqual(warnings, []);
});

test('an entry that is broken is named without its secret, and the others count', t => {
  const auths = {
    'a.example': { auth: '§§s3cret' },
    'b.example': { auth: base64('s3cret') },
    'c.example': 5,
  };
  const { find, warnings } = load(t, { auths: { ...auths, 'd.example': { auth: base64('x:y') } } });
  assert.deepEqual([find('a.example'), find('b.example'), find('d.example')], [undefined, undefined, 'x:y']);
  assert.equal(
    warnings[0],
    `FILE has an entry for a.example that can't be read; run "docker login a.example" again`,
  );
  assert.equal(warnings.length, 3);
  assert.doesNotMatch(warnings.join(), /s3cret/);
});

const unusable = [
  ['{', 'FILE is not valid JSON; registries are asked without credentials'],
  ['[]', 'FILE is not valid JSON; registries are asked without credentials'],
  ['{"auths":[]}', 'FILE has an entry "auths" that is a list; it is not used'],
  ['{"auths":5}', 'FILE has an entry "auths" that is no object; it is not used'],
  [' '.repeat(2_000_000), 'FILE is not used: it is not a regular file of at most 1 MiB'],
] as const;

for (const [text, warning] of unusable) {
  test(`a configuration of ${JSON.stringify(text.slice(0, 20))} is reported`, t => {
    const { find, warnings } = load(t, text);
    assert.deepEqual([find('docker.io'), warnings], [undefined, [warning]]);
  });
}

test('a byte order mark does not matter, and neither does the absence of a file', t => {
  assert.equal(load(t, `\uFEFF{"auths":{"a.example":{"auth":"${base64('x:y')}"}}}`).find('a.example'), 'x:y');
  assert.deepEqual(load(t, undefined).warnings, []);
});

test('a device in place of the file is not read', t => {
  const { warnings } = load(t, undefined, file => symlinkSync('/dev/zero', file));
  assert.deepEqual(warnings, ['FILE is not used: it is not a regular file of at most 1 MiB']);
});

test('a key like __proto__ is a name like any other', t => {
  const { find } = load(t, `{"auths":{"__proto__":{"auth":"${base64('x:y')}"}}}`);
  assert.equal(find('toString'), undefined);
  assert.equal(find('docker.io'), undefined);
});
