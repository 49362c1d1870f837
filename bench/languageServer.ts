import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createProtocolConnection, type PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { BenchText } from './texts';

/** A language server as a program that speaks over its standard input and output. */
export interface ServerProgram {
  readonly name: string;
  /** The words after `node`. */
  readonly words: readonly string[];
  /** What `workspace/configuration` answers, by section. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Variables that it has besides ours. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running server. All times are milliseconds as the client sees them. */
export interface LanguageServer {
  /** From starting the process to its answer to `initialize`. */
  readonly initialize: number;
  /** Opens a document; the time until its first diagnostics, and how many there are. */
  readonly open: (text: BenchText) => Promise<{ readonly time: number; readonly diagnostics: number }>;
  /** Types `count` letters one after the other; the time from each to the diagnostics for the new text. */
  readonly type: (text: BenchText, count: number) => Promise<readonly number[]>;
  /** Asks for the hover at a position; the time until it is there. */
  readonly hover: (
    text: BenchText,
    position: BenchText['cursor'],
  ) => Promise<{ readonly time: number; readonly text: string }>;
  readonly close: (text: BenchText) => Promise<void>;
  /** The process's resident set, in bytes. */
  readonly memory: () => number;
  /** Ends the server and waits until its process is gone. */
  readonly stop: () => Promise<void>;
}

/** An answer that takes longer than this ends the bench (ms). */
const patience = 60_000;

/** Starts a server as an editor does that knows nothing but diagnostics and settings. */
export async function startServer({ name, words, settings, env }: ServerProgram): Promise<LanguageServer> {
  const started = performance.now();
  const child = spawn(process.execPath, words, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  });
  const ended = once(child, 'close');
  const connection = createProtocolConnection(child.stdout, child.stdin);
  const published = createListener();
  connection.onNotification('textDocument/publishDiagnostics', published.hear);
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/configuration', ({ items }: { items: readonly { section?: string }[] }) =>
    items.map(({ section = '' }) => settings[section] ?? null),
  );
  connection.listen();
  const asked = connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: null,
    initializationOptions: { settings: settings.meshfit },
    capabilities: {
      workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
      textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true } },
    },
  });
  await within(asked, child, `${name} did not answer initialize`);
  const initialize = performance.now() - started;
  await connection.sendNotification('initialized', {});
  const versions = new Map<string, number>();

  const sent = async (method: string, uri: string, version: number | undefined, params: object) => {
    const heard = published.next(uri, version);
    const from = performance.now();
    await connection.sendNotification(method, params);
    const { diagnostics } = await within(
      heard,
      child,
      `${name} gave no diagnostics for ${uri} after ${method}`,
    );
    return { time: performance.now() - from, diagnostics: diagnostics.length };
  };
  return {
    initialize,
    open({ uri, languageId, text }) {
      versions.set(uri, 1);
      const textDocument = { uri, languageId, version: 1, text };
      return sent('textDocument/didOpen', uri, undefined, { textDocument });
    },
    async type({ uri, cursor }, count) {
      const times: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const version = (versions.get(uri) ?? 0) + 1;
        versions.set(uri, version);
        const place = { ...cursor, character: cursor.character + version - 2 };
        const change = { range: { start: place, end: place }, text: 'x' };
        const params = { textDocument: { uri, version }, contentChanges: [change] };
        times.push((await sent('textDocument/didChange', uri, version, params)).time);
      }
      return times;
    },
    async hover({ uri }, position) {
      const from = performance.now();
      const asked = connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
      const hover = await within(asked, child, `${name} gave no hover for ${uri}`);
      return { time: performance.now() - from, text: JSON.stringify(hover) };
    },
    async close({ uri }) {
      await sent('textDocument/didClose', uri, undefined, { textDocument: { uri } });
    },
    memory: () => residentBytes(child),
    async stop() {
      await within(connection.sendRequest('shutdown'), child, `${name} did not shut down`);
      await connection.sendNotification('exit');
      await ended;
      connection.dispose();
    },
  };
}

/** Waits for the next diagnostics of a document: those of `version` where the server tells versions. */
function createListener() {
  const waiting = new Map<string, (params: PublishDiagnosticsParams) => void>();
  return {
    hear: (params: PublishDiagnosticsParams) => waiting.get(params.uri)?.(params),
    next: (uri: string, version: number | undefined) =>
      new Promise<PublishDiagnosticsParams>(resolve => {
        waiting.set(uri, params => {
          if (version !== undefined && params.version !== undefined && params.version !== version) return;
          waiting.delete(uri);
          resolve(params);
        });
      }),
  };
}

/**
 * Rejects when the answer is late, or when it can't come any more because `child` has ended. Nothing is kept once the
 * answer is there: what piles up here would slow down the very letters that are measured.
 */
function within<T>(answer: Promise<T>, child: ChildProcess, complaint: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      clearTimeout(timer);
      child.off('close', gone);
    };
    const fail = (why: string): void => {
      done();
      reject(new Error(`${complaint}${why}`));
    };
    const gone = (): void => fail(': its process has ended.');
    const timer = setTimeout(fail, patience, ` within ${patience / 1000} s.`);
    child.once('close', gone);
    answer.then(resolve, reject).finally(done);
  });
}

/** VmRSS of proc(5); elsewhere what `ps` says, which also counts in KiB. */
export function residentBytes({ pid }: ChildProcess): number {
  const kibibytes =
    process.platform === 'linux'
      ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kibibytes) * 1024;
}
