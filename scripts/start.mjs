// The first run: installs, builds, and checks examples/ against an embedded registry.
import { spawnSync } from 'node:child_process';
import { ensureInstalled } from './install.mjs';

ensureInstalled();
console.log('Building…');
for (const words of [['scripts/build.mjs'], ['--import', 'tsx', 'demo/start.ts']]) {
  const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
