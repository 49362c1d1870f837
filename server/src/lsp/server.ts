import {
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  type DidChangeConfigurationParams,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { version } from '../version';
import { createBulletin } from './bulletin';
import { createConfiguration } from './configuration';
import { converterFor } from './convert';
import { createDiagnose } from './diagnostics';
import { answerFeatures, type WithDocument } from './features';
import { filesFor } from './files';
import { guardFor } from './guard';
import type { Host } from './host';
import {
  checkRequest,
  contactsRequest,
  forgetRequest,
  type InitializationOptions,
  optionsFrom,
  trustedNotification,
  verifyRequest,
} from './protocol';
import { createRoots } from './roots';
import { verifyImages } from './verify';
import { createWatches, type WatchesOptions } from './watches';

/** Answers an editor on `connection` until the editor ends it. */
export function serve(connection: Connection, host: Host): void {
  const documents = new TextDocuments(TextDocument);
  const guard = guardFor(message => connection.console.error(message));
  let options: InitializationOptions = {};
  let asksForSettings = false;
  let takesLinks = false;

  const roots = createRoots(connection);
  const files = filesFor({
    documents,
    textAt: host.textAt,
    placesOf: (reference, directory) => host.placesOf(reference, directory, roots.uris()),
  });
  const diagnose = createDiagnose();
  const bulletin = createBulletin(files.open, announcement => {
    connection.sendDiagnostics(announcement).catch(guard.report);
  });
  const publish: WatchesOptions['publish'] = (document, findings) => {
    const convert = converterFor(document, files);
    bulletin.publish(
      document,
      findings.map(found => ({
        uri: found.finding.site.uri,
        diagnostic: diagnose(found, document, convert),
      })),
    );
  };
  const watches = createWatches({
    documents: () => documents.all(),
    world: () => world(),
    publish,
    failed: guard.report,
  });
  /** Checks every open document because something has changed around them, and answers in any case. */
  const checkAll = (): void => {
    bulletin.repeat();
    watches.checkAll();
  };
  const { configure, world, ready, facts } = createConfiguration({
    connection,
    guard,
    facts: settings => host.facts(settings, { options, folders: roots.uris }),
    read: files.read,
    said: () => ({ options, asksForSettings }),
    changed: checkAll,
  });
  /** Runs a request for a document that is open, once the settings are known. */
  const withDocument: WithDocument = (answer, fallback) =>
    guard.request(async (params, token) => {
      await ready;
      const document = documents.get(params.textDocument.uri);
      const now = world();
      return document === undefined || now === undefined ? fallback : answer(document, params, now, token);
    }, fallback);

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const { capabilities } = params;
    options = optionsFrom(params.initializationOptions);
    roots.initialize(params);
    takesLinks = capabilities.textDocument?.definition?.linkSupport === true;
    asksForSettings = capabilities.workspace?.configuration === true;
    return {
      serverInfo: { name: 'meshfit', version },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        definitionProvider: true,
        documentLinkProvider: {},
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });
  connection.onInitialized(
    guard.request(async () => {
      roots.follow(guard.request(checkAll, undefined));
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

  documents.onDidOpen(guard.request(({ document }) => watches.opened(document), undefined));
  documents.onDidSave(guard.request(({ document }) => watches.check(document), undefined));
  documents.onDidChangeContent(guard.request(({ document }) => watches.changed(document), undefined));
  documents.onDidClose(
    guard.request(({ document }) => {
      watches.close(document);
      world()?.engine.forget(document.uri);
      bulletin.withdraw(document);
    }, undefined),
  );
  connection.onDidChangeWatchedFiles(
    guard.request(({ changes }) => watches.filesChanged(changes.map(({ uri }) => uri)), undefined),
  );

  answerFeatures(connection, {
    withDocument,
    files,
    diagnose,
    restingOn: watches.restingOn,
    takesLinks: () => takesLinks,
  });
  connection.onRequest(
    checkRequest,
    withDocument(document => {
      bulletin.repeat();
      watches.checkExplicitly(document);
    }, undefined),
  );
  connection.onRequest(
    verifyRequest,
    withDocument(async (document, { images }, now, token) => {
      const said = await verifyImages(document, images, now, token);
      checkAll();
      return said;
    }, 'Meshfit does not know this file yet.'),
  );
  connection.onRequest(contactsRequest, async () => host.contacts((await facts())?.status() ?? []));
  connection.onRequest(
    forgetRequest,
    guard.request(async () => {
      (await facts())?.forget();
      checkAll();
    }, undefined),
  );

  documents.listen(connection);
  connection.listen();
}
