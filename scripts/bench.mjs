// Measures the language server and the registry client beside their peers. `--json` also writes out/bench.json.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { ensureInstalled } from './install.mjs';

ensureInstalled();
if (!peersAreInstalled()) {
  console.log('Installing the peers…');
  const shell = process.platform === 'win32';
  const npm = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: 'bench',
    stdio: ['ignore', 'ignore', 'inherit'],
    shell,
  });
  if (npm.status !== 0) process.exit(npm.status ?? 1);
}
for (const words of [['scripts/build.mjs'], ['--import', 'tsx', 'bench/main.ts', ...process.argv.slice(2)]]) {
  const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function peersAreInstalled() {
  const installed = 'bench/node_modules/.package-lock.json';
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync('bench/package-lock.json').mtimeMs;
}
