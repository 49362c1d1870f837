import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readFromDisk } from '../server/src/disk';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'meshfit-'));
  for (const name of ['plain.yaml', 'a#b.yaml', 'c%41.yaml', 'q?.yaml'])
    writeFileSync(join(folder, name), name);
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
