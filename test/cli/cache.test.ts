import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { startRegistry } from '../../demo/registry';

const run = promisify(execFile);

test('a second run asks for nothing that the first was told, unless it is to ask again', async t => {
  const cache = mkdtempSync(join(tmpdir(), 'meshfit-cache-'));
  const registry = await startRegistry();
  t.after(async () => {
    await registry.close();
    rmSync(cache, { recursive: true });
  });
  const platforms = async (...words: readonly string[]) => {
    const before = registry.requests().length;
    const program = ['--import', 'tsx', 'server/src/cli/main.ts', 'platforms', 'istio/pilot:1.20.0'];
    const env = { ...process.env, MESHFIT_CACHE_DIR: cache, DOCKER_CONFIG: cache };
    const mirror = ['--mirror', `docker.io=${registry.url}`, '--no-mirror-fallback'];
    const { stdout, stderr } = await run(process.execPath, [...program, ...mirror, ...words], { env });
    assert.match(stdout, /linux\/amd64, linux\/arm64/);
    assert.equal(stderr, '');
    return registry.requests().length - before;
  };
  assert.deepEqual([await platforms('--no-cache'), readdirSync(cache)], [1, []]);
  assert.deepEqual([await platforms(), readdirSync(cache)], [1, ['answers.json']]);
  assert.equal(await platforms(), 0);
  assert.equal(await platforms('--no-cache'), 1);
});
