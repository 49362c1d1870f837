import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { waitUntil } from './waitUntil';

/** A process of tinyproxy. */
export interface Tinyproxy {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** What it was asked for, from its log: `CONNECT quay.io:443`. */
  readonly requests: () => Promise<readonly string[]>;
}

/**
 * Runs tinyproxy on this machine until the test ends. It reaches all hosts by way of `upstream`, another proxy
 * (`127.0.0.1:PORT`), so that nothing leaves the machine. `account` is `name:password`.
 */
export async function runTinyproxy(
  t: Pick<TestContext, 'after'>,
  upstream: string,
  account?: string,
): Promise<Tinyproxy> {
  const folder = await mkdtemp(join(tmpdir(), 'meshfit-tinyproxy-'));
  const log = join(folder, 'log');
  const port = await freePort();
  const lines = [`Port ${port}`, 'Listen 127.0.0.1', 'Timeout 60', 'MaxClients 20', 'LogLevel Info'];
  const more = [`LogFile "${log}"`, `Upstream http ${upstream}`];
  const basic = account === undefined ? [] : [`BasicAuth ${account.replace(':', ' ')}`];
  await writeFile(join(folder, 'tinyproxy.conf'), `${[...lines, ...more, ...basic].join('\n')}\n`);
  const process = spawn('tinyproxy', ['-d', '-c', join(folder, 'tinyproxy.conf')], { stdio: 'ignore' });
  t.after(async () => {
    if (process.pid !== undefined && process.exitCode === null) {
      process.kill('SIGKILL');
      await once(process, 'exit');
    }
    await rm(folder, { recursive: true });
  });
  await waitUntil('tinyproxy', () => answers(port));
  const requests = async () =>
    [...(await readFile(log, 'utf8')).matchAll(/Request \(file descriptor \d+\): (\S+ \S+)/g)].map(
      ([, request = '']) => request,
    );
  return { host: `127.0.0.1:${port}`, requests };
}

async function answers(port: number): Promise<true | undefined> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
