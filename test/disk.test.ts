import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readFromDisk as readBelow } from '../server/src/disk';

const readFromDisk = readBelow([]);

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'meshfit-'));
  for (const name of ['plain.yaml', 'a#b.yaml', 'c%41.yaml', 'q?.yaml'])
    writeFileSync(join(folder, name), name);
  mkdirSync(join(folder, 'scripts'));
  writeFileSync(join(folder, 'scripts', 'plain.yaml'), 'beside the script');
});
after(() => rmSync(folder, { recursive: true }));

for (const name of ['plain.yaml', './plain.yaml', 'a#b.yaml', 'c%41.yaml', 'q?.yaml'])
  test(`a reference is a path, not a URL: ${name}`, () => {
    const beside = readFromDisk(name, pathToFileURL(join(folder, 'install.yaml')).href);
    const below = readFromDisk(name, pathToFileURL(`${folder}/`).href);
    assert.equal(beside.text, name.replace('./', ''));
    assert.deepEqual(below, beside);
  });

for (const reference of [
  '//evil.example/share/x.yaml',
  '\\\\evil.example\\share\\x.yaml',
  'https://evil.example/x',
])
  test(`a document leads to no other machine: ${reference}`, () => {
    assert.equal(readFromDisk(reference, pathToFileURL(`${folder}/`).href).text, undefined);
  });

test('nothing is read for a document that is no file', () => {
  assert.equal(readFromDisk('plain.yaml', 'untitled:Untitled-1').text, undefined);
  assert.equal(readFromDisk('plain.yaml', 'file://evil.example/share/').text, undefined);
});

test('what is not beside a script is looked for below the folders that are open', () => {
  const uriOf = (path: string) => pathToFileURL(join(folder, path)).href;
  const read = readBelow([uriOf('nowhere/'), uriOf('./')]);
  const script = uriOf('scripts/install.sh');
  assert.equal(read('plain.yaml', script).text, 'beside the script');
  assert.deepEqual(read('a#b.yaml', script), { uri: uriOf('a#b.yaml'), text: 'a#b.yaml' });
  assert.deepEqual(read('none.yaml', script), { uri: uriOf('scripts/none.yaml'), text: undefined });
  assert.equal(read('//evil.example/plain.yaml', script).text, undefined);
  assert.equal(read('/a#b.yaml', script).text, undefined);
});
