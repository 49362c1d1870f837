import {
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  type DidChangeConfigurationParams,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { HostStatus } from '../core/contact';
import { nameOf } from '../core/settingNames';
import type { Settings } from '../core/settings';
import type { Engine } from '../engine';
import { version } from '../version';
import { createBulletin } from './bulletin';
import { converterFor } from './convert';
import { createDiagnose } from './diagnostics';
import { answerFeatures, type WithDocument } from './features';
import { filesFor } from './files';
import { guardFor } from './guard';
import { keepWhileSame } from './keepWhileSame';
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
import { settingsFrom } from './settings';
import { verifyImages } from './verify';
import { createWatches, type WatchesOptions } from './watches';
import type { World, WorldFacts } from './world';

/** What the server needs of the machine it runs on. */
export interface Host {
  /** The files that a path in a document may mean, the likeliest first: beside `directory`, then below the `roots`. */
  readonly placesOf: (reference: string, directory: string, roots: readonly string[]) => readonly string[];
  /** The text of a file on disk by its URI. */
  readonly textAt: (uri: string) => string | undefined;
  /** The requests of this run, as text for people. */
  readonly contacts: (hosts: readonly HostStatus[]) => Promise<string>;
  /** What answers for images under these settings, for this editor. */
  readonly facts: (settings: Settings, editor: Editor) => Promise<RegistryFacts>;
}

/** What there is to know about the editor. */
export interface Editor {
  /** What it said of itself. */
  readonly options: InitializationOptions;
  /** The folders that it has open, as URIs. */
  readonly folders: () => readonly string[];
}

/** Facts that can be dropped, so that everything is asked again. */
export interface RegistryFacts extends WorldFacts {
  /** How it stands with the hosts that were asked. */
  readonly status: () => readonly HostStatus[];
  readonly forget: () => void;
  /** Ends what is under way, and asks nobody from now on. */
  readonly close: () => void;
}

/** Answers an editor on `connection` until the editor ends it. */
export function serve(connection: Connection, host: Host): void {
  const documents = new TextDocuments(TextDocument);
  const guard = guardFor(message => connection.console.error(message));
  let options: InitializationOptions = {};
  let asksForSettings = false;
  let takesLinks = false;
  /** The engine is by far the larger part of the program: an editor gets its answer to `initialize` before it is loaded. */
  let loading: Promise<Engine> | undefined;
  const loadEngine = (): Promise<Engine> => {
    loading ??= import('../engine').then(({ createEngine }) => createEngine());
    return loading;
  };
  /** Undefined until the settings are known; documents opened before that wait for them. */
  let world: World | undefined;
  let settingsKnown = (): void => {};
  const ready = new Promise<void>(resolve => {
    settingsKnown = resolve;
  });

  const roots = createRoots(connection);
  const files = filesFor({
    documents,
    textAt: host.textAt,
    placesOf: (reference, directory) => host.placesOf(reference, directory, roots.uris()),
  });
  const facts = keepWhileSame(
    async (settings: Settings): Promise<RegistryFacts> => {
      const before = facts.last();
      const made = host.facts(settings, { options, folders: roots.uris });
      (await before)?.close();
      return made;
    },
    ({ platforms, hubs, istioVersion, defaultHub, defaultTag, ...network }) => network,
  );
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
    world: () => world,
    publish,
    failed: guard.report,
  });
  /** Checks every open document because something has changed around them, and answers in any case. */
  const checkAll = (): void => {
    bulletin.repeat();
    watches.checkAll();
  };
  const tell = (message: string): void => {
    const params = { type: MessageType.Warning, message };
    connection.sendNotification(ShowMessageNotification.method, params).catch(guard.report);
  };
  /** The sections `meshfit` and `http`; `undefined` from an editor that fails to answer. */
  const askForSettings = async (): Promise<readonly unknown[] | undefined> => {
    const sections = [{ section: 'meshfit' }, { section: 'http' }];
    const answer: unknown = await connection.workspace.getConfiguration(sections).catch(guard.report);
    return Array.isArray(answer) ? answer : undefined;
  };
  /** Reads the settings and checks every open document by them; of several runs at once only the last one counts. */
  let latest: object | undefined;
  const configure = async (): Promise<void> => {
    const run = {};
    latest = run;
    const sections = asksForSettings ? await askForSettings() : [options.settings];
    // What was said before still holds: the defaults would ask registries that the user may have ruled out.
    if (sections === undefined && world !== undefined) return;
    const [section, http] = sections ?? [];
    const { settings, problems } = settingsFrom(section, http, options.trusted ?? true);
    if (run !== latest) return;
    for (const { name, why } of problems) tell(`The setting ${nameOf(name)} is not used: ${why}.`);
    const [engine, answers] = await Promise.all([loadEngine(), facts(settings)]);
    if (run !== latest) return;
    world = {
      engine,
      context: { settings, readFile: files.read },
      facts: answers,
      copies: options.copies ?? false,
      allows: options.allows ?? false,
      verifies: options.verifies ?? false,
    };
    checkAll();
    settingsKnown();
  };
  /** Runs a request for a document that is open, once the settings are known. */
  const withDocument: WithDocument = (answer, fallback) =>
    guard.request(async (params, token) => {
      await ready;
      const document = documents.get(params.textDocument.uri);
      return document === undefined || world === undefined
        ? fallback
        : answer(document, params, world, token);
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
      world?.engine.forget(document.uri);
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
    withDocument(async (document, { images }, world, token) => {
      const said = await verifyImages(document, images, world, token);
      checkAll();
      return said;
    }, 'Meshfit does not know this file yet.'),
  );
  connection.onRequest(contactsRequest, async () => host.contacts((await facts.last())?.status() ?? []));
  connection.onRequest(
    forgetRequest,
    guard.request(async () => {
      (await facts.last())?.forget();
      checkAll();
    }, undefined),
  );

  documents.listen(connection);
  connection.listen();
}
