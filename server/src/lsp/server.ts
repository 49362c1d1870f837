import {
  type CancellationToken,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
  DidChangeConfigurationNotification,
  type DidChangeConfigurationParams,
  type HoverParams,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ReadFile } from '../core/document';
import type { Settings } from '../core/settings';
import { createEngine } from '../engine';
import type { Facts } from '../settle';
import { version } from '../version';
import { codeActions } from './codeActions';
import { converterFor, toDiagnostic } from './convert';
import { guardFor } from './guard';
import { hover } from './hover';
import { keepWhileSame } from './keepWhileSame';
import { planText } from './planText';
import {
  checkRequest,
  forgetRequest,
  type InitializationOptions,
  optionsFrom,
  planRequest,
  trustedNotification,
} from './protocol';
import { settingsFrom } from './settings';
import { type Watch, watch } from './watch';
import { documentOf, type World } from './world';

/** What the server needs of the machine it runs on. */
export interface Host {
  readonly readFile: ReadFile;
  /** What answers for images under these settings. */
  readonly facts: (settings: Settings) => RegistryFacts;
}

/** Facts that can be dropped, so that everything is asked again. */
export interface RegistryFacts extends Facts {
  readonly forget: () => void;
}

/** Answers an editor on `connection` until the editor ends it. */
export function serve(connection: Connection, host: Host): void {
  const documents = new TextDocuments(TextDocument);
  const watches = new Map<string, Watch>();
  const engine = createEngine();
  const guard = guardFor(message => connection.console.error(message));
  let options: InitializationOptions = {};
  let asksForSettings = false;
  /** Undefined until the settings are known; documents opened before that wait for them. */
  let world: World | undefined;

  const readFile: ReadFile = (reference, directory) => {
    const file = host.readFile(reference, directory);
    const open = documents.get(file.uri);
    return open === undefined ? file : { uri: file.uri, text: open.getText() };
  };
  const facts = keepWhileSame(host.facts, ({ mirrors, allowedHosts, offline }) => [
    mirrors,
    allowedHosts,
    offline,
  ]);
  const converter = (document: TextDocument) => converterFor(document, uri => readFile(uri, uri).text);

  const publish: Publish = (document, findings) => {
    const convert = converter(document);
    const diagnostics = findings.map(finding => toDiagnostic(finding, convert));
    const { uri, version } = document;
    connection.sendDiagnostics({ uri, version, diagnostics }).catch(guard.report);
  };
  const check = (document: TextDocument, when: 'at once' | 'when idle'): void => {
    if (world === undefined) return;
    const known = watches.get(document.uri) ?? watch(publish, guard.report);
    watches.set(document.uri, known);
    known.changed(document, world, when);
  };
  const tell = (message: string): void => {
    const params = { type: MessageType.Warning, message };
    connection.sendNotification(ShowMessageNotification.method, params).catch(guard.report);
  };
  /** Reads the settings and checks every open document by them. */
  const configure = async (): Promise<void> => {
    const section: unknown = asksForSettings
      ? await connection.workspace.getConfiguration('meshfit')
      : options.settings;
    const { settings, problems } = settingsFrom(section, options.trusted ?? true);
    for (const { name, why } of problems) tell(`Meshfit: the setting ${name} is not used: ${why}.`);
    world = { engine, context: { settings, readFile }, facts: facts(settings) };
    for (const document of documents.all()) check(document, 'at once');
  };
  /** Runs a request for a document that is open, once the settings are known. */
  const withDocument = <P extends { textDocument: { uri: string } }, R>(
    answer: (document: TextDocument, params: P, world: World, token: CancellationToken) => R | Promise<R>,
    fallback: R,
  ) =>
    guard.request((params: P, token: CancellationToken): R | Promise<R> => {
      const document = documents.get(params.textDocument.uri);
      return document === undefined || world === undefined
        ? fallback
        : answer(document, params, world, token);
    }, fallback);

  connection.onInitialize(({ capabilities, initializationOptions }: InitializeParams): InitializeResult => {
    options = optionsFrom(initializationOptions);
    asksForSettings = capabilities.workspace?.configuration === true;
    return {
      serverInfo: { name: 'meshfit', version },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      },
    };
  });
  connection.onInitialized(
    guard.request(async () => {
      const { type } = DidChangeConfigurationNotification;
      if (asksForSettings) await connection.client.register(type, { section: 'meshfit' });
      await configure();
    }, undefined),
  );
  connection.onDidChangeConfiguration(
    guard.request(({ settings }: DidChangeConfigurationParams) => {
      const pushed = (settings as { meshfit?: unknown } | null)?.meshfit;
      if (pushed !== undefined) options = { ...options, settings: pushed };
      return configure();
    }, undefined),
  );
  connection.onNotification(
    trustedNotification,
    guard.request(() => {
      options = { ...options, trusted: true };
      return configure();
    }, undefined),
  );

  documents.onDidOpen(guard.request(({ document }) => check(document, 'at once'), undefined));
  documents.onDidSave(guard.request(({ document }) => check(document, 'at once'), undefined));
  documents.onDidChangeContent(guard.request(({ document }) => check(document, 'when idle'), undefined));
  documents.onDidClose(
    guard.request(({ document }) => {
      watches.get(document.uri)?.stop();
      watches.delete(document.uri);
      engine.forget(document.uri);
      return connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    }, undefined),
  );

  connection.onHover(
    withDocument(
      (document, params: HoverParams, known, token) =>
        hover(document, params, known, converter(document), token),
      null,
    ),
  );
  connection.onCodeAction(
    withDocument(
      (document, params: CodeActionParams, known, token) =>
        codeActions(document, params, known, converter(document), token),
      [],
    ),
  );
  connection.onRequest(
    planRequest,
    withDocument((document, _params, known) => {
      const planned = engine.plan(documentOf(document), known.context);
      return planText(planned, known);
    }, 'Meshfit does not know this file yet.\n'),
  );
  connection.onRequest(
    checkRequest,
    withDocument(document => check(document, 'at once'), undefined),
  );
  connection.onRequest(
    forgetRequest,
    guard.request(() => {
      facts.last()?.forget();
      for (const document of documents.all()) check(document, 'at once');
    }, undefined),
  );

  documents.listen(connection);
  connection.listen();
}

type Publish = Parameters<typeof watch>[0];
