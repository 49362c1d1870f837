import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ConfigurationParams,
  createProtocolConnection,
  type GenericRequestHandler,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

/** A language server of our own over stdio, with an editor's side that a test can drive. */
export interface Session {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** What the server showed to the user. */
  readonly messages: readonly string[];
  readonly open: (uri: string, text: string, languageId?: string) => Promise<void>;
  readonly close: (uri: string) => Promise<void>;
  /** Replaces the whole text. */
  readonly change: (uri: string, version: number, text: string) => Promise<void>;
  /** Changes the section `meshfit` and tells the server. */
  readonly configure: (settings: object) => Promise<void>;
  /** The next diagnostics, also those already there, that `fits`; fails after the deadline of ten seconds. */
  readonly diagnostics: (
    fits: (params: PublishDiagnosticsParams) => boolean,
  ) => Promise<PublishDiagnosticsParams>;
  readonly stop: () => Promise<void>;
}

const deadline = 10_000;

/** What an editor answers besides the settings of ours. */
export interface EditorSide {
  /** Its section `http`. */
  readonly http?: object;
  /** Handlers of the server's requests, by method. */
  readonly answers?: Readonly<Record<string, GenericRequestHandler<unknown, void>>>;
  /** The server's variables beside the ones of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Starts the server as an editor does, which has the folder with this URI open, and shakes hands with it. */
export async function startSession(
  settings: object,
  folder?: string,
  initializationOptions?: object,
  { http, answers = {}, env = {} }: EditorSide = {},
): Promise<Session> {
  const cache = mkdtempSync(join(tmpdir(), 'meshfit-cache-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/src/lsp/main.ts', '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env, MESHFIT_CACHE_DIR: '' },
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published: PublishDiagnosticsParams[] = [];
  const waiting = new Set<() => void>();
  const messages: string[] = [];
  // Without a way back to the internet, whatever a test asks for.
  const own = (from: object) => ({ mirrorFallback: false, ...from });
  let section = own(settings);
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params);
    for (const look of waiting) look();
  });
  connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
    messages.push(message);
  });
  connection.onRequest('workspace/configuration', ({ items }: ConfigurationParams) =>
    items.map(({ section: name }) => (name === 'meshfit' ? section : (http ?? null))),
  );
  for (const [method, answer] of Object.entries(answers)) connection.onRequest(method, answer);
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  // Without its server a request would wait for ever.
  child.once('exit', () => connection.dispose());
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    initializationOptions: { cacheFolder: cache, ...initializationOptions },
    workspaceFolders: folder === undefined ? null : [{ uri: folder, name: 'workspace' }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { definition: { linkSupport: true } },
    },
  });
  await connection.sendNotification('initialized', {});

  return {
    connection,
    initialized,
    messages,
    open: (uri, text, languageId = 'yaml') =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      }),
    close: uri => connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    change: (uri, version, text) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    configure(next) {
      section = own(next);
      return connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    },
    diagnostics: fits =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const index = published.findIndex(fits);
          const found = published[index];
          if (found === undefined) return;
          published.splice(0, index + 1);
          waiting.delete(look);
          clearTimeout(timer);
          resolve(found);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(
            new Error(`no such diagnostics within ${deadline} ms; there were ${JSON.stringify(published)}`),
          );
        }, deadline);
        waiting.add(look);
        look();
      }),
    async stop() {
      const ended = once(child, 'exit');
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await ended;
      connection.dispose();
      rmSync(cache, { recursive: true });
    },
  };
}

/** The message of the first diagnostic as plain text. */
export const firstMessage = ({ diagnostics }: PublishDiagnosticsParams): string => {
  const message = diagnostics[0]?.message ?? '';
  return typeof message === 'string' ? message : message.value;
};
