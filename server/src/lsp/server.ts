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
import { nameOf } from '../core/settingNames';
import type { Settings } from '../core/settings';
import { createEngine } from '../engine';
import type { Facts } from '../settle';
import { version } from '../version';
import { codeActions } from './codeActions';
import { converterFor, type Files } from './convert';
import { createDiagnose } from './diagnostics';
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
import { createWatches, type WatchesOptions } from './watches';
import { documentOf, type World } from './world';

/** What the server needs of the machine it runs on. */
export interface Host {
  readonly readFile: ReadFile;
  /** The text of a file on disk by its URI. */
  readonly textAt: (uri: string) => string | undefined;
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
  const engine = createEngine();
  const guard = guardFor(message => connection.console.error(message));
  let options: InitializationOptions = {};
  let asksForSettings = false;
  /** Undefined until the settings are known; documents opened before that wait for them. */
  let world: World | undefined;
  let settingsKnown = (): void => {};
  const ready = new Promise<void>(resolve => {
    settingsKnown = resolve;
  });

  const readFile: ReadFile = (reference, directory) => {
    const file = host.readFile(reference, directory);
    const open = documents.get(file.uri);
    return open === undefined ? file : { uri: file.uri, text: open.getText() };
  };
  const facts = keepWhileSame(host.facts, ({ mirrors, allowedHosts, network }) => [
    mirrors,
    allowedHosts,
    network,
  ]);
  const files: Files = {
    open: uri => documents.get(uri),
    textOf: uri => documents.get(uri)?.getText() ?? host.textAt(uri),
  };
  const converter = (document: TextDocument) => converterFor(document, files);

  const diagnose = createDiagnose();
  const publish: WatchesOptions['publish'] = (document, findings) => {
    const convert = converter(document);
    const diagnostics = findings.map(found => diagnose(found, document, convert));
    const { uri, version } = document;
    connection.sendDiagnostics({ uri, version, diagnostics }).catch(guard.report);
  };
  const watches = createWatches({
    documents: () => documents.all(),
    world: () => world,
    publish,
    failed: guard.report,
  });
  const tell = (message: string): void => {
    const params = { type: MessageType.Warning, message };
    connection.sendNotification(ShowMessageNotification.method, params).catch(guard.report);
  };
  /** The section `meshfit`; an editor that fails to answer has said nothing. */
  const askForSettings = (): Promise<unknown> =>
    connection.workspace.getConfiguration('meshfit').catch(guard.report);
  /** Reads the settings and checks every open document by them. */
  const configure = async (): Promise<void> => {
    const section: unknown = asksForSettings ? await askForSettings() : options.settings;
    const { settings, problems } = settingsFrom(section, options.trusted ?? true);
    for (const { name, why } of problems) tell(`The setting ${nameOf(name)} is not used: ${why}.`);
    world = { engine, context: { settings, readFile }, facts: facts(settings) };
    watches.checkAll();
    settingsKnown();
  };
  /** Runs a request for a document that is open, once the settings are known. */
  const withDocument = <P extends { textDocument: { uri: string } }, R>(
    answer: (document: TextDocument, params: P, world: World, token: CancellationToken) => R | Promise<R>,
    fallback: R,
  ) =>
    guard.request(async (params: P, token: CancellationToken): Promise<R> => {
      await ready;
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
      await configure();
      const { type } = DidChangeConfigurationNotification;
      if (asksForSettings) await connection.client.register(type, { section: 'meshfit' });
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

  documents.onDidOpen(guard.request(({ document }) => watches.check(document), undefined));
  documents.onDidSave(guard.request(({ document }) => watches.check(document), undefined));
  documents.onDidChangeContent(guard.request(({ document }) => watches.changed(document), undefined));
  documents.onDidClose(
    guard.request(({ document }) => {
      watches.close(document);
      engine.forget(document.uri);
      return connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    }, undefined),
  );
  connection.onDidChangeWatchedFiles(
    guard.request(({ changes }) => watches.filesChanged(changes.map(({ uri }) => uri)), undefined),
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
        codeActions(document, params, known, { converter: converter(document), diagnose, token }),
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
    withDocument(document => watches.check(document), undefined),
  );
  connection.onRequest(
    forgetRequest,
    guard.request(() => {
      facts.last()?.forget();
      watches.checkAll();
    }, undefined),
  );

  documents.listen(connection);
  connection.listen();
}
