// Opens VS Code with the extension of this checkout on examples/, or on the folder that is named. The registry that the
// examples need runs in this process. A desktop VS Code is used where `code` is on the PATH, else, or with
// MESHFIT_VSCODE=browser, one in the browser.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { startHost } from './vscodeHost.mjs';
import { onPath } from './vscodeInstall.mjs';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const examples = join(repository, 'examples');
const folder = process.argv[2] === undefined ? examples : resolve(process.argv[2]);
if (!existsSync(folder)) {
  console.error(`There is no folder ${folder}.`);
  process.exit(2);
}
process.chdir(repository);
ensureInstalled();
execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });

// A second Ctrl+C, as `npm run` sends it, must not cut the cleaning short.
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop.abort());
const temporary = mkdtempSync(join(tmpdir(), 'meshfit-editor-'));
process.once('exit', () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));

const { tsImport } = await import('tsx/esm/api');
const { startRegistry } = await tsImport('../demo/registry.ts', import.meta.url);
const registry = await startRegistry();
const env = { MESHFIT_CACHE_DIR: join(temporary, 'cache') };
const settings = {
  'chat.disableAIFeatures': true,
  'meshfit.mirrors': { 'docker.io': registry.url, 'ghcr.io': registry.url },
  'meshfit.mirrorFallback': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
};
const file = join(examples, 'istio-1.14.yaml');
const trusted = folder === examples ? ['--disable-workspace-trust'] : [];

const code = process.env.MESHFIT_VSCODE === 'browser' ? undefined : onPath('code');
await (code === undefined ? inBrowser() : inDesktop(code));
await registry.close();
process.exit();

async function inDesktop(program) {
  writeSettings(join(temporary, 'User'));
  const args = [
    ...['--wait', '--new-window', `--extensionDevelopmentPath=${repository}`, ...trusted],
    ...[`--user-data-dir=${temporary}`, `--extensions-dir=${join(temporary, 'extensions')}`],
    ...(folder === examples ? [folder, file] : [folder]),
  ];
  console.log('Opening VS Code; this ends when its window is closed.');
  const window = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  stop.signal.addEventListener('abort', () => window.kill());
  await once(window, 'close');
}

async function inBrowser() {
  for (const place of ['data/User', 'data/Machine']) writeSettings(join(temporary, place));
  const host = await startHost({ serverDataDir: temporary, flags: trusted, env });
  const paths = { extensionDevelopmentPath: repository, ...(folder === examples ? { openFile: file } : {}) };
  console.log(`VS Code is at\n\n  ${host.pageFor(folder, paths)}\n\nCtrl+C ends it.`);
  if (!stop.signal.aborted) await once(stop.signal, 'abort');
  await host.close();
}

function writeSettings(place) {
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'settings.json'), JSON.stringify(settings, undefined, 2));
}
