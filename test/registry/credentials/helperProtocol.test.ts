import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { inWords, userHome } from '../../support/userHome';

/** Docker's own sentence, on the standard output as its helpers print it. */
const notFound = 'credentials not found in native keychain';

const skip = process.platform === 'win32' && 'the helpers of these tests are shell scripts';
const options = { skip, timeout: 60_000 };

/** A user whose helper `test` is this script; `ask` asks it for reg.example. */
function withHelper(t: TestContext, script: string, config: object = { 'reg.example': 'test' }) {
  const home = userHome(t);
  home.write('.docker/config.json', { credHelpers: config });
  home.helper('test', script);
  const ask = (milliseconds = 30_000, registry = 'reg.example') => home.load({ milliseconds }).get(registry);
  return { home, ask };
}

const answer = (text: string) => `cat > /dev/null; printf '%s' '${text}'`;
const failed = (how: string) => `failed: the credential helper docker-credential-test ${how}`;

/** What the helper does, and what comes of it. */
const rows: readonly (readonly [what: string, script: string, outcome: string])[] = [
  ['a password', answer('{"ServerURL":"reg.example","Username":"alice","Secret":"p:w"}'), 'alice:p:w'],
  ['an identity token', answer('{"Username":"<token>","Secret":"REFRESH"}'), 'identity REFRESH'],
  [
    'a URL of the same registry',
    answer('{"ServerURL":"https://reg.example/v1/","Username":"a","Secret":"b"}'),
    'a:b',
  ],
  ['nothing found', `echo "${notFound}"; exit 1`, 'none'],
  ['an empty answer', answer('{"ServerURL":"","Username":"","Secret":""}'), 'none'],
  [
    'another registry',
    answer('{"ServerURL":"evil.example","Username":"a","Secret":"b"}'),
    failed('answered for another registry'),
  ],
  ['exit 1', 'echo s3cret; exit 1', failed('failed (exit status 1)')],
  ['a crash', 'kill -SEGV $$', failed('was ended by SIGSEGV')],
  ['HTML', answer('<html>s3cret</html>'), failed('gave an answer that is not understood')],
  ['a list', answer('["s3cret"]'), failed('gave an answer that is not understood')],
  [
    'a number for a secret',
    answer('{"Username":"a","Secret":5}'),
    failed('gave an answer that is not understood'),
  ],
  ['a secret alone', answer('{"Secret":"s3cret"}'), failed('gave a user name or a secret alone')],
  [
    'much on the standard error',
    `head -c 10000000 /dev/zero >&2; ${answer('{"Username":"a","Secret":"b"}')}`,
    'a:b',
  ],
  ['input closed at once', `exec < /dev/null; ${answer('{"Username":"a","Secret":"b"}')}`, 'a:b'],
  ['100 MB', 'head -c 100000000 /dev/zero', failed('printed more than 64 KiB')],
  ['endless output', 'yes s3cret', failed('printed more than 64 KiB')],
];

for (const [what, script, outcome] of rows)
  test(`case 39: a helper that gives ${what}`, options, async t => {
    const { ask } = withHelper(t, script);
    assert.equal(await ask(), outcome);
  });

test(
  'the helper reads what Docker would write: the host, and for the Hub exactly its old URL',
  options,
  async t => {
    const { home, ask } = withHelper(t, `printf '%s %s' "$*" "$(cat)" > "$HOME/asked"; exit 1`, {
      'reg.example:5000': 'test',
      'docker.io': 'test',
    });
    const asked = () => readFileSync(join(home.folder, 'asked'), 'utf8');
    await ask(30_000, 'reg.example:5000');
    assert.equal(asked(), 'get reg.example:5000');
    await ask(30_000, 'docker.io');
    assert.equal(asked(), 'get https://index.docker.io/v1/');
  },
);

test("Podman's helpers know the Hub as docker.io", options, async t => {
  const home = userHome(t);
  home.write('run/containers/auth.json', { credHelpers: { 'docker.io': 'test' } });
  home.helper('test', answer('{"Username":"a","Secret":"b"}').replace('> /dev/null', '> "$HOME/asked"'));
  assert.equal(await home.load().get('docker.io'), 'a:b');
  assert.equal(readFileSync(join(home.folder, 'asked'), 'utf8'), 'docker.io');
});

