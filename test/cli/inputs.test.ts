import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { meshfit } from '../support/commandLine';

const install = 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec:\n  tag: 1.14.1\n';

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'meshfit-'));
  const files: Record<string, string> = {
    'good.yaml': install,
    'empty.yaml': '',
    'binary.yaml': `kind: IstioOperator\u0000\u0001`,
    'huge.yaml': install,
    'sub/other.yml': install,
    'sub/notes.txt': install,
    'node_modules/x.yaml': install,
    'bad.json': '{ nonsense',
    'odd.json': '{"platform": ["linux/arm64"]}',
    'list.json': '[]',
    'wrong.json': '{"platforms": "linux/arm64"}',
    'nested.json': '{"registries": {"alowed": []}}',
    'right.json': '{"meshfit.platforms": ["linux/amd64"], "network": "off"}',
  };
  mkdirSync(join(folder, 'sub'));
  mkdirSync(join(folder, 'node_modules'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  truncateSync(join(folder, 'huge.yaml'), 50 * 1024 * 1024);
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.yaml'));
});
after(() => rmSync(folder, { recursive: true }));

/** What one line on standard error must say, and the exit status, for a command that can't be carried out. */
const refused: readonly (readonly [string, RegExp])[] = [
  ['check binary.yaml', /^meshfit: binary\.yaml: a binary file, not text/m],
  ['check huge.yaml', /^meshfit: huge\.yaml: larger than 16 MB/m],
  ['check dangling.yaml', /^meshfit: dangling\.yaml: no such file or folder/m],
  ['check good.yaml/deeper', /^meshfit: good\.yaml\/deeper: no such file or folder/m],
  ['check /dev/null', /^meshfit: \/dev\/null: not a file or folder/m],
  ['check . --config none.json', /^meshfit: --config none\.json: can't be read/m],
  ['check . --config bad.json', /^meshfit: --config bad\.json: not valid JSON/m],
  [
    'check . --config odd.json',
    /^meshfit: --config odd\.json: there is no setting "platform"; there are platforms/m,
  ],
  ['check . --config nested.json', /there is no setting "registries\.alowed"/],
  ['check . --config list.json', /^meshfit: --config list\.json: write the settings as a JSON object/m],
  [
    'check . --config wrong.json',
    /^meshfit: --config wrong\.json: meshfit\.platforms: "linux\/arm64" is not a list$/m,
  ],
  [
    'check --mirror docker.io=http://mirror.example',
    /^meshfit: --mirror: the mirror of docker\.io must be https/m,
  ],
  ['check --istio-version latest', /^meshfit: --istio-version: "latest" is not a version/m],
  ['check --platform', /^meshfit: --platform needs a value/m],
  ['check --offline=yes', /^meshfit: --offline takes no value/m],
  ['platforms', /^meshfit: name at least one image/m],
];

for (const [words, line] of refused)
  test(`bad usage: meshfit ${words}`, async () => {
    const { status, stdout, stderr } = await meshfit(words.split(' '), folder);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, line);
  });

test('below a folder, what can not be read is passed over with a note, and the rest is checked', async () => {
  const { status, stdout } = await meshfit(['check', '.', '--offline'], folder);
  assert.equal(status, 1);
  assert.match(stdout, /skipped binary\.yaml: a binary file/);
  assert.match(stdout, /skipped huge\.yaml: larger than/);
  assert.match(stdout, /Checked 2 installs .* in 2 files: 2 warnings\./);
});

test('programs are told on the error output what was passed over', async () => {
  const { stdout, stderr } = await meshfit(['check', '.', '--offline', '--format', 'json'], folder);
  assert.equal(JSON.parse(stdout).findings.length, 2);
  assert.match(stderr, /^meshfit: skipped binary\.yaml: a binary file/m);
});

test('a folder without files to read is not told to be fine', async () => {
  mkdirSync(join(folder, 'nothing'));
  const { stdout } = await meshfit(['check', 'nothing'], folder);
  assert.match(stdout, /^No install found: there is no file here/);
});

test('an empty file holds no install', async () => {
  const { status, stdout } = await meshfit(['check', 'empty.yaml'], folder);
  assert.equal(status, 0);
  assert.equal(stdout, 'No install found in 1 file.\n');
});

test('a settings file holds the settings by the editor’s names, and flags go before it', async () => {
  const fromFile = await meshfit(['check', 'good.yaml', '--config', 'right.json'], folder);
  assert.equal(fromFile.status, 0);
  const overruled = await meshfit(
    ['check', 'good.yaml', '--config', 'right.json', '--platform', 'linux/arm64'],
    folder,
  );
  assert.equal(overruled.status, 1);
});

test('an install without a tag is decided by --istio-version', async () => {
  writeFileSync(join(folder, 'sub', 'untagged.yaml'), install.replace(/ {2}tag.*\n/, '  profile: minimal\n'));
  const path = 'sub/untagged.yaml';
  assert.equal((await meshfit(['check', path, '--offline'], folder)).status, 3);
  assert.equal((await meshfit(['check', path, '--offline', '--istio-version', '1.14.1'], folder)).status, 1);
  assert.equal((await meshfit(['check', path, '--offline', '--istio-version', '1.24.2'], folder)).status, 0);
});

test('a named file is read whatever its name ends with', async () => {
  assert.equal((await meshfit(['check', 'sub/notes.txt', '--offline'], folder)).status, 1);
});

test('a link to a file is followed, one to a folder is not', async () => {
  mkdirSync(join(folder, 'mounted', '..data'), { recursive: true });
  writeFileSync(join(folder, 'mounted', '..data', 'bad.yaml'), install);
  symlinkSync(join('..data', 'bad.yaml'), join(folder, 'mounted', 'bad.yaml'));
  symlinkSync('.', join(folder, 'mounted', 'loop.yaml'));
  const { stdout } = await meshfit(['check', 'mounted', '--offline'], folder);
  assert.match(stdout, /Checked 1 install .* in 1 file: 1 warning\./);
});

test('a file that is named twice is checked once', async () => {
  const { stdout } = await meshfit(['check', 'good.yaml', 'good.yaml', '--offline'], folder);
  assert.match(stdout, /Checked 1 install .* in 1 file: 1 warning\./);
});

test('control characters of a file do not reach the terminal', async () => {
  writeFileSync(
    join(folder, 'escape.yaml'),
    'kind: IstioOperator\nspec:\n  hub: "x\\e]0;owned\\a"\n  tag: 1.20.0 # \u001b[31m\n',
  );
  for (const command of ['check', 'plan']) {
    const { stdout } = await meshfit([command, 'escape.yaml', '--offline'], folder);
    assert.doesNotMatch(stdout, /[^\P{Cc}\n]/u, command);
  }
});
