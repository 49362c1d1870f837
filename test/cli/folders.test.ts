import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { meshfit } from '../support/commandLine';

const operator = 'kind: IstioOperator\nspec:\n  profile: minimal\n  tag: 1.14.1\n';

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'meshfit-'));
});
after(() => rmSync(folder, { recursive: true }));

/** What `meshfit check` and `meshfit plan` say of a folder with these files. */
async function inFolder(name: string, files: Readonly<Record<string, string>>) {
  const root = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { stdout } = await meshfit(['check', '.', '--offline', '--format', 'json'], root);
  const { findings } = JSON.parse(stdout) as { findings: { file: string; line: number }[] };
  return { found: findings.map(({ file, line }) => `${file}:${line}`), root };
}

test('a script without an ending is known by its first line', async () => {
  const script = 'istioctl install --set tag=1.14.1\n';
  const { found } = await inFolder('names', {
    install: `#!/usr/bin/env bash\n${script}`,
    notes: script,
    'data.bin': `#!/bin/sh\n${script}`,
    'setup.sh': script,
  });
  assert.deepEqual(found, ['install:2', 'setup.sh:1']);
});

test('pipelines are found in their hidden folders, and other hidden folders are left out', async () => {
  const job = 'jobs:\n  mesh:\n    steps:\n      - run: istioctl install --set tag=1.14.1\n';
  const { found } = await inFolder('hidden', {
    '.github/workflows/mesh.yaml': job,
    '.cache/workflows/mesh.yaml': job,
  });
  assert.deepEqual(found, ['.github/workflows/mesh.yaml:4']);
});

test('a finding to which several files lead is told once, where its text stands', async () => {
  const { found, root } = await inFolder('shared', {
    'deploy/iop.yaml': operator,
    'scripts/a.sh': 'istioctl install -f deploy/iop.yaml\n',
    'scripts/b.sh': 'istioctl install -f ../deploy/iop.yaml\n',
  });
  assert.deepEqual(found, ['deploy/iop.yaml:4']);
  const alone = await meshfit(['check', 'scripts/a.sh', '--offline'], root);
  assert.match(alone.stdout, /^deploy\/iop\.yaml:4:8 {2}warning/);
  assert.match(alone.stdout, /Checked 1 install with 2 images in 1 file: 1 warning\./);
});
