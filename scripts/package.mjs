// Builds and packs the extension: meshfit-VERSION.vsix.
import { spawnSync } from 'node:child_process';

const vsce = ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--skip-license'];
for (const words of [['scripts/build.mjs'], vsce]) {
  const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
