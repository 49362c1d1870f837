import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { get as getTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from './waitUntil';

/** The `auth` section of the configuration file (distribution `docs/configuration.md`). */
export type Authentication =
  | { readonly htpasswd: { readonly realm: string; readonly path: string } }
  | {
      readonly token: {
        readonly realm: string;
        readonly service: string;
        readonly issuer: string;
        readonly rootcertbundle: string;
      };
    };

/** Further sections of the configuration file. */
export interface Sections {
  readonly http?: { readonly tls?: { readonly certificate: string; readonly key: string } };
  readonly proxy?: { readonly remoteurl: string };
}

/** A process of CNCF Distribution (`docker-registry`). */
export interface Distribution {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** What was requested since the last call, as `GET /v2/istio/pilot/manifests/1.14.1 200`, from its access log. */
  readonly requests: () => Promise<readonly string[]>;
  /** Ends the process at once, as a crash would. */
  readonly stop: () => Promise<void>;
  /** Starts it again on the same port with the same content; rejects if somebody else took the port meanwhile. */
  readonly start: () => Promise<void>;
  /** Ends the process and deletes its configuration. */
  readonly close: () => Promise<void>;
}

/**
 * Runs `docker-registry` on a free port of 127.0.0.1 with the content below `root`, and resolves when it answers.
 * Registries may share a `root`. `sections` are laid over the configuration. Rejects with the program's own output when it doesn't come up.
 */
export async function runDistribution(
  root: string,
  auth?: Authentication,
  sections: Sections = {},
): Promise<Distribution> {
  const folder = await mkdtemp(join(tmpdir(), 'meshfit-registry-'));
  const close = () => rm(folder, { recursive: true, force: true });
  for (let attempt = 1; ; attempt++) {
    const host = `127.0.0.1:${await freePort()}`;
    const path = join(folder, 'config.yml');
    await writeFile(path, configuration(host, root, auth, sections));
    const base = `${sections.http?.tls === undefined ? 'http' : 'https'}://${host}`;
    try {
      return openDistribution(host, base, await launch(path, base), () => launch(path, base), close);
    } catch (error) {
      const taken = error instanceof Error && error.message.includes('address already in use');
      if (taken && attempt < 5) continue;
      await close();
      throw error;
    }
  }
}

function openDistribution(
  host: string,
  base: string,
  first: Running,
  launchAgain: () => Promise<Running>,
  removeFolder: () => Promise<void>,
): Distribution {
  let running = first;
  let marks = 0;
  let read = 0;
  const stop = () => end(running.process);
  return {
    host,
    requests: async () => {
      // A line is logged before its answer is sent, so every earlier request stands before this one's line.
      const mark = `/v2/?mark=${++marks}`;
      await statusOf(base + mark);
      const lines = await waitUntil('the access log', () => {
        const all = accessLines(running.output());
        const end = all.findIndex((line, index) => index >= read && line.startsWith(`GET ${mark} `));
        return end < 0 ? undefined : all.slice(0, end + 1);
      });
      const since = lines.slice(read, -1);
      read = lines.length;
      return since;
    },
    stop,
    start: async () => {
      running = await launchAgain();
      read = accessLines(running.output()).length;
    },
    close: async () => {
      await stop();
      await removeFolder();
    },
  };
}

interface Running {
  readonly process: ChildProcess;
  readonly output: () => string;
}

async function launch(configPath: string, base: string): Promise<Running> {
  const process = spawn('docker-registry', ['serve', configPath], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let failed: Error | undefined;
  process.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  process.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  process.on('error', error => {
    failed = error;
  });
  const running = { process, output: () => output };
  try {
    await waitUntil('docker-registry', async () => {
      if (failed !== undefined) throw failed;
      if (process.exitCode !== null) throw new Error(`docker-registry ended:\n${output}`);
      const status = await statusOf(`${base}/v2/`);
      return status === 200 || status === 401 ? status : undefined;
    });
    // Read over the readiness request, so that it is never counted.
    await waitUntil('the access log', () => (accessLines(output).length > 0 ? true : undefined));
    return running;
  } catch (error) {
    await end(process);
    throw error;
  }
}

/** The status of an answer; `undefined` when there is none. Only to see whether somebody is there: nobody is trusted. */
async function statusOf(url: string): Promise<number | undefined> {
  const request = url.startsWith('https:') ? getTls(url, { rejectUnauthorized: false }) : get(url);
  try {
    const [response]: IncomingMessage[] = await once(request, 'response');
    response?.resume();
    return response?.statusCode;
  } catch {
    return undefined;
  }
}

async function end(process: ChildProcess): Promise<void> {
  if (process.pid === undefined || process.exitCode !== null || process.signalCode !== null) return;
  const ended = once(process, 'exit');
  process.kill('SIGKILL');
  await ended;
}

/** Distribution logs in the combined log format of web servers; other lines are its own messages. */
function accessLines(output: string): readonly string[] {
  const pattern = /^\S+ - \S+ \[[^\]]+\] "(\S+ \S+) HTTP\/[\d.]+" (\d+) /gm;
  return [...output.matchAll(pattern)].map(([, request, status]) => `${request} ${status}`);
}

/** JSON, as it is YAML too. */
const configuration = (
  host: string,
  root: string,
  auth: Authentication | undefined,
  { http, proxy }: Sections,
): string =>
  JSON.stringify({
    version: '0.1',
    log: { level: 'warn' },
    storage: { filesystem: { rootdirectory: root }, delete: { enabled: true } },
    http: { addr: host, secret: 'the same for every process that shares the content', ...http },
    ...(proxy === undefined ? {} : { proxy }),
    ...(auth === undefined ? {} : { auth }),
  });

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
