import type {
  CancellationToken,
  CodeActionParams,
  Connection,
  DefinitionParams,
  DocumentLinkParams,
  HoverParams,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { codeActions } from './codeActions';
import { converterFor } from './convert';
import type { Diagnose } from './diagnostics';
import type { Files } from './files';
import { hover } from './hover';
import { definitions, documentLinks } from './navigation';
import { planText } from './planText';
import { planRequest } from './protocol';
import { documentOf, type World } from './world';

/** Makes the handler of a request that is about an open document; `fallback` answers where there is none. */
export type WithDocument = <P extends { textDocument: { uri: string } }, R>(
  answer: (document: TextDocument, params: P, world: World, token: CancellationToken) => R | Promise<R>,
  fallback: R,
) => (params: P, token: CancellationToken) => Promise<R>;

/** What the features answer with. */
export interface FeatureOptions {
  readonly withDocument: WithDocument;
  readonly files: Files;
  readonly diagnose: Diagnose;
  /** The open documents that rest on a file. */
  readonly restingOn: (uri: string) => readonly TextDocument[];
  /** Whether the editor takes definitions with the text that leads there. */
  readonly takesLinks: () => boolean;
}

/** Answers what an editor asks about the text of a document: hovers, quick fixes, where to go from it, its plan. */
export function answerFeatures(connection: Connection, options: FeatureOptions): void {
  const { withDocument, files, diagnose, restingOn, takesLinks } = options;
  const converter = (document: TextDocument) => converterFor(document, files);
  connection.onHover(
    withDocument(
      (document, params: HoverParams, world, token) =>
        hover(document, params, world, converter(document), token),
      null,
    ),
  );
  connection.onCodeAction(
    withDocument((document, params: CodeActionParams, world, token) => {
      const others = restingOn(document.uri);
      return codeActions(document, params, world, { others, converter, diagnose, token });
    }, []),
  );
  connection.onDefinition(
    withDocument(
      (document, { position }: DefinitionParams, world) =>
        definitions(document, position, world, converter(document), takesLinks()),
      [],
    ),
  );
  connection.onDocumentLinks(
    withDocument(
      (document, _params: DocumentLinkParams, world) =>
        documentLinks(document, world, converter(document), uri => files.textOf(uri) !== undefined),
      [],
    ),
  );
  connection.onRequest(
    planRequest,
    withDocument((document, _params, world) => {
      const planned = world.engine.plan(documentOf(document), world.context);
      return planText(planned, document, world);
    }, 'Meshfit does not know this file yet.\n'),
  );
}
