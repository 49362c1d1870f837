import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { findHelper } from '../../../server/src/registry/credentials/helperProgram';
import { type UserHome, userHome } from '../../support/userHome';

const skip = process.platform === 'win32' && 'the paths of these tests are those of Linux and macOS';

/** Looks for `docker-credential-x` on this PATH: the folder where it is, or why it is not run; `~` is the home. */
async function find(home: UserHome, path: string, open: readonly string[] = [], platform = process.platform) {
  const folders = () => open.map(folder => join(home.folder, folder));
  const env = { ...home.env, PATH: path.replaceAll('~', home.folder) };
  const found = await findHelper('docker-credential-x', { env, folders, platform });
  return (found.kind === 'program' ? found.file : found.why)
    .replaceAll(home.folder, '~')
    .replace(/\/docker-credential-x$/, '');
}

/** Makes a helper in each of these folders. */
function homeWith(t: TestContext, ...folders: readonly string[]): UserHome {
  const home = userHome(t);
  for (const folder of folders) home.helper('x', 'exit 1', folder);
  return home;
}

const nowhere = 'the credential helper docker-credential-x is not on the PATH';

test('the first on the PATH counts', { skip }, async t => {
  const home = homeWith(t, 'a', 'b');
  assert.equal(await find(home, '~/none:~/b:~/a'), '~/b');
  assert.equal(await find(home, '~/none'), nowhere);
  assert.equal(await find(home, ''), nowhere);
});

test('case 38: relative and empty parts of the PATH lead nowhere', { skip }, async t => {
  const home = homeWith(t, 'open', 'open/bin', 'a');
  const before = process.cwd();
  t.after(() => process.chdir(before));
  process.chdir(join(home.folder, 'open'));
  assert.equal(await find(home, '.:bin::./bin'), nowhere);
  assert.equal(await find(home, '.:bin::~/a'), '~/a');
});

test('case 38: a helper in the open folder is not run, also through a link', { skip }, async t => {
  const home = homeWith(t, 'open/node_modules/.bin', 'a');
  const inside = '~/open/node_modules/.bin';
  symlinkSync(join(home.folder, 'open'), join(home.folder, 'link'));
  mkdirSync(join(home.folder, 'b'));
  const target = join(home.folder, 'open/node_modules/.bin/docker-credential-x');
  symlinkSync(target, join(home.folder, 'b/docker-credential-x'));
  const refused = (folder: string) =>
    `${nowhere}; what is in ${folder} is not run, because that folder is open`;
  assert.equal(await find(home, inside, ['open']), refused(inside));
  assert.equal(await find(home, '~/link/node_modules/.bin', ['open']), refused('~/link/node_modules/.bin'));
  assert.equal(await find(home, '~/b', ['open']), refused('~/b'));
  assert.equal(await find(home, `${inside}:~/b:~/a`, ['open']), '~/a');
});

test('a folder that holds the home, or is it, does not keep programs of the user from running', {
  skip,
}, async t => {
  const home = homeWith(t, 'a');
  assert.equal(await find(home, '~/a', ['..']), '~/a');
  assert.equal(await find(home, '~/a', ['.']), '~/a');
});

test('what is no program is passed over', { skip }, async t => {
  const home = homeWith(t, 'c');
  mkdirSync(join(home.folder, 'a/docker-credential-x'), { recursive: true });
  home.write('b/docker-credential-x', '#!/bin/sh');
  chmodSync(join(home.folder, 'b/docker-credential-x'), 0o644);
  assert.equal(await find(home, '~/a:~/b:~/c'), '~/c');
});

test('on Windows only an .exe is a program', { skip }, async t => {
  const home = homeWith(t, 'a');
  assert.equal(await find(home, '~/a', [], 'win32'), nowhere);
  writeFileSync(join(home.folder, 'a/docker-credential-x.cmd'), '', { mode: 0o755 });
  assert.equal(await find(home, '~/a', [], 'win32'), nowhere);
  writeFileSync(join(home.folder, 'a/docker-credential-x.exe'), '', { mode: 0o755 });
  assert.equal(await find(home, '~/a', [], 'win32'), '~/a/docker-credential-x.exe');
});

test("the helper gets the user's environment, and a PATH without the open folder", { skip }, async t => {
  const home = homeWith(t, 'a', 'open/bin');
  const folder = (name: string) => join(home.folder, name);
  const env = { ...home.env, GOOGLE: 'x', PATH: ['.', folder('open/bin'), folder('a')].join(':') };
  const found = await findHelper('docker-credential-x', { env, folders: () => [folder('open')] });
  assert.deepEqual(found.kind === 'program' && found.env, { ...env, PATH: folder('a') });
});