test('the helper of a registry beats the general one, which beats what is in the file', options, async t => {
  const home = userHome(t);
  const auth = Buffer.from('file:1').toString('base64');
  home.write('.docker/config.json', {
    auths: { 'a.example': { auth }, 'b.example': { auth }, 'c.example': { auth }, 'd.example': { auth } },
    credHelpers: { 'a.example': 'own', 'c.example': '' },
    credsStore: 'general',
  });
  home.helper('own', answer('{"Username":"own","Secret":"1"}'));
  home.helper(
    'general',
    `read server; case $server in b*) echo '{"Username":"general","Secret":"1"}';; *) echo "${notFound}"; exit 1;; esac`,
  );
  const { get } = home.load();
  const found = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(host => get(`${host}.example`)));
  assert.deepEqual(found, ['own:1', 'general:1', 'file:1', 'file:1', 'none']);
});

test('case 39: a helper that hangs is killed in time, with what it has started', options, async t => {
  const { home, ask } = withHelper(t, 'sleep 1000 > "$HOME/pipe" & wait');
  const pipe = join(home.folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  // Reading ends when the last process that can write is gone.
  const grandchild = createReadStream(pipe);
  const started = once(grandchild, 'open');
  const begin = performance.now();
  assert.equal(await ask(2000), failed('did not answer within 2 s'));
  assert.ok(performance.now() - begin < 4000);
  await started;
  grandchild.resume();
  await once(grandchild, 'end');
});

test('a lookup that is given up ends the helper', options, async t => {
  const { home } = withHelper(t, 'sleep 1000 > "$HOME/pipe" & wait');
  const pipe = join(home.folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const grandchild = createReadStream(pipe);
  const controller = new AbortController();
  const asking = home.load().credentials.get('reg.example', 'app', controller.signal);
  await once(grandchild, 'open');
  controller.abort();
  await assert.rejects(asking, { name: 'AbortError' });
  grandchild.resume();
  await once(grandchild, 'end');
});

const names = ['../../evil', ';calc', 'a b', '/bin/evil', '$(touch evil)', 'evil\n', '..\\evil'];

for (const name of names)
  test(`case 39: no program is run for the name ${JSON.stringify(name)}`, options, async t => {
    const home = userHome(t);
    home.write('.docker/config.json', { credsStore: name });
    for (const folder of ['bin', '.']) home.helper('evil', 'touch "$HOME/ran"', folder);
    const { get, logged } = home.load();
    const said = await get('docker.io');
    assert.match(
      said,
      /^failed: the credential helper ".*" is not run: its name may hold only letters, digits/,
    );
    assert.equal(existsSync(join(home.folder, 'ran')), false);
    assert.equal(logged.length, 1);
  });

test("case 39: what can't be started is said to be so", options, async t => {
  const { home, ask } = withHelper(t, '');
  home.write('bin/docker-credential-test', '#!/nowhere/sh\n');
  assert.equal(await ask(), failed("can't be started (ENOENT)"));
  const { get } = home.load({ env: { ODD: 'a\0b' } });
  assert.equal(await get('reg.example'), failed("can't be started (ERR_INVALID_ARG_VALUE)"));
});

test('what a helper prints is told nowhere, and a failure is logged once', options, async t => {
  const home = userHome(t);
  home.write('.docker/config.json', { credsStore: 'test' });
  home.helper('test', 'echo s3cret; echo s3cret >&2; exit 3');
  const { get, logged, credentials } = home.load();
  for (const host of ['a.example', 'b.example', 'a.example']) assert.doesNotMatch(await get(host), /s3cret/);
  assert.deepEqual(logged, [
    'the credential helper docker-credential-test failed (exit status 3); registries are asked without it',
  ]);
  assert.equal(inWords(credentials.peek('b.example', 'x')), failed('failed (exit status 3)'));
});
