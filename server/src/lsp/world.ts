import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Document } from '../core/document';
import type { Context, Engine } from '../engine';
import type { Facts } from '../settle';

/** What answers for images; `explicitly` gives the same for one wish of the user's own. */
export interface WorldFacts extends Facts {
  readonly explicitly: () => Facts;
}

/** Everything a request works with, for one state of the settings. A change of settings makes a new one. */
export interface World {
  readonly engine: Engine;
  readonly context: Omit<Context, 'ask'>;
  readonly facts: WorldFacts;
  /** Whether the client can copy a text for the user. */
  readonly copies: boolean;
  /** Whether the client can ask for the images behind indexes to be read. */
  readonly verifies: boolean;
  /** Whether the client can ask the user to allow a registry. */
  readonly allows: boolean;
}

export const documentOf = (document: TextDocument): Document => ({
  uri: document.uri,
  text: document.getText(),
  languageId: document.languageId,
});
