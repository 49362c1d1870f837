import { NotificationType, RequestType } from 'vscode-languageserver';

/** What a client may send as `initializationOptions`. */
export interface InitializationOptions {
  /** The section `meshfit`, for clients that do not answer `workspace/configuration`. */
  readonly settings?: unknown;
  /** Whether the user trusts the workspace; a client that says nothing is taken to. */
  readonly trusted?: boolean;
  /** Whether the client has the command `meshfit.copy`, which copies its argument to the clipboard. */
  readonly copies?: boolean;
}

/** Reads what a client sent; anything that does not fit is left out. */
export function optionsFrom(value: unknown): InitializationOptions {
  if (typeof value !== 'object' || value === null) return {};
  return {
    ...('settings' in value ? { settings: value.settings } : {}),
    ...('copies' in value && typeof value.copies === 'boolean' ? { copies: value.copies } : {}),
    ...('trusted' in value && typeof value.trusted === 'boolean' ? { trusted: value.trusted } : {}),
  };
}

/** Client → server: the user now trusts the workspace. */
export const trustedNotification = new NotificationType<void>('meshfit/trusted');

/** The document that a request of ours is about. */
export interface AboutDocument {
  readonly textDocument: { readonly uri: string };
}

/** Client → server: check a document now, by the user's own wish. */
export const checkRequest = new RequestType<AboutDocument, void, void>('meshfit/check');

/** Client → server: the install plan of a document, as text for people. */
export const planRequest = new RequestType<AboutDocument, string, void>('meshfit/plan');

/** Client → server: drop every answer of the registries and ask again. */
export const forgetRequest = new RequestType<void, void, void>('meshfit/forget');
