import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceOf } from '../../server/src/core/document';
import { sources } from '../../server/src/sources/index';

const idOf = (name: string, text = '', languageId?: string): string | undefined =>
  sourceOf(sources, { uri: `file:///work/${name}`, text, ...(languageId !== undefined && { languageId }) })
    ?.id;

for (const [name, id] of [
  ['iop.yaml', 'yaml'],
  ['.gitlab-ci.yml', 'yaml'],
  ['Install.SH', 'shell'],
  ['Makefile', 'makefile'],
  ['istio.mk', 'makefile'],
  ['Dockerfile.dev', 'dockerfile'],
  ['README.md', 'markdown'],
  ['Jenkinsfile', 'jenkinsfile'],
] as const)
  test(`${name} is read as ${id}`, () => {
    assert.equal(idOf(name), id);
  });

test('a file whose name tells nothing is known by its first line', () => {
  assert.equal(idOf('install', '#!/usr/bin/env bash\nistioctl install\n'), 'shell');
  assert.equal(idOf('install', '#!/usr/bin/env python3\nprint(1)\n'), undefined);
});

test('an editor’s language goes before the name, and the name decides where no source knows the language', () => {
  assert.equal(idOf('iop.yaml', '', 'shellscript'), 'shell');
  assert.equal(idOf('install.sh', '', 'plaintext'), 'shell');
  assert.equal(idOf('notes.txt', 'kind: IstioOperator', 'plaintext'), undefined);
});

test('a file that is named with an unknown ending is read as what it holds', () => {
  assert.equal(idOf('iop.txt', 'kind: IstioOperator\nspec:\n  tag: 1.14.1\n'), 'yaml');
  assert.equal(idOf('install.txt', 'istioctl install -y\n'), 'shell');
});
