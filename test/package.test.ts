import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const vsix = `meshfit-${version}.vsix`;

/** The names in a zip file's central directory (APPNOTE.TXT 4.3.12). */
function namesIn(path: string): readonly string[] {
  const bytes = readFileSync(path);
  const names: string[] = [];
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 4))
    names.push(bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28)));
  return names;
}

test('the packaged extension holds what it needs and nothing else, in at most 1 MB', t => {
  if (!existsSync(vsix)) return t.skip('run npm run package');
  const pages = readdirSync('server/src/rules').filter(name => name.endsWith('.md'));
  assert.deepEqual(
    [...namesIn(vsix)].sort(),
    [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/changelog.md',
      'extension/dist/cli.js',
      'extension/dist/client.js',
      'extension/dist/engine.js',
      'extension/dist/languageClient.js',
      'extension/dist/network.js',
      'extension/dist/registry.js',
      'extension/dist/server.js',
      'extension/package.json',
      'extension/readme.md',
      ...pages.map(page => `extension/server/src/rules/${page}`),
      ...readdirSync('syntaxes').map(grammar => `extension/syntaxes/${grammar}`),
    ].sort(),
  );
  assert.ok(statSync(vsix).size <= 1_000_000, `${statSync(vsix).size} bytes`);
});

test('what wakes with every text file that is opened is small', () => {
  const { size } = statSync('dist/client.js');
  assert.ok(size <= 20_000, `dist/client.js has ${size} bytes`);
  assert.ok(existsSync('dist/languageClient.js'));
});

test('the built programs answer for themselves', () => {
  for (const [program, words, printed] of [
    ['dist/cli.js', ['--version'], /^meshfit \d/],
    ['dist/server.js', ['--version'], /^\d/],
  ] as const) {
    const { stdout, status } = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' });
    assert.equal(status, 0, program);
    assert.match(stdout, printed);
  }
});
