// Installs the project's packages if they are missing or older than the lock file. Uses Node alone.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

/** Makes sure that node_modules fits package-lock.json; ends the process with npm's own message where it can't. */
export function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Meshfit needs Node 20.19 or later; this is ${process.versions.node}.`);
    process.exit(2);
  }
  const installed = 'node_modules/.package-lock.json';
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  console.log('Installing packages…');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
