import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Document } from '../core/document';
import type { Context, Engine } from '../engine';
import type { Facts } from '../settle';

/** Everything a request works with, for one state of the settings. A change of settings makes a new one. */
export interface World {
  readonly engine: Engine;
  readonly context: Omit<Context, 'ask'>;
  readonly facts: Facts;
  /** Whether the client can copy a text for the user. */
  readonly copies: boolean;
}

export const documentOf = (document: TextDocument): Document => ({
  uri: document.uri,
  text: document.getText(),
  languageId: document.languageId,
});
